import type { OpenConnection } from '#server/features/connections/open-connection.ts';
import type { WatchTurns } from '#server/features/connections/watch-turns.ts';
import { createComparePage, type CompareDependencies } from './compare-page.ts';
import { createConfirmMissing } from './confirm-missing.ts';
import type { SlowPace } from './slow-pace.ts';

interface Dependencies extends CompareDependencies {
  turns: Pick<WatchTurns, 'now'>;
}

/** It was paused, refused or changed meanwhile: what is read now would be read by nobody's leave. */
export class AccountClosed extends Error {}

/**
 * Reads all numbers of an account, page by page, and compares each with what it was. Throws an `UpstreamError`
 * where the list was not read to its end: what was compared by then is so, and nothing more is proven.
 */
export const createWalkAccount = (dependencies: Dependencies) => {
  const { turns } = dependencies;
  const comparePage = createComparePage(dependencies);
  const confirmMissing = createConfirmMissing({ ...dependencies, comparePage });

  return async (account: OpenConnection, beganAt: string, pace: SlowPace, signal: AbortSignal) => {
    const { client } = account;
    const opened = { ...account, client: { ...client, egress: pace.slow(client.egress, signal), signal } };
    // Rests here and not within the list, which gives up where its answers take too long in all.
    const begin = async (): Promise<string> => {
      await pace.rest(signal);
      const now = await turns.now(account);
      if (now === null) throw new AccountClosed();
      return now;
    };
    const listed = new Set<string>();
    let readAt = await begin();
    for await (const { items, unusable } of opened.kind.listNumbers(opened.client)) {
      for (const { id } of [...items, ...unusable]) if (id !== null) listed.add(id);
      await comparePage(opened, items, readAt);
      signal.throwIfAborted();
      readAt = await begin();
    }
    await confirmMissing(opened, { listed, beganAt, begin });
  };
};

export type WalkAccount = ReturnType<typeof createWalkAccount>;
