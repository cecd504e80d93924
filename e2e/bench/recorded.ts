import { createApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import type { Database, Queryable } from '#server/platform/db/database.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { openLog } from '#server/log.ts';
import type { Shot } from './load.ts';

/** A statement as the product sent it to the database. */
export interface RecordedStatement {
  name: string | undefined;
  text: string;
  values: readonly unknown[];
}

/**
 * Lets the product answer each request once, in this process and on the real database, and keeps the SQL of
 * it: what the bare server runs is by construction the same, whatever becomes of the product.
 */
export const recordRequests = async (
  environment: Record<string, string>,
  shots: readonly (() => Shot)[],
): Promise<RecordedStatement[][]> => {
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent' });
  const database = await openDatabase(config, { attach: true });
  let statements: RecordedStatement[] = [];
  const record =
    (queryable: Queryable): Queryable['query'] =>
    (statement, values) => {
      const { name, text } = typeof statement === 'string' ? { name: undefined, text: statement } : statement;
      // What is read in the background to route by belongs to no request.
      if (!/^(route_|select_hours$|agent_names$)/.test(name ?? ''))
        statements.push({ name, text, values: values ?? [] });
      return queryable.query(statement, values);
    };
  const recording: Database = {
    ...database,
    query: record(database),
    transaction: (work) => database.transaction((tx) => work({ ...tx, query: record(tx) })),
  };
  const app = await createApp({ config, database: recording, log: openLog('silent') });
  const recorded: RecordedStatement[][] = [];
  try {
    for (const next of shots) {
      const request = ({ method, path, headers, body }: Shot) =>
        app.hono.request(path, { method, headers, ...(body !== undefined && { body }) });
      // The first answer fills what the product remembers of the session; the second is an ordinary one.
      await request(next());
      statements = [];
      const answer = await request(next());
      if (!answer.ok)
        throw new Error(`A request to be recorded was answered ${answer.status}: ${await answer.text()}`);
      recorded.push(statements);
      statements = [];
    }
  } finally {
    app.close();
    await database.close();
  }
  return recorded;
};
