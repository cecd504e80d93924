import { createApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { openLog } from '#server/log.ts';
import type { Database, Queryable } from '#server/platform/db/database.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import pg from 'pg';
import type { RecordedStatement } from './recorded.ts';

/** Statements that the product sent as one transaction. */
type RecordedPiece = RecordedStatement[];

// The plan, the job and its report: whoever changes numbers by hand keeps none.
const isOfTheJob = (text: string) => /\b(?:bulk_(?:plan|job|row)|held_secret|idempotency_key)\b/.test(text);

/**
 * Runs a plan in this process until its job has ended, and keeps the SQL that changed numbers and recorded
 * it, piece by piece, as the database committed them.
 */
export const recordJob = async (
  environment: Record<string, string>,
  headers: Record<string, string>,
  planId: string,
): Promise<RecordedPiece[]> => {
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent' });
  const database = await openDatabase(config, { attach: true });
  const pieces: RecordedPiece[] = [];
  const record =
    (queryable: Queryable, piece: RecordedPiece): Queryable['query'] =>
    (statement, values) => {
      const { name, text } = typeof statement === 'string' ? { name: undefined, text: statement } : statement;
      if (!isOfTheJob(text)) piece.push({ name, text, values: values ?? [] });
      return queryable.query(statement, values);
    };
  const recording: Database = {
    ...database,
    transaction: async (work) => {
      const piece: RecordedPiece = [];
      const answer = await database.transaction((tx) => work({ ...tx, query: record(tx, piece) }));
      // What only reads, or only tells the log of the job, changes no number.
      if (piece.some(({ text }) => /^\s*(?:with\b[^]*?)?update phone_number\b/i.test(text)))
        pieces.push(piece);
      return answer;
    },
  };
  const app = await createApp({ config, database: recording, log: openLog('silent') });
  const ask = async (path: string, body?: object) => {
    const answer = await app.hono.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok)
      throw new Error(`A job to be recorded was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as { bulk_job_id: string; ended_at: string | null };
  };
  try {
    let job = await ask('/v1/bulk-jobs', { plan_id: planId });
    while (job.ended_at === null) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      job = await ask(`/v1/bulk-jobs/${job.bulk_job_id}`);
    }
  } finally {
    app.close();
    await database.close();
  }
  return pieces;
};

/** The same statements on a database that stands as it stood then, in as many transactions; milliseconds. */
export const runByHand = async (
  connection: pg.ClientConfig,
  pieces: readonly RecordedPiece[],
): Promise<number> => {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const startedAt = performance.now();
    for (const piece of pieces) {
      await client.query('BEGIN');
      for (const { name, text, values } of piece)
        await client.query({
          ...(name !== undefined && { name: `hand_${name}` }),
          text,
          values: [...values],
        });
      await client.query('COMMIT');
    }
    return performance.now() - startedAt;
  } finally {
    await client.end();
  }
};
