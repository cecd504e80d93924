import type { Queryable } from '#server/platform/db/database.ts';

/** `null` where the next request may go out only after more than `withinMs`, or the connection is gone. */
export const reserveRequest = async (
  queryable: Queryable,
  id: string,
  { everyMs, withinMs }: { everyMs: number; withinMs: number },
): Promise<number | null> => {
  // The database's clock alone: those of several servers differ. An interval counts what is multiplied.
  const [row] = await queryable.query<{ wait_ms: number }>(
    `update connection
     set next_request_at = greatest(next_request_at, clock_timestamp()) + $2 * interval '1 millisecond'
     where id = $1 and next_request_at <= clock_timestamp() + $3 * interval '1 millisecond'
     returning (extract(epoch from next_request_at - clock_timestamp()) * 1000 - $2)::float8 as wait_ms`,
    [id, everyMs, withinMs],
  );
  return row?.wait_ms ?? null;
};

/** In milliseconds from now; null: no such connection. */
export const selectRequestWait = async (queryable: Queryable, id: string): Promise<number | null> => {
  const [row] = await queryable.query<{ wait_ms: number }>(
    `select (extract(epoch from next_request_at - clock_timestamp()) * 1000)::float8 as wait_ms
     from connection where id = $1`,
    [id],
  );
  return row?.wait_ms ?? null;
};

/** Nobody asks for so long. Never shortens a longer rest. */
export const restRequests = async (queryable: Queryable, id: string, ms: number): Promise<void> => {
  await queryable.query(
    `update connection
     set next_request_at = greatest(next_request_at, clock_timestamp() + $2 * interval '1 millisecond')
     where id = $1`,
    [id, ms],
  );
};
