import { addNumber, keyFromCommandLine, withKey, type Caller, type HttpAnswer } from '../http.ts';
import { databaseInUse, startServer } from '../server.ts';
import { layCable } from './cable.ts';
import { isAlive } from './processes.ts';
import { count, type Proof } from './proof.ts';
import { breaksInHistory, find, lostWrites, type Acknowledged } from './writes.ts';

const OUTAGES = 5;

/**
 * A refusal that says "not now": 503 with Retry-After, or, where the answer to a COMMIT was lost, that nobody
 * knows. Nothing else may be answered while the database is away.
 */
const saysLater = ({ status, headers, text }: Pick<HttpAnswer, 'status' | 'headers' | 'text'>) =>
  status === 503 && (text.includes('"code":"outcome_unknown"') || Number(headers.get('retry-after')) > 0);

const until = async (isSo: () => Promise<boolean>, ms: number): Promise<number | null> => {
  const startedAt = performance.now();
  while (performance.now() - startedAt < ms) {
    if (await isSo()) return performance.now() - startedAt;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return null;
};

/** Writers that go on through every outage, and keep what was acknowledged and what else was answered. */
const writeThrough = (api: Caller, ids: readonly string[]) => {
  const acknowledged: Acknowledged[] = [];
  const others: HttpAnswer[] = [];
  let stopped = false;
  const writer = async (id: string) => {
    for (let turn = 0; !stopped; turn++) {
      const label = `turn ${turn}`;
      const answer = await api.request('PATCH', `/v1/phone-numbers/${id}`, {
        body: { friendly_name: label },
      });
      if (answer.status === 200)
        acknowledged.push({ id, version: answer.json<{ version: number }>().version, label });
      else others.push(answer);
    }
  };
  const writing = Promise.all(ids.map(writer));
  return {
    acknowledged,
    others,
    stop: async () => {
      stopped = true;
      await writing;
    },
  };
};

/**
 * The database goes away in the middle of requests: no false success, and the server recovers without a
 * restart.
 */
export const recovery: Proof = async (report) => {
  const url = databaseInUse();
  if (url === undefined) throw new Error('This proof is about a PostgreSQL server');
  const cable = await layCable(url);
  const server = await startServer({ databaseUrl: cable.url, env: { LOG_LEVEL: 'error' } });
  try {
    const api = withKey(server.url, await keyFromCommandLine(server, ['numbers:read', 'numbers:write'], url));
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push((await addNumber(api, 'pia'))._id);

    const writers = writeThrough(api, ids);
    const backAfterMs: (number | null)[] = [];
    let sawAway = 0;
    for (let outage = 0; outage < OUTAGES; outage++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await cable.cut();
      if ((await until(async () => (await api.request('GET', '/readyz')).status === 503, 5000)) !== null)
        sawAway++;
      const before = writers.acknowledged.length;
      await cable.mend();
      backAfterMs.push(await until(async () => writers.acknowledged.length > before, 10_000));
    }
    await writers.stop();
    const found = await Promise.all(ids.map((id) => find(api, id)));
    const lost = lostWrites(writers.acknowledged, found);
    const breaks = found.flatMap(breaksInHistory);
    const wrong = writers.others.filter((answer) => !saysLater(answer));
    report.check(
      'while it is away: 503 with Retry-After or outcome_unknown, and nothing else',
      sawAway === OUTAGES && wrong.length === 0,
      wrong[0]
        ? `${wrong[0].status} ${wrong[0].text.slice(0, 120)}`
        : `${count(writers.others.length)} refusals, ${sawAway} outages`,
    );
    report.check(
      'nothing acknowledged is lost',
      lost.length === 0 && breaks.length === 0,
      lost[0] ?? breaks[0] ?? `${count(writers.acknowledged.length)} acknowledged`,
    );
    report.check(
      'it recovers without a restart',
      backAfterMs.every((ms) => ms !== null) && isAlive(server.pid),
      `after ${backAfterMs.map((ms) => (ms === null ? 'never' : `${Math.round(ms)} ms`)).join(', ')}`,
    );

    const [one] = writers.acknowledged;
    report.control(
      'a success for what was not stored',
      one !== undefined && lostWrites([{ ...one, version: 1e9 }], found).length === 1,
    );
    report.control(
      'a 503 that does not say when',
      !saysLater({ status: 503, headers: new Headers(), text: '' }),
    );
    report.control(
      'a 500',
      !saysLater({ status: 500, headers: new Headers({ 'retry-after': '1' }), text: '' }),
    );
  } finally {
    await server.stop();
    await cable.cut();
  }
};
