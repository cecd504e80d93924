import type { Queryable } from '#server/platform/db/database.ts';

/**
 * The promise: nothing serves a database that a move has not finished filling. It holds the table
 * `incoming_move` from the first row that is copied until the last one was compared.
 */
export class HalfMoved extends Error {
  override readonly name = 'HalfMoved';
}

export const isHalfMoved = async (queryable: Queryable): Promise<boolean> =>
  (
    await queryable.query(
      `select 1 from pg_tables where schemaname = 'public' and tablename = 'incoming_move'`,
    )
  ).length > 0;

export const refuseHalfMoved = async (queryable: Queryable): Promise<void> => {
  if (await isHalfMoved(queryable))
    throw new HalfMoved(
      'This database is being filled by `cordboard move`. Run that command again: it goes on where it stopped.',
    );
};

export const beginIncomingMove = async (queryable: Queryable): Promise<void> => {
  await queryable.query('create table incoming_move (begun_at timestamptz not null default now())');
};

export const endIncomingMove = async (queryable: Queryable): Promise<void> => {
  await queryable.query('drop table incoming_move');
};
