import { setTimeout as delay } from 'node:timers/promises';
import type { OpenConnection } from '#server/features/connections/open-connection.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { newId } from '#server/lib/ids.ts';
import type { JobHandler } from '#server/platform/jobs/jobs.ts';
import { Problem } from '#server/problem.ts';
import { createReadPages, LEASE_SECONDS, Lost, type ReadDependencies } from './read-pages.ts';
import { beginReading, failReading, goOnReading, isReadingOver, leaveReading } from './reading-store.ts';

const RENEW_MS = 3000;
/** A part of the job looks so long whether the reading has ended. */
const PART_MS = 400;

interface Reading {
  work: Promise<void>;
  hasEnded: boolean;
}

/** It may end while nobody waits for it. */
const following = (work: Promise<void>): Reading => {
  const reading = { work, hasEnded: false };
  const end = () => void (reading.hasEnded = true);
  work.then(end, end);
  return reading;
};

/** The job that reads for a plan. The plan's own id is that of the job that judges it. */
export const readingJobId = (planId: string): string => `${planId}.read`;
const planIdOf = (jobId: string) => jobId.slice(0, -'.read'.length);

/**
 * Reads an account into a plan. The promise: it asks, and never tells; what is read is kept page by page, its
 * credentials sealed; of an account that cannot be read to its end nothing stays but why; and one alone reads
 * for a plan, outside of any transaction.
 */
export const createReadAccount = (dependencies: ReadDependencies): JobHandler => {
  const { database, opening } = dependencies;
  const reader = newId();
  const underWay = new Map<string, Reading>();

  const readPages = createReadPages(dependencies, reader);
  const { open } = readPages;

  const fail = (planId: string, why: { code: string; message: string }) =>
    database.transaction((tx) => failReading(tx, planId, why));

  /** Whoever else asks this account hears that its key is not taken. */
  const noteRefusal = async (opened: OpenConnection, error: unknown): Promise<never> => {
    if (error instanceof UpstreamError && error.code === 'credentials_refused')
      await opening.noteRefusal(opened, error);
    throw error;
  };

  const begin = async (planId: string, connectionId: string, stopping: AbortSignal): Promise<void> => {
    const stop = new AbortController();
    const abort = () => stop.abort();
    stopping.addEventListener('abort', abort, { once: true });
    const renewal = setInterval(() => {
      void goOnReading(database, planId, { reader, seconds: LEASE_SECONDS }).then(
        (isOurs) => isOurs || abort(),
        () => {},
      );
    }, RENEW_MS);
    try {
      const opened = await open(connectionId);
      await readPages.read(planId, opened, stop.signal).catch((error: unknown) => noteRefusal(opened, error));
    } catch (error) {
      if (stopping.aborted) await leaveReading(database, planId, reader).catch(() => {});
      // Somebody else reads it by now.
      else if (stop.signal.aborted) return;
      else if (error instanceof UpstreamError)
        await fail(planId, { code: error.reason ?? error.code, message: error.message });
      else if (error instanceof Problem) await fail(planId, error);
      else if (!(error instanceof Lost)) throw error;
    } finally {
      clearInterval(renewal);
      stopping.removeEventListener('abort', abort);
    }
  };

  return {
    async doPart(jobId, signal) {
      const planId = planIdOf(jobId);
      if (!underWay.has(planId)) {
        const connectionId = await database.transaction((tx) =>
          beginReading(tx, planId, reader, LEASE_SECONDS),
        );
        if (connectionId === null) return (await isReadingOver(database, planId)) ? 'over' : 'wait';
        underWay.set(planId, following(begin(planId, connectionId, signal)));
      }
      const reading = underWay.get(planId);
      if (reading === undefined) return 'more';
      await Promise.race([reading.work.catch(() => {}), delay(PART_MS)]);
      if (!reading.hasEnded) return 'more';
      underWay.delete(planId);
      await reading.work;
      return 'more';
    },
    giveUp: (jobId) =>
      fail(planIdOf(jobId), {
        code: 'internal_error',
        message: 'The account could not be read. The server’s log says why. Try again.',
      }),
  };
};
