import type { OpenConnection } from '#server/features/connections/open-connection.ts';
import type { UpstreamNumber } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { wordsOf } from '#server/features/links/compare/link-words.ts';
import { announceChanges } from '#server/platform/changes/announce.ts';
import type { ComparePage, CompareDependencies } from './compare-page.ts';
import { lockWatched, selectMissing, selectWatched, updateWatched } from './watch-store.ts';

/** Each costs a request: what is left over is looked at with the next watch. */
const MOST = 300;

export interface Missed {
  /** All that the list had, read to its end. */
  listed: ReadonlySet<string>;
  /** When it began to be read, by the clock of the database. */
  beganAt: string;
  /** Waits for the next request; the instant before it, by the clock of the database. */
  begin: () => Promise<string>;
}

type Dependencies = Pick<CompareDependencies, 'database' | 'opening' | 'phoneNumbers'> & {
  comparePage: ComparePage;
};

/**
 * The promise: a number is gone only where a list that was read to its end is without it, and the platform,
 * asked for it, does not have it either. A list may end too early, without a word.
 */
export const createConfirmMissing = ({ database, opening, phoneNumbers, comparePage }: Dependencies) => {
  const ask = async (
    { kind, client }: OpenConnection,
    id: string,
    listed: ReadonlySet<string>,
  ): Promise<UpstreamNumber | null> => {
    try {
      return await kind.getNumber(client, id, listed);
    } catch (error) {
      if (error instanceof UpstreamError && error.code === 'not_found') return null;
      throw error;
    }
  };

  const noteGone = (opened: OpenConnection, upstreamId: string, readAt: string): Promise<void> =>
    database.transaction(async (tx) => {
      if (!(await opening.isStillOpen(tx, opened))) return;
      const locked = await lockWatched(tx, opened.id, [upstreamId]);
      const links = await selectWatched(tx, opened.id, locked, readAt);
      const gone = links.filter(({ waits_for, is_newer }) => waits_for === null && !is_newer);
      const standing = { state: 'gone', reason: 'gone', message: wordsOf('gone', 'gone', []) } as const;
      await updateWatched(
        tx,
        gone.map(({ phone_number_id, role, seen, seen_marks, theirs, theirs_marks }) => ({
          phone_number_id,
          role,
          ...standing,
          seen,
          seen_marks,
          theirs,
          theirs_marks,
        })),
        null,
      );
      const numbers = await phoneNumbers.findStoredByIds(
        tx,
        gone.map((link) => link.phone_number_id),
      );
      await announceChanges(tx, { subject: 'phone_number', change: 'updated' }, numbers);
    });

  return async (opened: OpenConnection, { listed, beganAt, begin }: Missed): Promise<void> => {
    for (const id of await selectMissing(database, opened.id, { listed, beganAt, most: MOST })) {
      const readAt = await begin();
      const found = await ask(opened, id, listed);
      await (found === null ? noteGone(opened, id, readAt) : comparePage(opened, [found], readAt));
    }
  };
};
