import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { OpenConnection, Opening } from '#server/features/connections/open-connection.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import {
  DatabaseUnavailable,
  isUniqueViolation,
  type Database,
  type Transaction,
} from '#server/platform/db/database.ts';
import { isRefusalOfAll, standingAfter } from './after-failure.ts';
import type { BeforeImages } from '#server/features/credentials/before-images.ts';
import { createCreateThere } from './create-there.ts';
import { wordsOf } from '#server/features/links/compare/link-words.ts';
import { deleteLinks, selectLink, updateLink, type LinkRow } from '#server/features/links/rows/link-store.ts';
import {
  deletePending,
  extendLease,
  hastenOthers,
  lockHeld,
  releasePending,
  type PendingRow,
} from '#server/features/links/rows/queue-store.ts';
import { retryAfterMs } from './retry-after.ts';
import { createSendLink, NotHeld, type SendDependencies, type Sending } from './send-link.ts';
import type { Standing } from './standing.ts';

export const LEASE_SECONDS = 15;
const EXTEND_EVERY_MS = 5000;
// A closed connection is looked at again with the next tick; it is claimed only once it is open.
const CLOSED_AGAIN_MS = 1000;
const MOST_FAULTS = 8;

interface Held {
  holder: string;
  opened: OpenConnection | null;
}

interface Tried {
  standing: Standing;
  version: number | null;
  /** With what it was tried; null where that does not matter any more. */
  opened: OpenConnection | null;
}

export interface AttemptDependencies extends SendDependencies {
  database: Database;
  phoneNumbers: Pick<PhoneNumbersService, 'findById' | 'findDeletedNumber'>;
  opening: Opening;
  beforeImages: BeforeImages;
}

/** Tries what waits once, and writes down what came of it. What is not held any more is left to who holds it. */
export const createAttempt = (dependencies: AttemptDependencies) => {
  const { database, phoneNumbers, opening, beforeImages } = dependencies;
  const sendLink = createSendLink(dependencies);
  const createThere = createCreateThere(dependencies);

  const keep = async (
    tx: Transaction,
    pending: PendingRow,
    { next, ...update }: Standing,
    { holder, opened }: Held,
  ): Promise<void> => {
    const held = await lockHeld(tx, pending, holder);
    if (held === null) return;
    // It was paused, or leads elsewhere by now: what was found says nothing of what is held since.
    if (opened !== null && !(await opening.isStillOpen(tx, opened)))
      return releasePending(tx, pending, { afterMs: CLOSED_AGAIN_MS, attempt: pending.attempt });
    if (next === 'unlink') return deleteLinks(tx, [pending.phone_number_id], pending.role);
    // Somebody changed it meanwhile: that waits as well.
    const isMore = held.revision !== pending.revision;
    await updateLink(
      tx,
      pending,
      isMore && typeof next === 'string'
        ? { ...update, state: 'pending', reason: 'waiting', message: null }
        : update,
    );
    if (isMore) {
      await releasePending(tx, pending, { afterMs: typeof next === 'string' ? 0 : next.againMs, attempt: 0 });
    } else if (next === 'done') await deletePending(tx, pending);
    else if (next === 'wait') await releasePending(tx, pending, { afterMs: null, attempt: pending.attempt });
    else await releasePending(tx, pending, { afterMs: next.againMs, attempt: pending.attempt + 1 });
  };

  const finish = async (pending: PendingRow, { standing, version, opened }: Tried, holder: string) => {
    const write = (what: Standing) =>
      database.transaction(async (tx) => {
        await keep(tx, pending, what, { holder, opened });
        await announceChange(tx, {
          subject: 'phone_number',
          id: pending.phone_number_id,
          change: 'updated',
          version,
        });
      });
    await write(standing).catch((error: unknown) => {
      if (!isUniqueViolation(error, 'number_link_upstream_id')) throw error;
      const message = wordsOf('refused', 'linked_elsewhere', []);
      return write({ state: 'refused', reason: 'linked_elsewhere', message, next: 'wait' });
    });
  };

  const findIdThere = async (opened: OpenConnection, { phone_number_id: id }: LinkRow) => {
    const number = await phoneNumbers.findDeletedNumber(database, id);
    const found = number === null ? null : await dependencies.findThere.now(opened, number);
    return found?.id ?? null;
  };

  const deleteThere = async ({ opened, link }: Pick<Sending, 'opened' | 'link'>): Promise<Standing> => {
    const over: Standing = { state: 'gone', reason: 'gone', message: null, next: 'unlink' };
    // Of one that was to be created it may not be known whether it was.
    const id = link.upstream_id ?? (link.sent === null ? null : await findIdThere(opened, link));
    if (id === null) return over;
    try {
      await opened.kind.deleteNumber(opened.client, id);
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.code !== 'not_found') throw error;
    }
    // What was answered is not what is so.
    const isThere = await opened.kind.getNumber(opened.client, id).then(
      () => true,
      (error: unknown) => {
        if (error instanceof UpstreamError && error.code === 'not_found') return false;
        throw error;
      },
    );
    if (isThere) throw new UpstreamError('unavailable', 'The platform still has this number.');
    return over;
  };

  const attemptOf = async (pending: PendingRow, holder: string, signal: AbortSignal): Promise<Tried> => {
    const number: PhoneNumber | null = await phoneNumbers.findById(database, pending.phone_number_id);
    const link = await selectLink(database, pending);
    if (link === undefined) throw new NotHeld();
    const version = number?.version ?? null;
    const opened = await opening.openConnection(link.connection_id, signal);
    if ('closed' in opened) {
      const { state, reason, message } = link;
      const standing = { state, reason, message, next: { againMs: CLOSED_AGAIN_MS } };
      return { standing, version, opened: null };
    }
    const noteSending: Sending['noteSending'] = (sent, replaced) =>
      database.transaction(async (tx) => {
        if ((await lockHeld(tx, pending, holder)) === null) return false;
        if (!(await opening.isStillOpen(tx, opened))) return false;
        // What a write before left in the dark replaced the same record: of that one image is enough.
        if (replaced !== null && link.sent === null)
          await beforeImages.keep(tx, pending, replaced.before.raw);
        await updateLink(tx, pending, {
          sent: sent.values,
          sent_marks: sent.marks,
          ...(replaced && { seen: replaced.base.seen, seen_marks: replaced.base.marks }),
        });
        return true;
      });
    try {
      if (pending.act === 'delete') return { standing: await deleteThere({ opened, link }), version, opened };
      // It was deleted meanwhile, which says itself what is to become of it there.
      if (number === null) {
        await database.transaction(async (tx) => {
          if ((await lockHeld(tx, pending, holder)) !== null) await deletePending(tx, pending);
        });
        throw new NotHeld();
      }
      const sending = { link, pending, number, opened, noteSending };
      const standing = link.upstream_id === null ? await createThere(sending) : await sendLink(sending);
      return { standing, version, opened };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (!isRefusalOfAll(error)) return { standing: standingAfter(error, pending), version, opened };
      await opening.noteRefusal(opened, error);
      return { standing: standingAfter(error, pending), version, opened: null };
    }
  };

  /** After a failure here: what fails again and again waits for somebody, and keeps nobody busy. */
  const putBack = async (tx: Transaction, pending: PendingRow, isFault: boolean): Promise<void> => {
    const attempt = pending.attempt + (isFault ? 1 : 0);
    if (attempt < MOST_FAULTS) {
      const afterMs = isFault ? retryAfterMs(attempt, null) : CLOSED_AGAIN_MS;
      return releasePending(tx, pending, { afterMs, attempt });
    }
    const message = wordsOf('refused', 'failed_here', []);
    await updateLink(tx, pending, { state: 'refused', reason: 'failed_here', message });
    await releasePending(tx, pending, { afterMs: null, attempt });
  };

  return async (pending: PendingRow, holder: string, signal: AbortSignal): Promise<void> => {
    const extending = setInterval(() => {
      extendLease(database, pending, holder, LEASE_SECONDS).catch(() => {});
    }, EXTEND_EVERY_MS);
    extending.unref();
    try {
      const tried = await attemptOf(pending, holder, signal);
      const { standing } = tried;
      await finish(pending, tried, holder);
      // It failed before and was answered now: so will those be that wait for the same reason.
      if (pending.attempt > 0 && typeof standing.next === 'string')
        await hastenOthers(database, pending.connection_id);
    } catch (error) {
      if (error instanceof NotHeld) return;
      // Whatever it was, somebody takes it up again.
      const isOurs = !signal.aborted && !(error instanceof DatabaseUnavailable);
      await database
        .transaction(async (tx) => {
          if ((await lockHeld(tx, pending, holder)) === null) return;
          await putBack(tx, pending, isOurs);
        })
        .catch(() => {});
      if (!signal.aborted) throw error;
    } finally {
      clearInterval(extending);
    }
  };
};

export type Attempt = ReturnType<typeof createAttempt>;
