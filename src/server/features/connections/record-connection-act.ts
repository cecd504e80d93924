import type { AuditAction, AuditChange } from '#contract/audit-events.ts';
import type { Change } from '#contract/changes.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { ConnectionFields } from './store.ts';

/** What people set, as the log has it; credentials are added by who seals them. */
export const audited = ({ name, settings }: Pick<ConnectionFields, 'name' | 'settings'>) => ({
  name,
  base_url: settings.base_url ?? null,
});

interface Act {
  action: AuditAction;
  change: Change['change'];
}

/** The event and the announcement of what is done to a connection. A check that found what was known is none. */
export const recordConnectionAct = async (
  tx: Transaction,
  context: RequestContext,
  { action, change }: Act,
  { id, name, version }: { id: string; name: string; version: number },
  changes: Record<string, AuditChange>,
): Promise<void> => {
  const isCheck = action === 'connection.checked';
  if (!isCheck || Object.keys(changes).length > 0)
    await recordAudit(tx, context, {
      action,
      subject: { kind: 'connection', id, name },
      // A check makes no version.
      ...(!isCheck && { version }),
      changes,
    });
  await announceChange(tx, { subject: 'connection', id, change, version });
};
