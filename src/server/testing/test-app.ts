import { test as base } from 'vitest';
import type { Role, Scope } from '#contract/access.ts';
import { createApp, type App, type AppDependencies } from '#server/app.ts';
import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import { openLog } from '#server/log.ts';
import { giveKey, giveSession, type GivenOperator } from './test-actors.ts';
import { emptyTables, testDatabase, testServerDatabase } from './test-database.ts';

export interface TestAnswer<Body> {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON, else its text; null where there is none. */
  body: Body;
}

export interface TestRequest {
  /** Sent as JSON; a string or bytes are sent as they are, still as JSON unless `headers` say otherwise. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The operator's role or the key's scopes; null for nobody. */
  actor?: Who;
}

export type Who = Role | readonly Scope[] | null;

export interface Caller {
  request: <Body = Record<string, unknown>>(
    method: string,
    path: string,
    request?: Omit<TestRequest, 'actor'>,
  ) => Promise<TestAnswer<Body>>;
}

export interface TestApp {
  app: App;
  /** As its owner: what the app itself may not do, a test may. */
  database: Database;
  /** Everything the app has logged since the tables were emptied, line by line. */
  logLines: readonly string[];
  request: <Body = Record<string, unknown>>(
    method: string,
    path: string,
    request?: TestRequest,
  ) => Promise<TestAnswer<Body>>;
  /** Makes the operator or key when it is first needed. */
  as: (who: Who) => Caller;
  /** An operator with a real session; fresh enough to reveal unless told otherwise. */
  signedInAs: (role: Role, options?: { fresh?: boolean }) => Promise<Caller & GivenOperator>;
  withKey: (
    scopes: readonly Scope[],
    options?: { expiresAt?: Date; ownerId?: string },
  ) => Promise<Caller & { apiKeyId: string; key: string }>;
  /** Calls with these headers and nothing else. */
  withHeaders: (headers: Record<string, string>) => Caller;
}

export const testConfig: Config = {
  port: 0,
  host: '127.0.0.1',
  dataFolder: ':memory:',
  databaseUrl: null,
  databasePoolSize: 4,
  masterKey: Buffer.alloc(32, 7),
  publicUrl: null,
  trustedProxies: 0,
  connectionsPerAddress: 256,
  routeMaxStalenessSeconds: 60,
  egressNetworks: [],
  unsafeAllowLoopback: false,
  metricsPort: null,
  metricsToken: null,
  logLevel: 'info',
};

const readBody = async (response: Response): Promise<unknown> => {
  // A stream has no end to wait for.
  if (response.headers.get('content-type') === 'text/event-stream') return response.body?.cancel();
  const text = await response.text();
  if (text === '') return null;
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
};

/**
 * The real app on the worker's shared database. `config` differs for what only another configuration shows.
 */
export const openTestApp = async (
  config: Partial<Config> = {},
  options: Pick<AppDependencies, 'largeBodyWithinMs' | 'isRestored' | 'watchPaceMs'> = {},
): Promise<{ test: TestApp; reset: () => Promise<void> }> => {
  const database = await testDatabase();
  const logLines: string[] = [];
  const log = openLog('info', { write: (line: string) => void logLines.push(line) });
  const app = await createApp({
    config: { ...testConfig, ...config },
    database: await testServerDatabase(),
    log,
    // It may stay open beside the apps of other files on this database, and would take in hand what is for a stand-in
    // that it may not reach.
    isSending: config.unsafeAllowLoopback === true,
    ...options,
  });
  // Attempts are counted by address: each test has its own.
  let tests = 0;

  const withHeaders = (given: Record<string, string> | (() => Promise<Record<string, string>>)): Caller => ({
    async request<Body>(method: string, path: string, { body, headers }: Omit<TestRequest, 'actor'> = {}) {
      const isRaw = typeof body === 'string' || body instanceof Uint8Array;
      const request = new Request(`${config.publicUrl?.origin ?? 'http://cordboard.test'}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(typeof given === 'function' ? await given() : given),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
      });
      const socket = { remoteAddress: `10.0.${tests >> 8}.${tests & 255}` };
      const response = await app.hono.fetch(request, { incoming: { socket } });
      return { status: response.status, headers: response.headers, body: (await readBody(response)) as Body };
    },
  });

  const as = (who: Who): Caller => {
    if (who === null) return withHeaders({});
    let headers: Promise<Record<string, string>> | undefined;
    return withHeaders(
      () =>
        (headers ??= (typeof who === 'string' ? giveSession(database, who) : giveKey(database, who)).then(
          (given) => given.headers,
        )),
    );
  };

  const test: TestApp = {
    app,
    database,
    logLines,
    as,
    withHeaders,
    request: (method, path, { actor = null, ...request } = {}) => as(actor).request(method, path, request),
    async signedInAs(role, options) {
      const { headers, ...operator } = await giveSession(database, role, options);
      return { ...withHeaders(headers), ...operator };
    },
    async withKey(scopes, options) {
      const { headers, ...key } = await giveKey(database, scopes, options);
      return { ...withHeaders(headers), ...key };
    },
  };
  return {
    test,
    reset: async () => {
      tests += 1;
      logLines.length = 0;
      await emptyTables(database);
    },
  };
};

let shared: ReturnType<typeof openTestApp> | undefined;

/** The app that all test files of one worker share, its tables just emptied. */
export const testApp = async (): Promise<TestApp> => {
  const { test: app, reset } = await (shared ??= openTestApp());
  await reset();
  return app;
};

/** vitest's `test`, with the app under the name `cordboard` and empty tables before each test. */
export const test = base.extend<{ cordboard: TestApp }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what a fixture needs
  cordboard: async ({}, provide) => provide(await testApp()),
});
