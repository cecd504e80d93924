import pg from 'pg';
import { startEmbedded } from '#server/platform/db/embedded/embedded.ts';
import type { RunningServer } from '../server.ts';

/** What a proof asks of the database itself, beside the server that is running on it. */
export interface AtDatabase {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

const connectionTo = async ({ databaseUrl, dataDirectory }: RunningServer): Promise<pg.ClientConfig> => {
  if (databaseUrl !== undefined) return { connectionString: databaseUrl };
  const { socketFolder } = await startEmbedded(dataDirectory, 'attach', () => {});
  return { host: socketFolder, port: 5432, user: 'postgres', database: 'postgres' };
};

/** Connects, asks, and is gone again: whoever is killed later takes no connection of ours along. */
export const atDatabase = async <Answer>(
  server: RunningServer,
  ask: (database: AtDatabase) => Promise<Answer>,
): Promise<Answer> => {
  const client = new pg.Client(await connectionTo(server));
  await client.connect();
  try {
    return await ask({
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query<Row>(text, [...values])).rows,
    });
  } finally {
    await client.end();
  }
};
