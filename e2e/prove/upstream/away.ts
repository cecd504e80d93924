import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { StandInRequest } from '#server/testing/verbex/faults.ts';
import { startVerbex } from '#server/testing/verbex/start-verbex.ts';
import type { Caller } from '../../http.ts';
import type { RunningServer } from '../../server.ts';
import { count, longest, seconds, type Report } from '../proof.ts';
import { differencesOf, linkNumbers, openAccount, thereOf, type LinkedNumber } from './account.ts';
import { mostWithin } from './pace.ts';
import { told, wait, whenNothingWaits } from './settle.ts';
import type { Sizes } from './sizes.ts';

const PENDING_WITHIN_MS = 1000;
const A_SECOND = 5;
const IN_FLIGHT = 2;
const DRAINED_AFTER_MS = 15_000;

const nameOf = (turn: number) => `turn ${String(turn).padStart(4, '0')}`;

/** Milliseconds until whoever looks sees the change, and that it is not there yet. */
const untilPending = async (api: Caller, id: string, name: string): Promise<number> => {
  const startedAt = performance.now();
  for (;;) {
    const { friendly_name: shown, links } = await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`);
    const tookMs = performance.now() - startedAt;
    if (shown === name && links[0]?.state !== 'synced') return tookMs;
    if (tookMs > 10 * PENDING_WITHIN_MS) return tookMs;
    await wait(100);
  }
};

/** By number, the names that were written, where a later one came before an earlier. */
export const outOfOrder = (
  requests: readonly Pick<StandInRequest, 'method' | 'path' | 'body'>[],
): string[] => {
  const last = new Map<string, string>();
  return requests.flatMap(({ method, path, body }) => {
    if (method !== 'PATCH') return [];
    const { friendly_name: name } = body as { friendly_name: string };
    const before = last.get(path);
    last.set(path, name);
    return before !== undefined && name < before ? [`${path}: ${name} after ${before}`] : [];
  });
};

/** All at once, as whoever knows no limit would drain a queue. */
const naively = async (asked: number): Promise<{ most: number; inFlight: number }> => {
  const verbex = await startVerbex();
  verbex.decideBy(() => ({ does: 'hang', when: 'before' }));
  const asking = Array.from({ length: asked }, () => fetch(`${verbex.url}/v1/phone-numbers`));
  while (verbex.requests.length < asked) await wait(5);
  await verbex.close();
  await Promise.allSettled(asking);
  return { most: mostWithin(verbex.requests, 1000), inFlight: verbex.mostInFlight() };
};

/** The platform is away while many numbers are edited: all of it waits, and goes there once it is back. */
export const editWhileAway = async (
  report: Report,
  { server, api }: { server: RunningServer; api: Caller },
  { away, judgesTimes }: Sizes,
): Promise<void> => {
  const account = await openAccount(api);
  const numbers = await linkNumbers(server, api, account, away.numbers);
  const { connectionId, verbex } = account;
  const port = Number(new URL(verbex.url).port);
  await verbex.close();
  const awaySince = performance.now();
  const pendingMs: number[] = [];
  const untrue: string[] = [];
  let turn = 0;
  const write = async (mine: readonly LinkedNumber[], times: number) => {
    for (let at = 0; at < times; at++) {
      const number = mine[at % mine.length];
      if (number === undefined) return;
      const name = nameOf(turn++);
      const path = `/v1/phone-numbers/${number.id}`;
      const answering = api.request('PATCH', path, { body: { friendly_name: name } });
      pendingMs.push(await untilPending(api, number.id, name));
      number.wanted['friendly_name'] = name;
      const { status, text } = await answering;
      if (status !== 202) untrue.push(`${number.phoneNumber} was answered ${status}: ${text.slice(0, 200)}`);
    }
  };
  await Promise.all(
    Array.from({ length: away.writers }, (_, writer) =>
      write(
        numbers.filter((_number, at) => at % away.writers === writer),
        Math.floor(away.edits / away.writers),
      ),
    ),
  );
  await wait(Math.max(0, away.forMs - (performance.now() - awaySince)));
  const awayMs = performance.now() - awaySince;

  account.verbex = await startVerbex(verbex.state, { port });
  const mayTakeMs = (3 * away.numbers * 1000) / A_SECOND + DRAINED_AFTER_MS;
  const drainedMs = await whenNothingWaits(api, [connectionId], 4 * mayTakeMs);
  const wrong = numbers.flatMap((number) => {
    const fields = differencesOf(number, thereOf(account, number));
    return fields.length === 0 ? [] : [`${number.phoneNumber}: ${fields.join(', ')}`];
  });
  const { requests, mostInFlight } = account.verbex;
  const slowest = longest(pendingMs);
  const most = mostWithin(requests, 1000);
  report.check(
    `${count(away.edits)} edits while the platform is away: each waits within a second, for all to see`,
    untrue.length === 0 && (slowest <= PENDING_WITHIN_MS || !judgesTimes),
    told(untrue, `${seconds(slowest)} at most; away for ${seconds(awayMs)}`),
  );
  report.check(
    `once it is back ${away.numbers} numbers are there in ${seconds(mayTakeMs)}`,
    wrong.length === 0 && drainedMs !== null && (drainedMs <= mayTakeMs || !judgesTimes),
    told(wrong, drainedMs === null ? 'something waits for good' : seconds(drainedMs)),
  );
  const order = outOfOrder(requests);
  report.check('each number’s changes go there in their order', order.length === 0, told(order, 'in order'));
  report.check(
    `never more than ${A_SECOND} requests in any second, nor ${IN_FLIGHT} at a time`,
    (most <= A_SECOND || !judgesTimes) && mostInFlight() <= IN_FLIGHT,
    `${most} a second, ${mostInFlight()} at a time, of ${count(requests.length)}`,
  );

  const naive = await naively(12);
  report.control('a queue that is drained at once', naive.most > A_SECOND && naive.inFlight > IN_FLIGHT);
  const writes = requests.filter(({ method }) => method === 'PATCH').toReversed();
  const doubled = [...writes, ...writes.map((each) => ({ ...each, body: { friendly_name: nameOf(-1) } }))];
  report.control('a change that overtakes a later one', outOfOrder(doubled).length > 0);
  await account.verbex.close();
};
