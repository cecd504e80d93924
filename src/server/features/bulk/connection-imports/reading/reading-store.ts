import { lookOf } from '#contract/reading/text.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';

export interface ReadingRow {
  plan_id: string;
  connection_id: string;
  agents_read: number;
  numbers_read: number;
  failed_code: string | null;
  failed_message: string | null;
}

export const insertReading = async (
  tx: Transaction,
  { plan_id, connection_id }: Pick<ReadingRow, 'plan_id' | 'connection_id'>,
): Promise<void> => {
  await tx.query('insert into connection_import (plan_id, connection_id) values ($1, $2)', [
    plan_id,
    connection_id,
  ]);
};

export const selectReading = async (
  queryable: Queryable,
  planId: string,
): Promise<ReadingRow | undefined> => {
  const text = `select plan_id, connection_id, agents_read, numbers_read, failed_code, failed_message
    from connection_import where plan_id = $1`;
  return (await queryable.query<ReadingRow>(text, [planId]))[0];
};

// Of a plan that is to be read, and was not given up.
const isToRead = `p.id = i.plan_id and p.state = 'selecting' and p.dropped_at is null and i.failed_code is null`;

/** Who begins reads it; what somebody who is gone has read before goes. The connection, null where others read it. */
export const beginReading = async (
  tx: Transaction,
  planId: string,
  reader: string,
  seconds: number,
): Promise<string | null> => {
  const text = `update connection_import i set reader = $2, reader_until = now() + make_interval(secs => $3),
      agents_read = 0, numbers_read = 0
    from bulk_plan p where i.plan_id = $1 and ${isToRead}
      and (i.reader is null or i.reader = $2 or i.reader_until < now()) returning i.connection_id`;
  const [row] = await tx.query<{ connection_id: string }>(text, [planId, reader, seconds]);
  if (row === undefined) return null;
  await forgetRead(tx, planId);
  return row.connection_id;
};

export const isReadingOver = async (queryable: Queryable, planId: string): Promise<boolean> => {
  const text = `select from connection_import i, bulk_plan p where i.plan_id = $1 and ${isToRead}`;
  return (await queryable.query(text, [planId])).length === 0;
};

/** Goes on reading, with so many more; whether it is still this one's to read. */
export const goOnReading = async (
  queryable: Queryable,
  planId: string,
  {
    reader,
    seconds,
    agents = 0,
    numbers = 0,
  }: { reader: string; seconds: number; agents?: number; numbers?: number },
): Promise<boolean> => {
  const text = `update connection_import i set reader_until = now() + make_interval(secs => $3),
      agents_read = agents_read + $4, numbers_read = numbers_read + $5
    from bulk_plan p where i.plan_id = $1 and i.reader = $2 and ${isToRead} returning i.plan_id`;
  return (await queryable.query(text, [planId, reader, seconds, agents, numbers])).length > 0;
};

/** Lets it go: whoever comes begins anew. */
export const leaveReading = async (queryable: Queryable, planId: string, reader: string): Promise<void> => {
  await queryable.query('update connection_import set reader = null where plan_id = $1 and reader = $2', [
    planId,
    reader,
  ]);
};

/** All that was read of an account. */
const forgetRead = async (tx: Transaction, planId: string): Promise<void> => {
  for (const table of ['held_secret', 'bulk_row', 'connection_import_agent'])
    await tx.query(`delete from ${table} where plan_id = $1`, [planId]);
  await tx.query(`update bulk_plan set total = 0, refused = 0, refusals = '[]' where id = $1`, [planId]);
};

/** Nothing of it stays but why. */
export const failReading = async (
  tx: Transaction,
  planId: string,
  { code, message }: { code: string; message: string },
): Promise<void> => {
  const text = `update connection_import i set failed_code = $2, failed_message = $3
    from bulk_plan p where i.plan_id = $1 and ${isToRead} returning i.plan_id`;
  if ((await tx.query(text, [planId, code, message])).length > 0) await forgetRead(tx, planId);
};

const insertRows = forRows(
  'insert_connection_import_rows',
  { plan_id: 'text', place: 'integer', upstream_id: 'text', finding: 'text' },
  ({ rows }) => `insert into connection_import_row (plan_id, place, upstream_id, finding)
    select plan_id, place, upstream_id, finding from ${rows}`,
);

export interface ReadRow {
  place: number;
  upstream_id: string | null;
  /** What is known to be unusable is not judged. */
  isUnusable: boolean;
}

export const insertReadRows = async (
  tx: Transaction,
  planId: string,
  rows: readonly ReadRow[],
): Promise<void> => {
  if (rows.length > 0)
    await insertRows(
      tx,
      rows.map(({ place, upstream_id, isUnusable }) => ({
        plan_id: planId,
        place,
        upstream_id,
        finding: isUnusable ? 'unusable' : null,
      })),
    );
};

const insertAgents = forRows(
  'insert_connection_import_agents',
  { plan_id: 'text', upstream_id: 'text', name: 'text', name_key: 'text' },
  ({ rows }) => `insert into connection_import_agent (plan_id, upstream_id, name, name_key)
    select plan_id, upstream_id, name, name_key from ${rows}`,
);

export interface ReadAgent {
  upstream_id: string;
  name: string;
}

export const insertReadAgents = async (
  tx: Transaction,
  planId: string,
  agents: readonly ReadAgent[],
): Promise<void> => {
  if (agents.length > 0)
    await insertAgents(
      tx,
      agents.map(({ upstream_id, name }) => ({ plan_id: planId, upstream_id, name, name_key: lookOf(name) })),
    );
};

/** What each agent was found to be: known by its id there, by its name alone, or not at all. */
export const judgeAgents = async (tx: Transaction, planId: string): Promise<void> => {
  const text = `update connection_import_agent a set finding = case
      when exists (select from agent_link k where k.connection_id = i.connection_id and k.upstream_id = a.upstream_id)
        then 'linked'
      when exists (select from agent n where n.name_key = a.name_key and not exists (
        select from agent_link k where k.agent_id = n.id and k.connection_id = i.connection_id)) then 'named'
      else 'new' end
    from connection_import i where a.plan_id = $1 and i.plan_id = $1`;
  await tx.query(text, [planId]);
};

export interface FoundAgent extends ReadAgent {
  finding: 'linked' | 'named' | 'new' | null;
}

/** By name; these, or all of them. */
export const selectReadAgents = (
  queryable: Queryable,
  planId: string,
  upstreamIds: readonly string[] | null,
): Promise<FoundAgent[]> =>
  queryable.query(
    {
      name: 'read_agents',
      text: `select upstream_id, name, finding from connection_import_agent
        where plan_id = $1 and ($2::text[] is null or upstream_id = any ($2)) order by name_key, upstream_id`,
    },
    [planId, upstreamIds],
  );
