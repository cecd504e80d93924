import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '#server/platform/db/embedded/embedded.ts';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import type { Caller } from '../http.ts';
import type { RunningServer } from '../server.ts';
import type { BareOrder } from './bare-server.ts';
import { load, median, type LoadResult, type Shot } from './load.ts';
import { recordRequests } from './recorded.ts';

const CONNECTIONS = 8;
const ROUNDS = 5;
const ROUND_MS = 3000;
const POOL_SIZE = 10;

export interface Comparison {
  product: LoadResult;
  bare: LoadResult;
  /** How many statements of SQL one request takes, in both. */
  statements: number;
  /** Throughput of the product over that of the bare server: the median of the rounds, which take turns. */
  ratio: number;
}

const middle = (results: readonly LoadResult[]): LoadResult => ({
  perSecond: median(results.map(({ perSecond }) => perSecond)),
  p50: median(results.map(({ p50 }) => p50)),
  p95: median(results.map(({ p95 }) => p95)),
  p99: median(results.map(({ p99 }) => p99)),
  answers: results.reduce((sum, { answers }) => sum + answers, 0),
});

export const compare = async (
  statements: number,
  product: () => Promise<LoadResult>,
  bare: () => Promise<LoadResult>,
): Promise<Comparison> => {
  const rounds: { product: LoadResult; bare: LoadResult }[] = [];
  await product();
  await bare();
  for (let round = 0; round < ROUNDS; round++) rounds.push({ product: await product(), bare: await bare() });
  return {
    statements,
    product: middle(rounds.map((round) => round.product)),
    bare: middle(rounds.map((round) => round.bare)),
    ratio: median(rounds.map((round) => round.product.perSecond / round.bare.perSecond)),
  };
};

const startBare = async (order: BareOrder) => {
  const child = fork(fileURLToPath(new URL('./bare-server.ts', import.meta.url)), [], {
    serialization: 'advanced',
    execArgv: ['--import', 'tsx'],
  });
  child.send(order);
  const [port] = (await once(child, 'message')) as [number];
  return { url: `http://127.0.0.1:${port}`, stop: () => child.disconnect() };
};

/**
 * Listing and changing through the product, and through the least that could do the same on the same
 * database.
 */
export const measureThroughput = async (
  server: RunningServer,
  session: Caller,
  databaseUrl: string | undefined,
): Promise<{ list: Comparison; patch: Comparison }> => {
  const { phone_numbers: numbers } = await session.get<PhoneNumberList>(
    '/v1/phone-numbers?page_size=100&provider=sip',
  );
  const ids = numbers.map(({ _id }) => _id);
  const recordedId = ids[0] ?? '';
  let turn = 0;
  const listShot: Shot = {
    method: 'GET',
    path: '/v1/phone-numbers?page_size=50&sort=-updated_at',
    headers: session.headers,
  };
  const patchShot = (): Shot => {
    const body = JSON.stringify({
      friendly_name: `Bench ${++turn}`,
      sip_trunk_password: `bench secret ${turn}`,
    });
    return {
      method: 'PATCH',
      path: `/v1/phone-numbers/${ids[turn % ids.length]}`,
      headers: { ...session.headers, 'content-type': 'application/json' },
      body,
    };
  };

  const environment = {
    CORDBOARD_DATA: server.dataDirectory,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  };
  const recordedPatch = () => ({ ...patchShot(), path: `/v1/phone-numbers/${recordedId}` });
  const [list = [], patch = []] = await recordRequests(environment, [() => listShot, recordedPatch]);
  const embedded =
    databaseUrl === undefined ? await startEmbedded(server.dataDirectory, 'attach', () => {}) : undefined;
  const bare = await startBare({
    connection: embedded
      ? { host: embedded.socketFolder, port: 5432, user: 'postgres', database: 'postgres' }
      : { connectionString: databaseUrl },
    poolSize: embedded ? 1 : POOL_SIZE,
    list,
    patch,
    recordedId,
  });
  try {
    const bareShot = (): Shot => ({ method: 'PATCH', path: `/${ids[++turn % ids.length]}`, headers: {} });
    return {
      list: await compare(
        list.length,
        () => load(server.url, CONNECTIONS, ROUND_MS, () => listShot),
        () => load(bare.url, CONNECTIONS, ROUND_MS, () => ({ method: 'GET', path: '/', headers: {} })),
      ),
      patch: await compare(
        patch.length,
        () => load(server.url, CONNECTIONS, ROUND_MS, patchShot),
        () => load(bare.url, CONNECTIONS, ROUND_MS, bareShot),
      ),
    };
  } finally {
    bare.stop();
    await embedded?.stop();
  }
};
