import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FindingList, RouteAnswer } from '#contract/numbers/route.ts';
import { keyFromCommandLine, withKey, type Caller } from '../http.ts';
import { startServer, type RunningServer } from '../server.ts';
import { load, type Shot } from './load.ts';
import { numberAt, seedRoutes } from './route-seed.ts';
import { compare, type Comparison } from './throughput.ts';

const CONNECTIONS = 8;
const ROUND_MS = 3000;
const CHANGES = 100;

export interface RouteFigures {
  count: number;
  /** From the start of the server until every number is decided from memory. */
  loadedInMs: number;
  saturated: Comparison;
  /** One call at a time. */
  calm: Comparison;
  bytesPerNumber: number;
  /**
   * How long after another instance answered that a change is saved this one decides by it: the worst, and
   * the median.
   */
  freshWorstMs: number;
  freshMedianMs: number;
  findings: { requests: number; longestMs: number; totalMs: number };
}

const child = (script: string, args: string[] = [], execArgv: string[] = []) =>
  fork(fileURLToPath(new URL(script, import.meta.url)), args, { execArgv: ['--import', 'tsx', ...execArgv] });

const measureMemory = async (count: number): Promise<number> => {
  const [bytes] = (await once(
    child('./memory-of-numbers.ts', [String(count)], ['--expose-gc']),
    'message',
  )) as [number];
  return bytes;
};

const ask = (api: Caller, to: string) =>
  api.send<RouteAnswer>('POST', '/v1/route', { to, from: '+14155552671' });

/** As the database's own, an answer is never older than the question. */
const untilRemembered = async (api: Caller, to: string): Promise<void> => {
  for (;;) {
    const askedAt = Date.now();
    if (Date.parse((await ask(api, to)).data.as_of) < askedAt) return;
  }
};

const measureFreshness = async (api: Caller, elsewhere: Caller, count: number): Promise<number[]> => {
  const took: number[] = [];
  for (let change = 0; change < CHANGES; change += 1) {
    const to = numberAt((change * 7919) % count);
    const { phone_number_id: id } = await ask(api, to);
    const { version } = await elsewhere.send<{ version: number }>('PATCH', `/v1/phone-numbers/${id}`, {
      friendly_name: `Changed ${change}`,
    });
    const savedAt = performance.now();
    while ((await ask(api, to)).version !== version);
    took.push(performance.now() - savedAt);
  }
  return took.toSorted((a, b) => a - b);
};

const measureFindings = async (api: Caller) => {
  const startedAt = performance.now();
  let [requests, longestMs] = [0, 0];
  for (let token: string | null = ''; token !== null; requests += 1) {
    const askedAt = performance.now();
    const query: string = token === '' ? '' : `&page_token=${token}`;
    token = (await api.get<FindingList>(`/v1/routing/findings?page_size=100${query}`)).next_page_token;
    longestMs = Math.max(longestMs, performance.now() - askedAt);
  }
  return { requests, longestMs, totalMs: performance.now() - startedAt };
};

const callers = ['+14155552671', '+442079460958', '+8801711000000', '+19005550100', '+4915112345678'];

const measureLoad = async (
  server: RunningServer,
  key: string,
  count: number,
): Promise<{ saturated: Comparison; calm: Comparison }> => {
  const empty = child('./empty-server.ts');
  const [port] = (await once(empty, 'message')) as [number];
  let turn = 0;
  const shot = (): Shot => {
    turn += 1;
    const body = JSON.stringify({
      to: numberAt((turn * 104_729) % count),
      from: callers[turn % callers.length],
    });
    return {
      method: 'POST',
      path: '/v1/route',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
    };
  };
  const against = (connections: number) =>
    compare(
      0,
      () => load(server.url, connections, ROUND_MS, shot),
      () => load(`http://127.0.0.1:${port}`, connections, ROUND_MS, shot),
    );
  try {
    return { saturated: await against(CONNECTIONS), calm: await against(1) };
  } finally {
    empty.disconnect();
  }
};

/** The decision endpoint of the built server, with this many numbers of which one in ten has rules. */
export const measureRoute = async (databaseUrl: string, count: number): Promise<RouteFigures> => {
  const place = { databaseUrl, env: { LOG_LEVEL: 'error' } };
  const first = await startServer(place);
  await seedRoutes({ connectionString: databaseUrl }, count);
  const key = await keyFromCommandLine(first, ['calls:route', 'numbers:read', 'numbers:write'], databaseUrl);
  const startedAt = performance.now();
  const server = await startServer({ ...place, dataDirectory: first.dataDirectory });
  const api = withKey(server.url, key);
  try {
    await untilRemembered(api, numberAt(1));
    const loadedInMs = performance.now() - startedAt;
    await ask(withKey(first.url, key), numberAt(1));
    const fresh = await measureFreshness(api, withKey(first.url, key), count);
    const findings = await measureFindings(api);
    // The other instance would read along with every change, on the same two cores.
    await first.kill();
    return {
      count,
      loadedInMs,
      ...(await measureLoad(server, key, count)),
      bytesPerNumber: await measureMemory(count),
      freshWorstMs: fresh.at(-1) ?? Infinity,
      freshMedianMs: fresh[Math.floor(fresh.length / 2)] ?? Infinity,
      findings,
    };
  } finally {
    await server.stop();
  }
};
