import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import { recordConnectionAct } from './record-connection-act.ts';
import { forgetPaceOfAll, pauseAllConnections } from './store.ts';

/**
 * The promise: a copy of a database asks and tells nobody anything. What was connected when a backup was made,
 * or before everything moved, comes up paused, until an admin resumes it. Returns how many were paused.
 */
export const pauseCopiedConnections = async (tx: Transaction, context: RequestContext): Promise<number> => {
  await forgetPaceOfAll(tx);
  const paused = await pauseAllConnections(tx);
  for (const connection of paused)
    await recordConnectionAct(tx, context, { action: 'connection.paused', change: 'updated' }, connection, {
      paused: { before: false, after: true },
    });
  return paused.length;
};
