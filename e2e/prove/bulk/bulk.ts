import { rm } from 'node:fs/promises';
import { addOperator, keyFromCommandLine, setUp, signIn, withKey } from '../../http.ts';
import { databaseInUse, startServer, temporaryFolder } from '../../server.ts';
import { count, type Proof, type Report } from '../proof.ts';
import { doAndUndo, type Round } from './do-and-undo.ts';
import { differing, untruths, type Ended } from './judge.ts';
import type { Mortal } from './kills.ts';
import { loseRole } from './lost-role.ts';
import { endLeases, fillWithNumbers, NUMBERS } from './scene.ts';
import { shareTheWork } from './two-instances.ts';

const KILLS = 30;
const MOST_ROUNDS = 4;

const told = (problems: readonly string[], seen: string) =>
  problems.length === 0 ? seen : `${problems.length}: ${problems.slice(0, 3).join('; ')}`;

/** Faults that the judgement must see, each put into what a true job has left. */
const plantIn = (report: Report, ended: Ended) => {
  const { after, events, rows, job } = ended;
  const changed = rows.filter(({ outcome }) => outcome === 'changed');
  const event = events.find(({ subject_id: id }) => id === changed[0]?.phone_number_id);
  if (event === undefined) throw new Error('Nothing was changed');
  const chunk = new Set(changed.slice(40, 90).map(({ phone_number_id: id }) => id));
  const moved = (by: number, isOne: (id: string) => boolean) =>
    after.map((number) => (isOne(number.id) ? { ...number, version: number.version + by } : number));
  const sees = (fault: string, change: Partial<Ended>) =>
    report.control(fault, untruths({ ...ended, ...change }).length > 0);
  sees('a lease that is ignored: a number changed twice, with two events', {
    after: moved(1, (id) => id === event.subject_id),
    events: [...events, { ...event, version: event.version + 1 }],
  });
  sees('a second event for one change', { events: [...events, event] });
  sees('a chunk without its record', { rows: rows.filter(({ phone_number_id: id }) => !chunk.has(id)) });
  sees('a record without its chunk', { after: moved(-1, (id) => chunk.has(id)) });
  sees('an event that names no job', {
    events: events.map((each) => (each === event ? { ...each, bulk_job_id: null } : each)),
  });
  sees('a count that is one too many', {
    job: { ...job, counts: { ...job.counts, changed: job.counts.changed + 1 } },
  });
};

const reportRounds = (report: Report, rounds: readonly Round[]) => {
  const kills = rounds.reduce((sum, round) => sum + round.kills, 0);
  const of = (name: 'wrong' | 'wrongInUndo' | 'notPutBack' | 'notLeft') =>
    rounds.flatMap((round) => round[name]);
  const [first] = rounds;
  if (first === undefined) throw new Error('No round was made');
  const { counts } = first.ended.job;
  report.check(
    `kill -9 along ${count(NUMBERS)} numbers: each changed exactly once, and the report is true`,
    of('wrong').length === 0 && kills > 0,
    told(of('wrong'), `${count(counts.changed)} changed, ${counts.conflict} left alone; ${kills} kills`),
  );
  report.check(
    'what somebody changed after the preview is left as it is',
    of('notLeft').length === 0,
    told(of('notLeft'), `${counts.conflict} numbers`),
  );
  report.check(
    'kill -9 along its undo: each exactly once, and the report is true',
    of('wrongInUndo').length === 0,
    told(of('wrongInUndo'), `${count(first.undone.job.counts.changed)} changed`),
  );
  report.check(
    'the undo is exact: every field of every number is as it was',
    of('notPutBack').length === 0,
    told(of('notPutBack'), `${count(NUMBERS)} numbers, ${rounds.length} times`),
  );
  plantIn(report, first.ended);
  const { before, after } = first.undone;
  const oneOff = after.map((number, at) => (at === 77 ? { ...number, fields: `${number.fields} ` } : number));
  report.control('a field that was not put back', differing(after, oneOff).length === 1);
  report.control('a job that was not undone at all', differing(before, after).length > NUMBERS / 2);
};

/**
 * A change of 10,000 numbers and its undo, the server killed at random moments all along: each number is
 * changed exactly once, with exactly one event that names the job, the report says what the database holds,
 * and the undo puts every field back.
 */
export const bulk: Proof = async (report) => {
  const dataDirectory = await temporaryFolder('bulk');
  const first = await startServer({ dataDirectory });
  const mortal: Mortal = { now: first, api: withKey(first.url, '') };
  try {
    const admin = await setUp(first);
    const key = await keyFromCommandLine(first, ['numbers:read', 'numbers:write', 'agents:write']);
    mortal.api = withKey(first.url, key);
    await fillWithNumbers(first);
    await endLeases(first);
    const isServer = databaseInUse() !== undefined;
    const rounds: Round[] = [];
    for (let left = KILLS; left > 0 && rounds.length < MOST_ROUNDS;) {
      const round = await doAndUndo(mortal, left);
      rounds.push(round);
      left -= round.kills;
    }
    reportRounds(report, rounds);
    const operator = await signIn(mortal.now.url, await addOperator(admin, 'operator', 'Lost Role'));
    await loseRole(report, mortal.now, { admin, operator });
    if (isServer) await shareTheWork(report, mortal.now, key);
  } finally {
    await mortal.now.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};
