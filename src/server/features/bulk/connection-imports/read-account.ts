import { setTimeout as delay } from 'node:timers/promises';
import { isStorable } from '#contract/reading/storable.ts';
import { nameHere } from '#server/features/agents/upstream-agents.ts';
import type { Opening, OpenConnection } from '#server/features/connections/open-connection.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import type { SecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import { newId } from '#server/lib/ids.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { JobHandler, Jobs } from '#server/platform/jobs/jobs.ts';
import { Problem } from '#server/problem.ts';
import type { Plans } from '#server/features/bulk/plans.ts';
import { problemOfClosed } from './closed.ts';
import { insertFindings } from './finding-store.ts';
import { createPatientEgress } from './patient-egress.ts';
import {
  beginReading,
  failReading,
  goOnReading,
  insertReadAgents,
  isReadingOver,
  judgeAgents,
  leaveReading,
} from './reading-store.ts';
import { createKeepNumber, keepUnusable, type KeptNumber } from './theirs.ts';

interface ReadDependencies {
  database: Database;
  jobs: Pick<Jobs, 'wake'>;
  opening: Opening;
  plans: Pick<Plans, 'addRows' | 'beginJudging'>;
  held: HeldSecrets;
  secretsToSend: Pick<SecretsToSend, 'markOf'>;
}

/** Whoever reads is taken for gone after so long. */
const LEASE_SECONDS = 15;
const RENEW_MS = 3000;
/** A part of the job looks so long whether the reading has ended. */
const PART_MS = 400;

/** The plan is somebody else's to read by now, or nobody's. */
class Lost extends Error {}

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
  const { database, jobs, opening, plans, held, secretsToSend } = dependencies;
  const reader = newId();
  const underWay = new Map<string, Reading>();

  const goOn = async (tx: Transaction, planId: string, read: { agents?: number; numbers?: number }) => {
    if (!(await goOnReading(tx, planId, { reader, seconds: LEASE_SECONDS, ...read }))) throw new Lost();
  };

  const keep = (planId: string, from: number, page: readonly KeptNumber[]): Promise<void> =>
    database.transaction(async (tx) => {
      await goOn(tx, planId, { numbers: page.length });
      await plans.addRows(
        tx,
        planId,
        from,
        page.map(({ row }) => row),
      );
      await held.hold(
        tx,
        planId,
        page.map(({ secrets }, at) => ({ place: from + at, secrets })),
      );
      await insertFindings(
        tx,
        page.map(({ row, upstream_id }, at) => ({
          plan_id: planId,
          place: from + at,
          upstream_id,
          finding: row.planned === 'refused' ? 'unusable' : null,
        })),
      );
    });

  const open = async (connectionId: string): Promise<OpenConnection> => {
    const opened = await opening.openConnection(connectionId);
    if ('closed' in opened) throw problemOfClosed(opened);
    return opened;
  };

  const read = async (planId: string, opened: OpenConnection, signal: AbortSignal): Promise<void> => {
    const { kind, client } = opened;
    const patient = { ...client, egress: createPatientEgress(client.egress), signal };
    for await (const { items } of kind.listAgents(patient)) {
      const agents = items
        .filter(({ id }) => isStorable(id))
        .map(({ id, name }) => ({ upstream_id: id, name: nameHere(id, name) }));
      await database.transaction(async (tx) => {
        await goOn(tx, planId, { agents: agents.length });
        await insertReadAgents(tx, planId, agents);
      });
    }
    const keepNumber = createKeepNumber((secret) => secretsToSend.markOf(secret));
    let count = 0;
    for await (const { items, unusable } of kind.listNumbers(patient)) {
      const page = [...items.map(keepNumber), ...unusable.map(keepUnusable)];
      // Paused, or given another key, it is not read on.
      await open(opened.id);
      await keep(planId, count, page);
      count += page.length;
    }
    await database.transaction(async (tx) => {
      await goOn(tx, planId, {});
      await judgeAgents(tx, planId);
      await plans.beginJudging(tx, planId);
    });
    jobs.wake();
  };

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
      await read(planId, opened, stop.signal).catch((error: unknown) => noteRefusal(opened, error));
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
