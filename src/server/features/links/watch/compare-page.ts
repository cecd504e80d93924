import type { OpenConnection, Opening } from '#server/features/connections/open-connection.ts';
import type { UpstreamNumber } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import type { SecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import { marksOfTheirs, type createReadMarked } from '#server/features/links/compare/mine.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { announceChanges } from '#server/platform/changes/announce.ts';
import type { Database, Queryable } from '#server/platform/db/database.ts';
import { isNews, judgeLink, type FoundThere, type JudgedLink } from './judge-link.ts';
import { lockWatched, selectWatched, sendAgain, updateWatched, type WatchedLink } from './watch-store.ts';

export interface CompareDependencies {
  database: Database;
  opening: Pick<Opening, 'isStillOpen'>;
  phoneNumbers: Pick<PhoneNumbersService, 'findStoredByIds'>;
  readMarked: ReturnType<typeof createReadMarked>;
  secretsToSend: Pick<SecretsToSend, 'markOf'>;
}

interface Judged {
  link: WatchedLink;
  now: JudgedLink;
  version: number;
}

/**
 * Compares records of an account with what they were, and with what is here. They are first looked at as they
 * stand: as a rule all is as it was, and nothing is locked or written. What seems to differ is locked and looked
 * at again. Whatever waits to be sent, or was read by others since `readAt`, an instant before the account was
 * asked, is left to them.
 */
export const createComparePage = (dependencies: CompareDependencies) => {
  const { database, opening, phoneNumbers, readMarked, secretsToSend } = dependencies;

  const judge = async (
    queryable: Queryable,
    { id, kind }: OpenConnection,
    found: ReadonlyMap<string, FoundThere>,
    readAt: string,
  ): Promise<Judged[]> => {
    const links = await selectWatched(queryable, id, [...found.keys()], readAt);
    const ours = links.filter(({ waits_for, is_newer }) => waits_for !== 'push' && !is_newer);
    if (ours.length === 0) return [];
    const numbers = await phoneNumbers.findStoredByIds(
      queryable,
      ours.map((link) => link.phone_number_id),
    );
    const fieldsOf = (provider: string) => kind.fieldsOf(provider);
    const mineById = await readMarked(queryable, numbers, id, fieldsOf);
    const numberById = new Map(numbers.map((number) => [number.id, number]));
    return ours.flatMap((link): Judged[] => {
      const number = numberById.get(link.phone_number_id);
      const mine = mineById.get(link.phone_number_id);
      const there = found.get(link.upstream_id);
      if (!number || !mine || !there) return [];
      const now = judgeLink(link, fieldsOf(number.provider), mine, there);
      return now === null ? [] : [{ link, now, version: number.version }];
    });
  };

  return async (opened: OpenConnection, items: readonly UpstreamNumber[], readAt: string): Promise<void> => {
    const found = new Map(
      items.map((number) => [number.id, { number, marks: marksOfTheirs(number, secretsToSend) }]),
    );
    const suspects = await judge(database, opened, found, readAt);
    if (suspects.length === 0) return;
    await database.transaction(async (tx) => {
      if (!(await opening.isStillOpen(tx, opened))) return;
      const ids = suspects.map(({ link }) => link.upstream_id);
      const locked = new Set(await lockWatched(tx, opened.id, ids));
      const those = new Map([...found].filter(([id]) => locked.has(id)));
      const judged = await judge(tx, opened, those, readAt);
      if (judged.length === 0) return;
      await updateWatched(
        tx,
        judged.map(({ now }) => now),
        readAt,
      );
      await sendAgain(
        tx,
        judged.flatMap(({ now }) => (now.isSentAgain ? [now] : [])),
      );
      const news = judged.filter(({ link, now }) => isNews(link, now));
      await announceChanges(
        tx,
        { subject: 'phone_number', change: 'updated' },
        news.map(({ link, version }) => ({ id: link.phone_number_id, version })),
      );
    });
  };
};

export type ComparePage = ReturnType<typeof createComparePage>;
