import { recordAudit } from '#server/platform/audit/record.ts';
import { DatabaseUnavailable, type Database } from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';
import { isBurst, isBurstRecorded, lockBursts, type CredentialAct } from './bursts-store.ts';

/*
 * The promise: who reveals or sets credentials in a burst is recorded in the audit log within seconds, by one
 * event an hour. The log itself is asked, so it holds for all instances together; it is asked once a second
 * at most and never within an act, which is not slowed by it.
 */

const LOOK_EVERY_MS = 1000;
/** More acts than this within so many minutes are a burst. */
export const BURST_ACTS = 20;
export const BURST_MINUTES = 5;

export interface Bursts {
  /** Says that someone has just done this. An act that does not commit is not found, and does no harm. */
  notice(context: RequestContext, act: CredentialAct): void;
  stop(): void;
}

const actions = { revealed: 'credential.reveal_burst', set: 'credential.set_burst' } as const;

const subjectOf = (actor: Actor & { id: string }) => ({
  kind: actor.kind,
  id: actor.id,
  name: actor.kind === 'operator' ? actor.email : actor.name,
});

export const createBursts = ({ database, log }: { database: Database; log: Log }): Bursts => {
  const noticed = new Map<
    string,
    { context: RequestContext; actor: Exclude<Actor, { kind: 'system' }>; act: CredentialAct }
  >();

  const recordBurst = async (
    context: RequestContext,
    actor: Exclude<Actor, { kind: 'system' }>,
    act: CredentialAct,
  ): Promise<void> => {
    // The cheaper question first: an import of thousands is one burst, and is asked about each second.
    if (await isBurstRecorded(database, actor, actions[act])) return;
    if (!(await isBurst(database, actor, act, { acts: BURST_ACTS, minutes: BURST_MINUTES }))) return;
    await database.transaction(async (tx) => {
      await lockBursts(tx);
      if (await isBurstRecorded(tx, actor, actions[act])) return;
      const detail = `more than ${BURST_ACTS} within ${BURST_MINUTES} minutes`;
      await recordAudit(tx, context, { action: actions[act], subject: subjectOf(actor), detail });
    });
  };

  const look = async (): Promise<void> => {
    const found = [...noticed.values()];
    noticed.clear();
    for (const { context, actor, act } of found) {
      // The next act has it looked for again.
      await recordBurst(context, actor, act).catch((error: unknown) => {
        if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'looking for bursts failed');
      });
    }
  };

  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return {
    notice(context, act) {
      const { actor } = context;
      if (actor.kind !== 'system') noticed.set(`${act} ${actor.kind} ${actor.id}`, { context, actor, act });
    },
    stop: () => clearInterval(timer),
  };
};
