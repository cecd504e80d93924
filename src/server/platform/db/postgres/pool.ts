import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import {
  OutcomeUnknown,
  type Database,
  type Queryable,
  type Statement,
  type Transaction,
} from '#server/platform/db/database.ts';
import { connectBy, queryBy } from './deadline.ts';
import { openListener } from './listener.ts';
import { asUnavailable, isSessionLost, isUnsent } from './unavailable.ts';

export interface PoolOptions {
  connection: pg.ClientConfig;
  size: number;
  /** Idle connections are kept for ever where making one again would cost more than keeping it. */
  keepIdle?: boolean;
  /** A PostgreSQL server, where each connection has a session of its own; else all connections share one. */
  isServer?: boolean;
  /** Off where another process shares the session: names would collide. */
  namedStatements: boolean;
  /** Said once on each connection. */
  settings?: string;
  /**
   * Makes asking the pool inside a transaction fail at once, not wait. It costs speed, so only tests turn it
   * on.
   */
  refuseNesting?: boolean;
}

const standardInstant: (text: string) => unknown = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);

// `2026-01-31 12:00:00.5+00`, with one letter changed, is what the engine itself reads, at a tenth of the
// driver's cost.
const parseInstant = (text: string): unknown => {
  const instant = new Date(`${text.slice(0, 10)}T${text.slice(11)}${/[+-]\d\d$/.test(text) ? ':00' : ''}`);
  return Number.isNaN(instant.getTime()) ? standardInstant(text) : instant;
};

// In UTC, as sessions mostly are, the text is nearly there; making a Date of it and text again costs a list
// as much as its JSON.
const parseIso = (text: string): unknown => {
  const millisecond = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.(\d{1,3}))?\+00$/.exec(text);
  if (millisecond)
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${(millisecond[1] ?? '').padEnd(3, '0')}Z`;
  const instant = parseInstant(text);
  return instant instanceof Date ? instant.toISOString() : instant;
};

const typesWith = (instant: (text: string) => unknown): pg.CustomTypesConfig => {
  const parsers = new Map<number, (text: string) => unknown>([
    [pg.types.builtins.INT8, Number],
    [pg.types.builtins.TIMESTAMPTZ, instant],
    // A date has no time zone: as text it stays the day it is.
    [pg.types.builtins.DATE, String],
  ]);
  const parserOf = (oid: number, format?: 'text') => parsers.get(oid) ?? pg.types.getTypeParser(oid, format);
  return { getTypeParser: parserOf as typeof pg.types.getTypeParser };
};
const types = typesWith(parseInstant);
const typesWithIso = typesWith(parseIso);

// Beside the pool, for questions that cannot wait until its writers are through. The server too gives up what
// waits for a lock.
const lane = { max: 3, connectionTimeoutMillis: 2000, idleTimeoutMillis: 30_000, statement_timeout: 5000 };

const commit = async (client: pg.PoolClient): Promise<void> => {
  let command: string;
  try {
    ({ command } = await client.query('COMMIT'));
  } catch (error) {
    throw isSessionLost(error) && !isUnsent(error)
      ? new OutcomeUnknown('The answer to a COMMIT was lost', { cause: error })
      : error;
  }
  // A transaction that failed inside and went on is answered ROLLBACK here, without an error.
  if (command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back');
};

/** The one way to the database, PostgreSQL or embedded: a pool of node-postgres connections. */
export const openPool = (options: PoolOptions): Database => {
  const connection: pg.ClientConfig = {
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    ...options.connection,
    types,
  };
  const pool = new pg.Pool({
    ...connection,
    max: options.size,
    idleTimeoutMillis: options.keepIdle === true ? 0 : 30_000,
  });
  // An idle connection that breaks is replaced when next wanted; without a listener its error would end the
  // process.
  pool.on('error', () => {});
  const { settings } = options;
  if (settings !== undefined) pool.on('connect', (client) => void client.query(settings).catch(() => {}));
  const urgentPool =
    options.isServer === true ? new pg.Pool({ ...connection, ...lane }).on('error', () => {}) : pool;
  const listener = openListener(connection, { isServer: options.isServer === true });
  const inTransaction = options.refuseNesting === true ? new AsyncLocalStorage<true>() : undefined;

  /** `deadline`, of performance.now(): the question is given up then. */
  const run = async <Row>(
    client: pg.PoolClient,
    statement: Statement | string,
    values?: readonly unknown[],
    deadline?: number,
  ): Promise<Row[]> => {
    const { text, name, instants }: Statement =
      typeof statement === 'string' ? { text: statement } : statement;
    const result = await client.query({
      text,
      ...(name !== undefined && options.namedStatements && { name }),
      ...(values && { values: [...values] }),
      ...(instants === 'iso' && { types: typesWithIso }),
      ...(deadline !== undefined && queryBy(deadline)),
    });
    return result.rows as Row[];
  };

  const withClient = async <T>(
    work: (client: pg.PoolClient) => Promise<T>,
    deadline?: number,
  ): Promise<T> => {
    if (inTransaction?.getStore())
      throw new Error('The pool was asked inside a transaction: pass the transaction along');
    let client: pg.PoolClient | undefined;
    let lost = false;
    // A connection that breaks while held reports it by an event too.
    const onError = () => void (lost = true);
    try {
      client = deadline === undefined ? await pool.connect() : await connectBy(urgentPool, deadline);
      client.on('error', onError);
      return await work(client);
    } catch (error) {
      lost ||= isSessionLost(error);
      throw asUnavailable(error);
    } finally {
      client?.off('error', onError);
      client?.release(lost || client.getTransactionStatus() !== 'I');
    }
  };

  const transaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    withClient(async (client) => {
      let open = true;
      const tx: Transaction = {
        kind: 'transaction',
        query: async (statement, values) => {
          if (!open) throw new Error('The transaction is over');
          return run(client, statement, values);
        },
      };
      await client.query('BEGIN');
      try {
        const result = await (inTransaction ? inTransaction.run(true, () => work(tx)) : work(tx));
        open = false;
        await commit(client);
        return result;
      } catch (error) {
        open = false;
        if (isSessionLost(error)) throw error;
        await client.query('ROLLBACK');
        throw error;
      }
    });

  const query: Queryable['query'] = (statement, values) =>
    withClient((client) => run(client, statement, values));

  const within = (ms: number): Queryable => {
    const deadline = performance.now() + ms;
    return {
      query: (statement, values) =>
        withClient((client) => run(client, statement, values, deadline), deadline),
    };
  };

  return {
    query,
    transaction,
    within,
    isOneSession: options.isServer !== true,
    listen: (channel, onNotification, onGap, onAlive) =>
      listener.listen(channel, onNotification, onGap, onAlive),
    isReachable: () =>
      within(2000)
        .query('SELECT 1')
        .then(
          () => true,
          () => false,
        ),
    poolFigures: () => ({
      max: options.size,
      size: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: async () => {
      await listener.close();
      if (urgentPool !== pool) await urgentPool.end();
      await pool.end();
    },
  };
};
