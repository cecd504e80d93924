import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '#server/lib/ids.ts';
import type { Log } from '#server/log.ts';
import { DatabaseUnavailable, type Database, type Transaction } from '#server/platform/db/database.ts';
import { claimJob, deleteJob, insertJob, releaseAll, releaseJob, type JobRow } from './store.ts';

/*
 * Work that goes on without whoever asked for it, on whichever instance is there. The promise: a job that was
 * put here in a transaction that committed is worked on until its handler says that it is over, whatever is
 * killed meanwhile. It may be taken up again in the middle, and two may hold it for a moment: what must happen
 * once, the handler does in transactions that look for what is left to do.
 */

/** `more`: there is more to do. `wait`: somebody else is at it. `over`: nothing is left. */
export type Step = 'more' | 'wait' | 'over';

/** Does a part of a job that is short enough for everybody else to go on beside it. */
export type DoPart = (id: string, signal: AbortSignal) => Promise<Step>;

export interface JobHandler {
  doPart: DoPart;
  /** Ends a job that has failed again and again, and says so to whoever waits for it. */
  giveUp(id: string): Promise<void>;
}

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

// Far longer than a turn and its longest part: whoever holds it so long is gone.
const LEASE_SECONDS = 10;
/** All jobs of a kind take turns, so that a small one does not wait for the end of a large one. */
const TURN_MS = 1000;
const LOOK_EVERY_MS = 1000;
const WAIT_SECONDS = 1;
// After a failure, so that nothing fails a thousand times a second.
const AFTER_FAILURE_SECONDS = 5;
const MAX_FAILURES = 5;

export const createJobs = ({ database, log }: { database: Database; log: Log }): Jobs => {
  const holder = newId();
  const handlers = new Map<string, JobHandler>();
  const stopping = new AbortController();
  const sleepers = new Set<() => void>();
  let running: Promise<unknown> | null = null;

  const handlerOf = (kind: string): JobHandler => {
    const handler = handlers.get(kind);
    if (!handler) throw new Error(`No handler is named for jobs of the kind ${kind}`);
    return handler;
  };

  const work = async (job: JobRow): Promise<void> => {
    const { id } = job;
    const { doPart } = handlerOf(job.kind);
    const until = performance.now() + TURN_MS;
    for (;;) {
      const step = await doPart(id, stopping.signal);
      job.failures = 0;
      if (step === 'over') return deleteJob(database, id);
      if (step === 'wait' || stopping.signal.aborted || performance.now() > until)
        return releaseJob(database, job, holder, step === 'wait' ? WAIT_SECONDS : 0);
    }
  };

  /** What fails for want of the database fails not by itself, and is tried until it is there. */
  const afterFailure = async (job: JobRow, error: unknown): Promise<void> => {
    const failures = error instanceof DatabaseUnavailable ? job.failures : job.failures + 1;
    if (failures < MAX_FAILURES)
      return releaseJob(database, { ...job, failures }, holder, AFTER_FAILURE_SECONDS);
    await handlerOf(job.kind).giveUp(job.id);
    return deleteJob(database, job.id);
  };

  const rest = () =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        sleepers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, LOOK_EVERY_MS);
      timer.unref();
      sleepers.add(end);
      if (stopping.signal.aborted) end();
    });

  /** Jobs of one kind, one after the other; another kind does not wait for them. */
  const run = async (kind: string): Promise<void> => {
    while (!stopping.signal.aborted) {
      let job: JobRow | undefined;
      try {
        job = await claimJob(database, holder, LEASE_SECONDS, kind);
        if (job) await work(job);
        else await rest();
      } catch (error) {
        // Of a database that is gone others tell; of a part that took it too long nobody else does.
        if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'a job failed');
        else if (job) log.warn({ err: error }, 'a job waits for the database');
        if (job) await afterFailure(job, error).catch(() => {});
        await delay(LOOK_EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      }
    }
  };

  const begin = async (): Promise<unknown> => {
    // Whoever held one there before is gone: the database is opened by one server at a time.
    if (database.isOneSession) await releaseAll(database).catch(() => {});
    return Promise.all([...handlers.keys()].map(run));
  };

  const wake = () => {
    for (const end of sleepers) end();
  };

  return {
    handle: (kind, handler) => void handlers.set(kind, handler),
    add: insertJob,
    wake,
    start: () => void (running ??= begin()),
    async stop() {
      stopping.abort();
      wake();
      await running;
    },
  };
};
