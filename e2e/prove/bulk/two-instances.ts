import type { BulkJob } from '#contract/bulk/jobs.ts';
import { withKey } from '../../http.ts';
import { startServer, type RunningServer } from '../../server.ts';
import { count, seconds, type Report } from '../proof.ts';
import { atDatabase } from '../at-database.ts';
import { killAlong, type Mortal } from './kills.ts';
import { differing, untruths } from './judge.ts';
import { endOf, followJob, holders, lookAt, NUMBERS, planOf, readJob, runPlan } from './scene.ts';

const KILLS = 6;
// A lease is 30 seconds, and is looked for each second.
const TAKEN_OVER_WITHIN_MS = 40_000;

const wrongOr = (wrong: readonly string[], seen: string) =>
  wrong.length === 0 ? seen : `${wrong.length}: ${wrong.slice(0, 3).join('; ')}`;

/** One instance is killed in the middle of a job, with leases as they are: the other ends it. */
const takeOver = async (report: Report, mortal: Mortal, other: Mortal): Promise<void> => {
  await atDatabase(other.now, (database) => database.query('alter table job disable trigger no_lease'));
  const before = await lookAt(other.now);
  const body = { select: { filter: {} }, change: { labels: { add: ['taken over'] } } };
  const job = await runPlan(mortal.api, await planOf(mortal.api, body));
  await followJob(other.api, job, ({ counts }) => counts.done > 0);
  const killedAt = performance.now();
  await mortal.now.kill();
  const { counts: left } = await readJob(other.api, job);
  await followJob(other.api, job, ({ counts }) => counts.done > left.done);
  const tookMs = performance.now() - killedAt;
  await followJob(other.api, job);
  const ended = await endOf(other.now, other.api, job, before);
  const wrong = untruths(ended);
  report.check(
    'one of two instances is killed: the other ends its job, each number exactly once',
    wrong.length === 0 && tookMs < TAKEN_OVER_WITHIN_MS,
    wrongOr(wrong, `${count(ended.job.counts.changed)} changed; taken over after ${seconds(tookMs)}`),
  );
};

/**
 * Two instances on one database, at the same job at once for want of leases, one of them killed again and
 * again; and, with leases, one that ends what the other left.
 */
export const shareTheWork = async (report: Report, server: RunningServer, key: string): Promise<void> => {
  const { dataDirectory } = server;
  const second = await startServer({ dataDirectory });
  const mortal: Mortal = { now: second, api: withKey(second.url, key) };
  const other: Mortal = { now: server, api: withKey(server.url, key) };
  try {
    await atDatabase(server, (database) => database.query('delete from proof_holder'));
    const before = await lookAt(server);
    const body = {
      select: { filter: {} },
      change: { metadata: { shared: 'by two' }, labels: { add: ['two at once'] } },
    };
    const job = await runPlan(other.api, await planOf(other.api, body));
    const kills = await killAlong(mortal, job, KILLS);
    await followJob(other.api, job);
    const ended = await endOf(server, other.api, job, before);
    const [wrong, took] = [untruths(ended), await holders(server)];
    report.check(
      `two instances at one job at once, one killed ${kills} times: each number exactly once`,
      wrong.length === 0 && took >= 2 && kills > 0,
      wrongOr(wrong, `${count(ended.job.counts.changed)} changed by ${took} instances`),
    );
    const beforeUndo = await lookAt(server);
    const undo = await other.api.send<BulkJob>('POST', `/v1/bulk-jobs/${job.bulk_job_id}/undo`);
    await followJob(other.api, undo);
    const undone = await endOf(server, other.api, undo, beforeUndo);
    const problems = [...untruths(undone), ...differing(before.numbers, undone.after)];
    report.check(
      'two instances at its undo: each number exactly once, every field as it was',
      problems.length === 0 && undone.job.counts.changed === NUMBERS,
      wrongOr(problems, `${count(undone.job.counts.changed)} put back`),
    );
    await takeOver(report, mortal, other);
  } finally {
    await mortal.now.stop();
  }
};
