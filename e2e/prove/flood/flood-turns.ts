import { escaped, largestHours, largestPhoneNumber, largestPreview } from '#server/testing/largest-bodies.ts';
import {
  addNumber,
  callerWith,
  keyFromCommandLine,
  nextPhoneNumber,
  withKey,
  type Caller,
} from '../../http.ts';
import { startServer } from '../../server.ts';
import { costlyRequests } from './costly-bodies.ts';
import { prepareLoopTurns, type LoopTurns } from './loop-turns.ts';
import { longest, median, seconds, type Report } from '../proof.ts';

const REFUSED_MS = 20;
const LEGAL_MS = 40;
const ROUNDS = 3;

interface Measured {
  what: string;
  ms: number;
  status: number;
}

const measure = async (turns: LoopTurns, what: string, send: () => Promise<number>): Promise<Measured> => {
  let status = 0;
  const held: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    held.push(await turns.longestDuring(async () => (status = await send())));
  return { what, ms: median(held), status };
};

const tooLong = (measured: readonly Measured[], atMost: number) => measured.filter(({ ms }) => ms > atMost);
const told = (measured: readonly Measured[]) =>
  measured.map(({ what, ms, status }) => `${ms.toFixed(0)} ms, ${status}: ${what}`).join('; ');
const slowest = (measured: readonly Measured[]) => told(measured.toSorted((a, b) => b.ms - a.ms).slice(0, 3));

/** Of whatever came back; 0 where the connection just ended. Whoever is refused is told so. */
const statusOf = (sent: Promise<{ status: number }>) => sent.then(({ status }) => status).catch(() => 0);

const addAgents = (api: Caller): Promise<string[]> =>
  Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const { data } = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
        agent_name: `Agent ${at}`,
      });
      return data.ai_agent_id;
    }),
  );

const measureLegal = async (
  turns: LoopTurns,
  api: Caller,
  agentIds: readonly string[],
  numberId: string,
): Promise<Measured[]> => {
  const hours = await api.send<{ business_hours_id: string }>('POST', '/v1/business-hours', largestHours);
  let id = '';
  const add = async (written: (value: unknown) => string, hoursId = hours.business_hours_id) => {
    const raw = written(largestPhoneNumber(nextPhoneNumber(), agentIds[0] ?? '', hoursId));
    const answer = await api.request('POST', '/v1/phone-numbers', {
      raw,
      headers: { 'idempotency-key': nextPhoneNumber() },
    });
    if (answer.status === 201) id = answer.json<{ _id: string }>()._id;
    return answer.status;
  };
  const measured = [
    await measure(turns, 'add the largest number', () => add(JSON.stringify)),
    await measure(turns, 'add it, escaped', () => add(escaped)),
    await measure(turns, 'add it with hours that do not exist', () => add(JSON.stringify, 'f'.repeat(24))),
  ];
  const path = `/v1/phone-numbers/${id}`;
  const record = await api.get<object>(path);
  const patch = (body: object) => statusOf(api.request('PATCH', path, { raw: escaped(body) }));
  let change = 0;
  measured.push(
    await measure(turns, 'read it', () => statusOf(api.request('GET', path))),
    await measure(turns, 'send it back whole, escaped', () => patch(record)),
    await measure(turns, 'send it back changed, escaped', async () => {
      const now = await api.get<object>(path);
      return patch({ ...now, friendly_name: `Changed ${(change += 1)}`, metadata: null, notes: null });
    }),
    await measure(turns, 'send the largest hours back, escaped', () =>
      statusOf(
        api.request('PATCH', `/v1/business-hours/${hours.business_hours_id}`, { raw: escaped(largestHours) }),
      ),
    ),
    await measure(turns, 'preview the most values', () =>
      statusOf(
        api.request('POST', `/v1/phone-numbers/${numberId}/route/preview`, {
          body: largestPreview(agentIds),
        }),
      ),
    ),
  );
  return measured;
};

/** While four connections of nobody send bodies without a pause, how long route decisions take. */
const decideMeanwhile = async (url: string, api: Caller, to: string): Promise<number[]> => {
  const nobody = callerWith(url);
  const raw = `{"email":"${'x'.repeat(1024 * 1024)}"}`;
  let isOver = false;
  const flooding = Array.from({ length: 4 }, async () => {
    while (!isOver) await statusOf(nobody.request('POST', '/v1/sign-in', { raw }));
  });
  const took: number[] = [];
  for (let call = 0; call < 50; call += 1) {
    const startedAt = performance.now();
    await api.send('POST', '/v1/route', { to });
    took.push(performance.now() - startedAt);
  }
  isOver = true;
  await Promise.all(flooding);
  return took;
};

/**
 * No request keeps all the others waiting: how long the longest turn of the event loop is, measured in the
 * server itself.
 */
export const proveTurns = async (report: Report, dataDirectory: string): Promise<void> => {
  const { env, open } = await prepareLoopTurns();
  const server = await startServer({ dataDirectory, env: { LOG_LEVEL: 'error', ...env } });
  try {
    const api = withKey(
      server.url,
      await keyFromCommandLine(server, ['numbers:read', 'numbers:write', 'agents:write', 'calls:route']),
    );
    const nobody = callerWith(server.url);
    const turns = await open();
    const agentIds = await addAgents(api);
    const { _id: id, phone_number: to } = await addNumber(api, 'pia');

    const refused: Measured[] = [];
    for (const { what, method, path, isAnonymous, ...options } of costlyRequests(id, agentIds))
      refused.push(
        await measure(turns, what, () =>
          statusOf((isAnonymous ? nobody : api).request(method, path, options)),
        ),
      );
    const carriedOut = refused.filter(({ status }) => status < 400 || status >= 500);
    report.check(
      'costly requests are refused',
      carriedOut.length === 0,
      told(carriedOut) || `${refused.length} kinds`,
    );
    report.check(
      `none of them holds the event loop longer than ${REFUSED_MS} ms`,
      tooLong(refused, REFUSED_MS).length === 0,
      told(tooLong(refused, REFUSED_MS)) || `the longest: ${slowest(refused)}`,
    );

    const legal = await measureLegal(turns, api, agentIds, id);
    const failed = legal.filter(({ what, status }) =>
      what.endsWith('do not exist') ? status !== 422 : status >= 300,
    );
    report.check(
      'the largest that the contract allows is carried out',
      failed.length === 0,
      told(failed) || `${legal.length} acts`,
    );
    report.check(
      `none of it holds the event loop longer than ${LEGAL_MS} ms`,
      tooLong(legal, LEGAL_MS).length === 0,
      told(legal),
    );

    const took = await decideMeanwhile(server.url, api, to);
    report.check(
      'while nobody sends 1 MiB to sign-in over four connections, every route decision comes within a second',
      longest(took) < 1000,
      `the median ${seconds(median(took))}, the longest ${seconds(longest(took))}`,
    );

    const planted = await measure(turns, 'planted', async () => Number(await turns.hold(60)) && 422);
    report.control(`an event loop held for 60 ms`, tooLong([planted], LEGAL_MS).length === 1);
    turns.close();
  } finally {
    await server.stop();
  }
};
