import { recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import { markApiKeyRevoked, type ApiKeyRow } from './store.ts';

/** Ends a locked key: every process hears of it at commit, and it opens nothing any more. */
export const revokeKey = async (
  tx: Transaction,
  context: RequestContext,
  { id, name }: ApiKeyRow,
  detail?: string,
): Promise<void> => {
  await markApiKeyRevoked(tx, id);
  await recordAudit(tx, context, {
    action: 'api_key.revoked',
    subject: { kind: 'api_key', id, name },
    ...(detail !== undefined && { detail }),
  });
  await announceChange(tx, { subject: 'api_key', id, change: 'updated', version: null });
};
