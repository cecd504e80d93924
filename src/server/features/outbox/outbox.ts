import type { ConnectionKindName } from '#contract/connections/connections.ts';
import type { Link } from '#contract/connections/links.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import { holdLinksOf, letGoLinksOf } from './hold-store.ts';
import {
  cancelDeletions,
  delayDoubtful,
  selectToDelete,
  dropWaiting,
  queueChanges,
  selectLinked,
  type Queued,
} from './outbox-store.ts';

/** A number that is linked, and the fields of it that an act changed. */
export interface ChangedNumber {
  id: string;
  provider: string;
  /** As they were when the number was locked. */
  links: readonly Pick<Link, 'role' | 'connection_id'>[];
  fields: readonly string[];
}

/**
 * The promise: what is to be sent to a platform is written down in the transaction that makes it so. Nothing
 * is sent here.
 */
export interface Outbox {
  /** Of numbers that were changed: what a platform keeps of them waits to be sent. */
  queueChanged(tx: Transaction, context: RequestContext, numbers: readonly ChangedNumber[]): Promise<void>;
  /** What somebody decided of links. */
  queue(tx: Transaction, context: RequestContext, changes: readonly Queued[]): Promise<void>;
  /** Those of these numbers that are to be deleted on a platform, and are not yet. */
  findToDelete(tx: Transaction, ids: readonly string[]): Promise<Set<string>>;
  /** Nothing of a connection is sent any more, until it is let go. Says whether anything is linked to it. */
  holdLinksOf(tx: Transaction, connectionId: string): Promise<boolean>;
  letGoLinksOf(tx: Transaction, connectionId: string): Promise<void>;
  /** Of numbers that were deleted: nothing waits any more, or the platform is to delete them, too. */
  queueDeleted(
    tx: Transaction,
    context: RequestContext,
    ids: readonly string[],
    platform: 'forget' | 'delete',
  ): Promise<void>;
  /** Of numbers that came back: what was to be deleted there is not, unless it is being sent; all is compared. */
  queueRestored(tx: Transaction, context: RequestContext, ids: readonly string[]): Promise<void>;
}

interface Dependencies {
  /** Of the kinds of connections: which fields a platform keeps. */
  kinds: Readonly<
    Record<
      ConnectionKindName,
      { role: string; fieldsOf(provider: string): { editable: readonly string[]; secret: readonly string[] } }
    >
  >;
}

export const createOutbox = ({ kinds }: Dependencies): Outbox => {
  const keptBy = (role: string, provider: string): ReadonlySet<string> => {
    const kept = Object.values(kinds)
      .filter((kind) => kind.role === role)
      .map((kind) => kind.fieldsOf(provider));
    return new Set(kept.flatMap(({ editable, secret }) => [...editable, ...secret]));
  };

  return {
    async queueChanged(tx, context, numbers) {
      if (context.isFromPlatform === true) return;
      const queued = numbers.flatMap(({ id, provider, links, fields }): Queued[] =>
        links.flatMap(({ role, connection_id }) => {
          const kept = keptBy(role, provider);
          const sent = fields.filter((field) => kept.has(field));
          return sent.length === 0
            ? []
            : [{ phone_number_id: id, role, connection_id, act: 'push', fields: sent }];
        }),
      );
      await queueChanges(tx, context.actor, context.bulkJobId === undefined, queued);
    },

    queue: (tx, context, changes) =>
      queueChanges(tx, context.actor, context.bulkJobId === undefined, changes),

    findToDelete: selectToDelete,
    holdLinksOf,
    letGoLinksOf,

    async queueDeleted(tx, context, ids, platform) {
      if (ids.length === 0) return;
      await dropWaiting(tx, ids);
      if (platform === 'forget') return;
      const links = await selectLinked(tx, ids);
      await queueChanges(
        tx,
        context.actor,
        context.bulkJobId === undefined,
        links.map((link) => ({ ...link, act: 'delete', fields: [] })),
      );
      await delayDoubtful(tx, ids);
    },

    async queueRestored(tx, context, ids) {
      if (ids.length === 0 || context.isFromPlatform === true) return;
      await cancelDeletions(tx, ids);
      const links = await selectLinked(tx, ids);
      await queueChanges(
        tx,
        context.actor,
        context.bulkJobId === undefined,
        links.map((link) => ({ ...link, act: 'push', fields: [] })),
      );
      await delayDoubtful(tx, ids);
    },
  };
};
