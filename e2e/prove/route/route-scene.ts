import pg from 'pg';
import type { Scope } from '#contract/access.ts';
import type { ApiKey } from '#contract/api-keys.ts';
import { addNumber, callerWith, setUp, withKey, type Caller } from '../../http.ts';
import type { Cluster } from '../../postgresql.ts';
import { startServer, type RunningServer } from '../../server.ts';
import { layCable, type Cable } from '../cable.ts';
import { seconds, type Report } from '../proof.ts';
import {
  ask,
  keepAskingHealth,
  falseFreshness,
  longestOf,
  pause,
  tally,
  type RouteSample,
  type SavedChange,
} from './route-asker.ts';

export const MAX_STALENESS_S = 8;
export const PROMPT_MS = 1000;
// From the last beat to what breaks up to one second passes, and answers are given at moments.
const SLACK_MS = 1500;

/** `noiseMs`: what an empty answer took at most meanwhile, for machines are noisy. */
export const isPrompt = (asked: readonly RouteSample[], noiseMs = 0) =>
  longestOf(asked) <= PROMPT_MS + noiseMs;
export const isTheBound = (ms: number) =>
  ms >= MAX_STALENESS_S * 1000 - SLACK_MS && ms <= MAX_STALENESS_S * 1000 + 500;

/** Two instances on one database, each over a cable of its own. What goes wrong goes wrong here. */
export interface Scene {
  report: Report;
  cluster: Cluster;
  cables: { here: Cable; elsewhere: Cable };
  here: RunningServer;
  /** How long the emptiest answer of this instance took at most since then, in milliseconds. */
  noiseSince: (at: number) => number;
  /** A runtime that asks here, and an operator that is signed in here. */
  caller: Caller;
  operator: Caller;
  /** A script on the other instance. */
  elsewhere: Caller;
  /** The number that is called and changed. */
  to: string;
  id: string;
  addKey: (scopes: readonly Scope[]) => Promise<{ key: string; id: string }>;
  /** On the other instance. */
  revoke: (id: string) => Promise<void>;
  stop: () => Promise<void>;
}

export const setScene = async (report: Report, cluster: Cluster): Promise<Scene> => {
  const cables = { here: await layCable(cluster.url), elsewhere: await layCable(cluster.url) };
  const env = { LOG_LEVEL: 'error', CORDBOARD_ROUTE_MAX_STALENESS: String(MAX_STALENESS_S) };
  const other = await startServer({ databaseUrl: cables.elsewhere.url, env });
  const admin = await setUp(other);
  const here = await startServer({ databaseUrl: cables.here.url, env, dataDirectory: other.dataDirectory });
  const noise = keepAskingHealth(callerWith(here.url));
  const addKey: Scene['addKey'] = async (scopes) => {
    const { api_key, key } = await admin.send<{ api_key: ApiKey; key: string }>('POST', '/v1/api-keys', {
      name: 'prove',
      scopes,
      expires_at: null,
    });
    return { key, id: api_key.api_key_id };
  };
  const elsewhere = withKey(other.url, (await addKey(['numbers:read', 'numbers:write'])).key);
  const { _id: id, phone_number: to } = await addNumber(elsewhere, 'pia');
  return {
    report,
    cluster,
    cables,
    here,
    noiseSince: noise.since,
    caller: withKey(here.url, (await addKey(['calls:route'])).key),
    operator: callerWith(here.url, admin.headers),
    elsewhere,
    to,
    id,
    addKey,
    revoke: async (keyId) => admin.send('DELETE', `/v1/api-keys/${keyId}`),
    stop: async () => {
      await noise.stop();
      await Promise.all([here.kill(), other.stop()]);
      await Promise.all([cables.here.cut(), cables.elsewhere.cut()]);
    },
  };
};

/** Until it decides by this version, in milliseconds; null where it does not within ten seconds. */
export const untilDecidedBy = async ({ caller, to }: Scene, version: number): Promise<number | null> => {
  const from = performance.now();
  while (performance.now() - from < 10_000)
    if ((await ask(caller, to)).version >= version) return performance.now() - from;
  return null;
};

/** Memory decides, and not the database: then what is decided by is older than the question. */
export const untilRemembered = async ({ caller, to }: Scene): Promise<boolean> => {
  const from = performance.now();
  while (performance.now() - from < 20_000) {
    const { at, asOf, status } = await ask(caller, to);
    if (status === 200 && asOf < at) return true;
    await pause(20);
  }
  return false;
};

export const withDatabase = async <Row>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
};

export const checkPrompt = (scene: Scene, when: string, asked: readonly RouteSample[]) => {
  const noise = scene.noiseSince(Math.min(...asked.map(({ at }) => at)));
  const seen = `longest ${seconds(longestOf(asked))}, of the empty answer ${seconds(noise)}; ${tally(asked)}`;
  scene.report.check(
    `${when}: each answer or refusal within ${seconds(PROMPT_MS)}`,
    isPrompt(asked, noise),
    seen,
  );
};

export const checkTrue = (
  { report }: Scene,
  when: string,
  asked: readonly RouteSample[],
  written: readonly SavedChange[],
) => {
  const wrong = falseFreshness(asked, written);
  const seen = `${wrong.length} of ${asked.length} answers, ${written.length} changes`;
  report.check(
    `${when}: as_of is never later than the truth`,
    wrong.length === 0 && written.length > 0,
    seen,
  );
};

/** How long it took each time until what was saved decided here; `since`: when it was first looked. */
export const checkBack = (scene: Scene, when: string, ms: readonly (number | null)[], since: number) => {
  const noise = scene.noiseSince(since);
  const isIt = ms.every((each) => each !== null && each <= PROMPT_MS + noise);
  const seen = `${ms.map((each) => (each === null ? 'never' : seconds(each))).join(', ')}; the empty answer ${seconds(noise)}`;
  scene.report.check(`${when}: what was saved decides within ${seconds(PROMPT_MS)}`, isIt, seen);
};

/** Memory decided for as long as it may, and then nothing did. */
export const checkLasted = (
  { report }: Scene,
  when: string,
  asked: readonly RouteSample[],
  lasted: number,
) => {
  report.check(
    `${when}: memory decides for the whole of ${MAX_STALENESS_S} s`,
    isTheBound(lasted),
    seconds(lasted),
  );
  const refusals = asked.filter(({ status }) => status !== 200);
  const isStale =
    refusals.length > 0 &&
    refusals.every(({ status, code }) => status === 503 && code === 'routing_data_stale');
  report.check(`${when}: then 503 routing_data_stale, and nothing else`, isStale, tally(refusals));
};
