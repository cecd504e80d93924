import { hasRole } from '#contract/access.ts';
import type { AuditAction } from '#contract/audit-events.ts';
import type { Change } from '#contract/changes.ts';
import { pointerTo } from '#contract/pointer.ts';
import {
  MAX_OWN_VIEWS,
  MAX_SHARED_BY_ONE,
  MAX_SHARED_VIEWS,
  type View,
  type ViewCreate,
  type ViewPatch,
} from '#contract/views.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import { newId } from '#server/lib/ids.ts';
import { sortKeys } from '#server/lib/sort-keys.ts';
import { changesBetween, recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import { answerOnce } from '#server/platform/idempotency/answer-once.ts';
import { Problem } from '#server/problem.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';
import {
  countBeside,
  deleteViewRow,
  insertView,
  lockView,
  selectViews,
  updateViewRow,
  type ViewRow,
  type ViewValues,
} from './store.ts';

/** Named filters of the list of numbers: everybody's own, and those that are shared. */
export interface ViewsService {
  listViews(context: RequestContext): Promise<{ views: View[] }>;
  addView(context: RequestContext, body: ViewCreate): Promise<View>;
  updateView(context: RequestContext, id: string, patch: ViewPatch): Promise<View>;
  deleteView(context: RequestContext, id: string): Promise<undefined>;
}

const toView = ({ id, owner_kind, owner_id, owner_name, ...row }: ViewRow): View => ({
  view_id: id,
  name: row.name,
  filter: row.filter,
  sort: row.sort,
  columns: row.columns,
  pinned: row.pinned,
  shared: row.shared,
  owner: { kind: owner_kind, id: owner_id, name: owner_name },
  version: row.version,
});

const audited = ({ name, filter, sort, columns, pinned, shared }: ViewValues) => ({
  name,
  filter: sortKeys(filter),
  sort,
  columns,
  pinned,
  shared,
});
const nothing = { name: null, filter: null, sort: null, columns: null, pinned: null, shared: null };

const isOwn = ({ kind, id }: Actor, row: ViewRow) => row.owner_kind === kind && row.owner_id === id;
// A key may write shared views by its scope.
const mayShare = (actor: Actor) => actor.kind !== 'operator' || hasRole(actor.role, 'operator');
const mayChange = (actor: Actor, row: ViewRow) =>
  isOwn(actor, row) || (row.shared && actor.kind === 'operator' && hasRole(actor.role, 'admin'));

const refuseSharing = () => new Problem('forbidden', 'Sharing a view takes the role of an operator.');

const refusePrivateOfKey = (): never => {
  const message = 'A view of an API key is always shared: leave this out, or write true.';
  throw new Problem('validation_failed', message, {
    errors: [{ pointer: pointerTo('shared'), code: 'key_view_shared', message }],
  });
};

const refuseTooMany = async (
  tx: Transaction,
  { id, kind, ownerId, shared }: { id: string; kind: Actor['kind']; ownerId: string | null; shared: boolean },
): Promise<void> => {
  const beside = await countBeside(tx, { id, kind, ownerId, shared });
  const most = shared ? MAX_SHARED_BY_ONE : MAX_OWN_VIEWS;
  if (beside.ofOwner >= most)
    throw new Problem(
      'too_many_views',
      `You have room for ${most} ${shared ? 'shared views' : 'views'}. Delete one that is no longer used.`,
    );
  if (shared && beside.shared >= MAX_SHARED_VIEWS)
    throw new Problem(
      'too_many_views',
      `There is room for ${MAX_SHARED_VIEWS} shared views in all. Delete one that is no longer used.`,
    );
};

interface ViewsDependencies {
  database: Database;
  auditEvents: Pick<AuditEventsService, 'findFieldsChangedSince'>;
}

export const createViewsService = ({ database, auditEvents }: ViewsDependencies): ViewsService => {
  /** The view, if whoever asks may change it; what is not theirs to see is not there. */
  const lock = async (tx: Transaction, { actor, ifMatch }: RequestContext, id: string): Promise<ViewRow> => {
    const row = await lockView(tx, id);
    if (!row || !(row.shared || isOwn(actor, row)))
      throw new Problem('not_found', 'No view that you may see has this id.');
    if (!mayChange(actor, row))
      throw new Problem('forbidden', `This view is changed by its owner, ${row.owner_name}, and by admins.`);
    if (row.shared && !mayShare(actor)) throw refuseSharing();
    if (ifMatch !== null && ifMatch !== row.version)
      throw new Problem(
        'version_conflict',
        `You hold version ${ifMatch}, but the view is at version ${row.version}. Look at what changed, then try again.`,
        { changed_fields: await auditEvents.findFieldsChangedSince(tx, 'view', id, ifMatch) },
      );
    return row;
  };

  const record = async (
    tx: Transaction,
    context: RequestContext,
    act: { action: AuditAction; change: Change['change'] },
    { id, name, version }: { id: string; name: string; version: number },
    [before, after]: readonly [Record<string, unknown>, Record<string, unknown>],
  ): Promise<void> => {
    await recordAudit(tx, context, {
      action: act.action,
      subject: { kind: 'view', id, name },
      version,
      changes: changesBetween(before, after),
    });
    // What only its owner sees is nobody else's news.
    if (before['shared'] === true || after['shared'] === true)
      await announceChange(tx, { subject: 'view', id, change: act.change, version });
  };

  const present = async (tx: Transaction, id: string): Promise<View> => {
    const row = await lockView(tx, id);
    if (!row) throw new Error('The view that was written is gone');
    return toView(row);
  };

  return {
    listViews: async ({ actor }) => ({ views: (await selectViews(database, actor)).map(toView) }),

    addView(context, body) {
      const { actor } = context;
      const isOfOperator = actor.kind === 'operator';
      if (!isOfOperator && body.shared === false) refusePrivateOfKey();
      const values = { ...body, shared: body.shared ?? !isOfOperator };
      if (values.shared && !mayShare(actor)) throw refuseSharing();
      const add = async (tx: Transaction) => {
        const id = newId();
        await refuseTooMany(tx, { id, kind: actor.kind, ownerId: actor.id, shared: values.shared });
        await insertView(tx, id, values, actor);
        await record(
          tx,
          context,
          { action: 'view.added', change: 'added' },
          { id, name: values.name, version: 1 },
          [nothing, audited(values)],
        );
        return present(tx, id);
      };
      return database.transaction((tx) => answerOnce(tx, context, 201, () => add(tx)));
    },

    updateView: (context, id, patch) =>
      database.transaction(async (tx) => {
        const row = await lock(tx, context, id);
        const before: ViewValues = row;
        const given = Object.entries(patch).filter(([, value]) => value !== undefined);
        const after: ViewValues = { ...before, ...Object.fromEntries(given) };
        if (after.shared !== before.shared) {
          if (row.owner_kind !== 'operator') refusePrivateOfKey();
          if (!mayShare(context.actor)) throw refuseSharing();
          const { owner_kind: kind, owner_id: ownerId } = row;
          await refuseTooMany(tx, { id, kind, ownerId, shared: after.shared });
        }
        const states = [audited(before), audited(after)] as const;
        if (Object.keys(changesBetween(...states)).length === 0) return toView(row);
        const version = await updateViewRow(tx, id, after);
        const act = { action: 'view.updated', change: 'updated' } as const;
        await record(tx, context, act, { id, name: after.name, version }, states);
        return present(tx, id);
      }),

    async deleteView(context, id) {
      await database.transaction(async (tx) => {
        const row = await lock(tx, context, id);
        await deleteViewRow(tx, id);
        const act = { action: 'view.deleted', change: 'deleted' } as const;
        await record(tx, context, act, { ...row, version: row.version + 1 }, [audited(row), nothing]);
      });
      return undefined;
    },
  };
};
