import { announceChange } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { deleteSessions } from '#server/features/sessions/accounts/store.ts';

/**
 * Ends one session of the operator, or all where `sessionId` is null, and answers those that were open. Every
 * process hears of it at commit; the one that did it forgets what it remembers itself, so that its answer is
 * already true.
 */
export const endSessions = async (
  tx: Transaction,
  operatorId: string,
  sessionId: string | null,
): Promise<string[]> => {
  const ended = await deleteSessions(tx, operatorId, sessionId);
  for (const id of ended)
    await announceChange(tx, { subject: 'session', id, change: 'deleted', version: null });
  return ended;
};
