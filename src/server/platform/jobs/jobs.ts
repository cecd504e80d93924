import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '#server/lib/ids.ts';
import type { Log } from '#server/log.ts';
import { DatabaseUnavailable, type Database, type Transaction } from '#server/platform/db/database.ts';
import { claimJob, deleteJob, insertJob, releaseJob, renewLease } from './store.ts';

/*
 * Work that goes on without whoever asked for it, on whichever instance is there. The promise: a job that was
 * put here in a transaction that committed is worked on until its handler says that it is over, whatever is
 * killed meanwhile. It may be taken up again in the middle, and two may hold it for a moment: what must happen
 * once, the handler does in transactions that look for what is left to do.
 */

/** `more`: there is more to do. `wait`: somebody else is at it. `over`: nothing is left. */
export type Step = 'more' | 'wait' | 'over';

/** Does a part of a job that is short enough for everybody else to go on beside it. */
export type JobHandler = (id: string, signal: AbortSignal) => Promise<Step>;

export interface Jobs {
  /** Handlers are named before the jobs start. */
  handle(kind: string, handler: JobHandler): void;
  /** Puts a job there; it begins once the transaction has committed. */
  add(tx: Transaction, job: { id: string; kind: string }): Promise<void>;
  /** Looks for work now: what was added has committed. */
  wake(): void;
  start(): void;
  /** Ends after the part that is being done; what is left is taken up by whoever comes. */
  stop(): Promise<void>;
}

const LEASE_SECONDS = 15;
const RENEW_EVERY_MS = 5000;
const LOOK_EVERY_MS = 1000;
const WAIT_SECONDS = 1;
// After a failure, so that nothing fails a thousand times a second.
const AFTER_FAILURE_SECONDS = 5;

export const createJobs = ({ database, log }: { database: Database; log: Log }): Jobs => {
  const holder = newId();
  const handlers = new Map<string, JobHandler>();
  const stopping = new AbortController();
  let wakeUp = () => {};
  let running: Promise<void> | null = null;

  const work = async ({ id, kind }: { id: string; kind: string }): Promise<void> => {
    const handler = handlers.get(kind);
    if (!handler) throw new Error(`No handler is named for jobs of the kind ${kind}`);
    let renewedAt = performance.now();
    for (;;) {
      const step = await handler(id, stopping.signal);
      if (step === 'over') return deleteJob(database, id);
      if (step === 'wait' || stopping.signal.aborted)
        return releaseJob(database, id, holder, step === 'wait' ? WAIT_SECONDS : 0);
      if (performance.now() - renewedAt < RENEW_EVERY_MS) continue;
      renewedAt = performance.now();
      if (!(await renewLease(database, id, holder, LEASE_SECONDS))) return;
    }
  };

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      timer.unref();
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopping.signal.aborted) wakeUp();
    });

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let job: Awaited<ReturnType<typeof claimJob>>;
      try {
        job = await claimJob(database, holder, LEASE_SECONDS, [...handlers.keys()]);
        if (job) await work(job);
        else await rest();
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'a job failed');
        if (job) await releaseJob(database, job.id, holder, AFTER_FAILURE_SECONDS).catch(() => {});
        await delay(LOOK_EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      }
    }
  };

  return {
    handle: (kind, handler) => void handlers.set(kind, handler),
    add: insertJob,
    wake: () => wakeUp(),
    start: () => void (running ??= run()),
    async stop() {
      stopping.abort();
      wakeUp();
      await running;
    },
  };
};
