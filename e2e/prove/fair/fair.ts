import { rm } from 'node:fs/promises';
import { addNumber, keyFromCommandLine, withKey, type Caller } from '../../http.ts';
import { runCommand, startServer, temporaryFolder } from '../../server.ts';
import {
  ask,
  askTimes,
  deepPage,
  FIRST_PAGE,
  flood,
  follow,
  medianMs,
  type TimedAnswer,
  type OpenStream,
} from './fair-load.ts';
import { count, median, type Proof, type Report } from '../proof.ts';

const NUMBERS = Number(process.env['PROVE_FAIR_NUMBERS'] ?? 100_000);
const ROUNDS = 3;
const LISTS_A_ROUND = 20;
const PARALLEL = 16;
const CROWD = 500;
const STREAMS_OF_A_KEY = 100;
const STREAMS_TRIED = 3000;
const PATCHES = 30;

const until = async (isSo: () => boolean, ms: number): Promise<boolean> => {
  const startedAt = performance.now();
  while (!isSo() && performance.now() - startedAt < ms)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return isSo();
};

const tally = (answered: readonly TimedAnswer[]) =>
  [...new Set(answered.map(({ status }) => status))].toSorted((a, b) => a - b);
const ratioOf = (idle: readonly TimedAnswer[], busy: readonly TimedAnswer[]) =>
  medianMs(busy) / medianMs(idle);
/** Nobody else notices: at most twice the time, and nothing refused. */
const isUnharmed = (idle: readonly TimedAnswer[], busy: readonly TimedAnswer[]) =>
  ratioOf(idle, busy) <= 2 && busy.every(({ status }) => status === 200);
const show = (answered: readonly TimedAnswer[]) => `${medianMs(answered).toFixed(1)} ms`;

const proveQueries = async (report: Report, busy: Caller, other: Caller) => {
  const [idle, flooded, jumps, idleOfBusy]: [TimedAnswer[], TimedAnswer[], TimedAnswer[], TimedAnswer[]] = [
    [],
    [],
    [],
    [],
  ];
  const floods: TimedAnswer[] = [];
  await askTimes(other, FIRST_PAGE, 5);
  for (let round = 0; round < ROUNDS; round++) {
    idle.push(...(await askTimes(other, FIRST_PAGE, LISTS_A_ROUND)));
    idleOfBusy.push(await ask(busy, deepPage(round, NUMBERS)));
    const flooding = flood(busy, NUMBERS, PARALLEL);
    await until(() => flooding.answered.length > 0, 10_000);
    flooded.push(...(await askTimes(other, FIRST_PAGE, LISTS_A_ROUND)));
    jumps.push(await ask(other, deepPage(round + 100, NUMBERS)));
    await flooding.stop();
    floods.push(...flooding.answered);
  }
  report.check(
    `another's list while one actor sends ${PARALLEL} deep pages at once: at most twice its idle time`,
    isUnharmed(idle, flooded),
    `${show(idle)} → ${show(flooded)}, × ${ratioOf(idle, flooded).toFixed(2)}`,
  );
  report.check(
    `another's jump far down is answered meanwhile`,
    jumps.every(({ status }) => status === 200),
    show(jumps),
  );
  // More than can be answered while the last of them waits its two seconds.
  floods.push(
    ...(await Promise.all(Array.from({ length: CROWD }, (_, turn) => ask(busy, deepPage(turn, NUMBERS))))),
  );
  report.check(
    `whoever floods is answered 200 or 429, and of ${CROWD} at once both happen`,
    tally(floods).join() === '200,429',
    `${count(floods.length)} answers: ${tally(floods).join()}`,
  );
  report.control('the figures of the one who floods, judged as another’s', !isUnharmed(idleOfBusy, floods));
};

const patchTimes = async (api: Caller, id: string, name: string): Promise<number> => {
  const took: number[] = [];
  for (let n = 0; n < PATCHES; n++) {
    const startedAt = performance.now();
    await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `${name} ${n}` });
    took.push(performance.now() - startedAt);
  }
  return median(took);
};

const openOf = (following: readonly OpenStream[]) => following.filter(({ isOver }) => !isOver).length;
const replacedOf = (following: readonly OpenStream[]) =>
  following.filter(({ text }) => text.includes('event: replaced')).length;

const proveStreams = async (report: Report, busy: Caller, other: Caller) => {
  const { _id: id } = await addNumber(other, 'pia');
  await patchTimes(other, id, 'warm');
  const alone = await patchTimes(other, id, 'alone');
  const own = await follow(other);
  const following: OpenStream[] = [];
  for (let n = 0; n < STREAMS_TRIED; n++) following.push(await follow(busy));
  const gaveWay = STREAMS_TRIED - STREAMS_OF_A_KEY;
  await until(() => openOf(following) === STREAMS_OF_A_KEY, 10_000);
  report.check(
    `${count(STREAMS_TRIED)} streams of one key: the newest ${STREAMS_OF_A_KEY} stay, the others are told`,
    openOf(following) === STREAMS_OF_A_KEY &&
      replacedOf(following) === gaveWay &&
      following.slice(gaveWay).every(({ isOver }) => !isOver),
    `${openOf(following)} open, ${count(replacedOf(following))} replaced`,
  );
  const withStreams = await patchTimes(other, id, 'followed');
  report.check(
    `a PATCH with them open takes at most three times as long`,
    withStreams <= alone * 3,
    `${alone.toFixed(1)} → ${withStreams.toFixed(1)} ms, × ${(withStreams / alone).toFixed(2)}`,
  );
  const heard = (each: OpenStream) =>
    each.text.includes(`"id":"${id}"`) && each.text.includes(`"version":${1 + 3 * PATCHES}`);
  const isHeard = await until(() => [own, ...following.slice(gaveWay)].every(heard), 5000);
  report.check(
    `all that are open hear the last change, another's too`,
    isHeard && !own.isOver,
    `${openOf([own, ...following])} open`,
  );
  report.control(
    'a stream that was replaced, taken for one that hears',
    following[0] !== undefined && !heard(following[0]),
  );
  for (const each of [own, ...following]) each.close();
};

/**
 * Nobody slows down the others: heavy queries and streams of one actor. PROVE_FAIR_NUMBERS says how long the
 * list is.
 */
export const fair: Proof = async (report) => {
  const dataDirectory = await temporaryFolder('fair');
  const seeded = await runCommand(['seed', '--numbers', String(NUMBERS)], { dataDirectory });
  if (seeded.exitCode !== 0) throw new Error(`Seeding ended with ${seeded.exitCode}: ${seeded.output}`);
  const server = await startServer({ dataDirectory, env: { LOG_LEVEL: 'error' } });
  try {
    const [busy, other] = [
      withKey(server.url, await keyFromCommandLine(server, ['numbers:read'])),
      withKey(server.url, await keyFromCommandLine(server, ['numbers:read', 'numbers:write'])),
    ];
    await proveQueries(report, busy, other);
    await proveStreams(report, busy, other);
  } finally {
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};
