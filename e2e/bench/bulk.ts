import pg from 'pg';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { BulkPlan } from '#contract/bulk/plans.ts';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import type { RouteAnswer } from '#contract/numbers/route.ts';
import { keyFromCommandLine, withKey, type Caller } from '../http.ts';
import { runCommand, startServer } from '../server.ts';
import { recordJob, runByHand } from './bulk-by-hand.ts';
import type { BenchPlace } from './bulk-place.ts';
import { measureImport, type ImportFigures } from './import.ts';
import { load, median, type LoadResult } from './load.ts';

const CHANGED = 10_000;
const IDLE_MS = 4000;
// Long enough for a 99th percentile; what is left of the job then is cancelled.
const BUSY_MS = 15_000;
const LABEL = 'bench';

/** How long other requests took, with nothing beside them and with a job. */
export interface Meanwhile {
  idle: LoadResult;
  busy: LoadResult;
}

export interface BulkFigures {
  numbers: number;
  /** Of each, the median of the rounds, in milliseconds. */
  planMs: number;
  /** Of a plan over every number, those imported among them. */
  planAllMs: number;
  jobMs: number;
  byHandMs: number;
  /** The job over the statements by hand: the median of the rounds, which take turns. */
  ratio: number;
  statements: number;
  list: Meanwhile;
  route: Meanwhile;
  /** From the end of a job until calls are decided by what it changed. */
  routedAfterMs: number;
  imported: ImportFigures;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const startOn = ({ dataDirectory, databaseUrl }: BenchPlace) =>
  startServer({
    dataDirectory,
    ...(databaseUrl !== undefined && { databaseUrl }),
    env: { LOG_LEVEL: 'error' },
  });

const plan = async (api: Caller, filter: object, change: object): Promise<BulkPlan> => {
  let made = await api.send<BulkPlan>('POST', '/v1/bulk-jobs?dry_run=true', {
    select: { filter },
    change,
  });
  while (made.state !== 'ready') {
    await sleep(20);
    made = await api.get<BulkPlan>(`/v1/bulk-plans/${made.plan_id}`);
  }
  return made;
};

const follow = async (api: Caller, started: BulkJob): Promise<BulkJob> => {
  let job = started;
  while (job.ended_at === null) {
    await sleep(20);
    job = await api.get<BulkJob>(`/v1/bulk-jobs/${job.bulk_job_id}`);
  }
  if (job.state === 'failed') throw new Error(`A job ended as ${job.state}: ${JSON.stringify(job.counts)}`);
  return job;
};

/** Numbers, of which 10,000 have a label of their own, and a judged plan over these. */
const prepare = async (place: BenchPlace, numbers: number) => {
  const server = await startOn(place);
  const { dataDirectory, databaseUrl } = place;
  const key = await keyFromCommandLine(server, [
    'numbers:read',
    'numbers:write',
    'agents:write',
    'calls:route',
  ]);
  const seeded = await runCommand(['seed', '--numbers', String(numbers)], {
    dataDirectory,
    ...(databaseUrl !== undefined && { databaseUrl }),
  });
  if (seeded.exitCode !== 0) throw new Error(seeded.output);
  await server.stop();
  await place.alone(async (connection) => {
    const client = new pg.Client(connection);
    await client.connect();
    await client.query(
      `update phone_number set labels = array['${LABEL}'], label_keys = array['${LABEL}']
       where id in (select id from phone_number order by id limit ${CHANGED})`,
    );
    await client.query('vacuum (analyze) phone_number');
    await client.end();
  });
  const again = await startOn(place);
  const api = withKey(again.url, key);
  const { data: agent } = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
    agent_name: 'Bench of bulk changes',
  });
  const startedAt = performance.now();
  const made = await plan(
    api,
    { label: LABEL },
    { inbound_agent_id: agent.ai_agent_id, notes: 'Changed in bulk' },
  );
  const planMs = performance.now() - startedAt;
  if (made.counts.changed !== CHANGED) throw new Error(`Planned: ${JSON.stringify(made.counts)}`);
  await again.stop();
  return { key, planId: made.plan_id, planMs };
};

interface Prepared {
  key: string;
  planId: string;
}

/** The job, on a server that has done others before. */
const timeJob = async (api: Caller, planId: string): Promise<{ job: BulkJob; tookMs: number }> => {
  const warm = await plan(api, { label: 'production' }, { metadata: { warm: 'up' } });
  await follow(api, await api.send<BulkJob>('POST', '/v1/bulk-jobs', { plan_id: warm.plan_id }));
  const startedAt = performance.now();
  const job = await follow(api, await api.send<BulkJob>('POST', '/v1/bulk-jobs', { plan_id: planId }));
  return { job, tookMs: performance.now() - startedAt };
};

const timePlanOfAll = async (api: Caller, least: number): Promise<number> => {
  const startedAt = performance.now();
  const made = await plan(api, {}, { labels: { add: [`${LABEL} of all`] } });
  if (made.counts.changed < least) throw new Error(`Planned: ${JSON.stringify(made.counts)}`);
  return performance.now() - startedAt;
};

const untilRouted = async (api: Caller): Promise<number> => {
  const startedAt = performance.now();
  const { phone_numbers: changed } = await api.get<PhoneNumberList>(
    `/v1/phone-numbers?label=${LABEL}&page_size=100`,
  );
  for (const { phone_number: to, version } of changed)
    while ((await api.send<RouteAnswer>('POST', '/v1/route', { to })).version !== version);
  return performance.now() - startedAt;
};

const measureMeanwhile = async (api: Caller, job: BulkJob) => {
  const { phone_numbers: numbers } = await api.get<PhoneNumberList>('/v1/phone-numbers?page_size=100');
  let turn = 0;
  const headers = { ...api.headers, 'content-type': 'application/json' };
  const listShot = () => ({
    method: 'GET',
    path: '/v1/phone-numbers?page_size=50&sort=-updated_at',
    headers,
  });
  const routeShot = () => ({
    method: 'POST',
    path: '/v1/route',
    headers,
    body: JSON.stringify({ to: numbers[++turn % numbers.length]?.phone_number }),
  });
  const both = (ms: number, isOver?: () => boolean) =>
    Promise.all([load(api.url, 1, ms, listShot, isOver), load(api.url, 1, ms, routeShot, isOver)]);
  await both(IDLE_MS / 4);
  const [idleList, idleRoute] = await both(IDLE_MS);
  let isOver = false;
  const undo = await api.send<BulkJob>('POST', `/v1/bulk-jobs/${job.bulk_job_id}/undo`);
  const ending = follow(api, undo).finally(() => (isOver = true));
  const [busyList, busyRoute] = await both(BUSY_MS, () => isOver);
  await api.send('POST', `/v1/bulk-jobs/${undo.bulk_job_id}/cancel`);
  await ending;
  return { list: { idle: idleList, busy: busyList }, route: { idle: idleRoute, busy: busyRoute } };
};

const byHand = async (base: BenchPlace, pieces: Parameters<typeof runByHand>[1]): Promise<number> => {
  const place = await base.copy();
  try {
    return await place.alone((connection) => runByHand(connection, pieces));
  } finally {
    await place.remove();
  }
};

const record = async (base: BenchPlace, { key, planId }: Prepared) => {
  const place = await base.copy();
  try {
    const { dataDirectory, databaseUrl } = place;
    const environment = {
      CORDBOARD_DATA: dataDirectory,
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    };
    return await recordJob(environment, { authorization: `Bearer ${key}` }, planId);
  } finally {
    await place.remove();
  }
};

/**
 * A change of 10,000 among so many numbers against the same statements by hand, each time on a database that
 * stands as it stood; and, on the last, what others notice of a job, and an import.
 */
export const measureBulk = async (
  base: BenchPlace,
  numbers: number,
  wantedRounds: number,
): Promise<BulkFigures> => {
  const { planMs, ...prepared } = await prepare(base, numbers);
  const pieces = await record(base, prepared);
  const rounds: { jobMs: number; byHandMs: number }[] = [];
  for (;;) {
    const byHandMs = await byHand(base, pieces);
    const place = await base.copy();
    const server = await startOn(place);
    const api = withKey(server.url, prepared.key);
    try {
      const { job, tookMs } = await timeJob(api, prepared.planId);
      rounds.push({ jobMs: tookMs, byHandMs });
      if (rounds.length < wantedRounds) continue;
      const routedAfterMs = await untilRouted(api);
      return {
        numbers,
        planMs,
        jobMs: median(rounds.map((round) => round.jobMs)),
        byHandMs: median(rounds.map((round) => round.byHandMs)),
        ratio: median(rounds.map((round) => round.jobMs / round.byHandMs)),
        statements: pieces.flat().length,
        routedAfterMs,
        ...(await measureMeanwhile(api, job)),
        imported: await measureImport(api, server.pid, numbers),
        planAllMs: await timePlanOfAll(api, numbers),
      };
    } finally {
      await server.stop();
      await place.remove();
    }
  }
};
