import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { Caller } from '../../http.ts';
import { startServer, type RunningServer } from '../../server.ts';
import { childrenOf } from '../processes.ts';
import { readJob } from './scene.ts';

/** A server that is killed and started again on the same folder and port, so that a caller need not know. */
export interface Mortal {
  now: RunningServer;
  api: Caller;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const SETTLE_MS = 40;

/**
 * kill -9 of the server alone or, every other time, together with the process of the embedded database; and
 * the next start.
 */
export const killAndStart = async (mortal: Mortal, withChildren: boolean): Promise<void> => {
  const { dataDirectory, port, pid, databaseUrl } = mortal.now;
  const children = withChildren ? childrenOf(pid) : [];
  await mortal.now.kill();
  for (const child of children) process.kill(child, 'SIGKILL');
  mortal.now = await startServer({ dataDirectory, port, ...(databaseUrl !== undefined && { databaseUrl }) });
};

/**
 * Lets a job come a random part of what is left further, as far as it may while so many kills are still to
 * meet it, and kills at a random moment of the piece that is then done. How many kills met the job under way.
 */
export const killAlong = async (mortal: Mortal, job: BulkJob, kills: number): Promise<number> => {
  for (let killed = 0; killed < kills; killed += 1) {
    const { counts, ended_at: endedAt } = await readJob(mortal.api, job);
    if (endedAt !== null) return killed;
    const share = (counts.total - counts.done) / (kills - killed + 2);
    const until = counts.done + 2 * share * Math.random();
    for (;;) {
      const now = await readJob(mortal.api, job);
      if (now.counts.done >= until) break;
      await wait(10);
    }
    await wait(SETTLE_MS * Math.random());
    if ((await readJob(mortal.api, job)).ended_at !== null) return killed;
    await killAndStart(mortal, killed % 2 === 1);
  }
  return kills;
};
