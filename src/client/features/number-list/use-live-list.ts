import { notifyManager, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import { hasFollowed, onChange, onGap } from '#client/api/change-stream.ts';
import { activeFilters, type ListFilters } from '#client/features/numbers/list-url.ts';
import { readPhoneNumber } from '#client/features/numbers/queries.ts';
import { forgetPlaces, pageKey, readPage } from './read-page.ts';
import {
  findRecord,
  listsKey,
  oneKey,
  phoneNumbersKey,
  putRecord,
} from '#client/features/numbers/records.ts';

const GATHER_MS = 60;
const LEAVING_MS = 300;
// An import sends thousands of changes: the pages in sight are read anew at most this often.
const REREAD_EVERY_MS = 800;
// Beyond this many changed records at once, reading the pages costs less than reading each.
const SINGLE_READS = 12;

// The server's clock may be a little behind; at the turn itself it would answer as before.
const TURN_MS = 1500;
// Timers count no further than 24 days.
const LONGEST_WAIT_MS = 12 * 3_600_000;

/** Reads the given pages anew and shows them in one step, so that no row is in two of them or in none. */
const rereadPages = async (client: QueryClient, filters: ListFilters, pages: readonly number[]) => {
  forgetPlaces();
  const lists = await Promise.all(pages.map((page) => readPage(filters, page)));
  notifyManager.batch(() => {
    client.removeQueries({ queryKey: listsKey, type: 'inactive' });
    pages.forEach((page, at) => client.setQueryData<PhoneNumberList>(pageKey(filters, page), lists[at]));
  });
};

/**
 * Keeps the list true to what others do. A changed number is read again and replaced where it stands; rows
 * that came or went make the pages in sight be read again, and the grid holds the row under the hand. So does
 * the moment at which someone else begins to answer.
 */
export const useLiveList = (filters: ListFilters, pages: readonly number[], answersUntil: number | null) => {
  const client = useQueryClient();
  const inSight = useRef({ filters, pages });
  useEffect(() => {
    inSight.current = { filters, pages };
  });

  useEffect(() => {
    const changed = new Set<string>();
    let gather: ReturnType<typeof setTimeout> | undefined;
    let reread: ReturnType<typeof setTimeout> | undefined;
    let rereadAt = 0;

    const rereadSoon = () => {
      if (reread !== undefined) return;
      const wait = Math.max(GATHER_MS, rereadAt + REREAD_EVERY_MS - Date.now());
      reread = setTimeout(() => {
        reread = undefined;
        rereadAt = Date.now();
        const { filters: list, pages: shown } = inSight.current;
        // What cannot be read now is asked for again when the stream is back.
        void rereadPages(client, list, shown).catch(() => undefined);
      }, wait);
    };

    const rereadChanged = () => {
      gather = undefined;
      const ids = [...changed];
      changed.clear();
      if (ids.length > SINGLE_READS) return rereadSoon();
      for (const id of ids)
        void readPhoneNumber(id).then(
          (record) => {
            putRecord(client, record);
            if (record.routing !== null || inSight.current.filters.link_state) rereadSoon();
          },
          () => rereadSoon(),
        );
    };

    const isFiltered = () => activeFilters(inSight.current.filters).length > 0;

    // Of many at once nothing is read one by one: the pages in sight are, and what lies open beside them.
    const noteMany = (ids: readonly string[], isUpdate: boolean) => {
      const known = ids.filter((id) => findRecord(client, id) !== undefined);
      if (!isUpdate || known.length > 0 || isFiltered()) rereadSoon();
      for (const id of known) void client.invalidateQueries({ queryKey: oneKey(id) });
    };

    const stop = onChange((told) => {
      const { subject, change } = told;
      // Hours that changed may open or close any number.
      if (subject === 'business_hours') rereadSoon();
      if (subject !== 'phone_number') return;
      if (change !== 'updated')
        void client.invalidateQueries({ queryKey: [...phoneNumbersKey, 'fingerprint'] });
      if ('ids' in told) return noteMany(told.ids, change === 'updated');
      const { id, version } = told;
      const known = findRecord(client, id);
      if (change !== 'updated') {
        rereadSoon();
        // Whoever deleted it is leaving its sheet just now; for everyone else a moment makes no difference.
        if (known !== undefined)
          setTimeout(() => void client.invalidateQueries({ queryKey: oneKey(id) }), LEAVING_MS);
      } else if (known === undefined) {
        // It may have come to match what is looked for.
        if (isFiltered()) rereadSoon();
      } else if ((version ?? Infinity) > known.version || known.links.length > 0) {
        // What becomes of a link is no new version.
        changed.add(id);
        gather ??= setTimeout(rereadChanged, GATHER_MS);
      } else if (known.routing !== null) {
        // Saved here: the record is known, but who answers now is the server's to say.
        rereadSoon();
      }
    });
    const readAnew = () => {
      rereadSoon();
      void client.invalidateQueries({ queryKey: [...phoneNumbersKey, 'one'] });
    };
    const stopGap = onGap(readAnew);
    // Nobody listened while another screen was open: pages kept from before may be out of date.
    const kept = client.getQueryState(pageKey(inSight.current.filters, 0));
    if (hasFollowed() && kept?.data !== undefined && Date.now() - kept.dataUpdatedAt > 1000) rereadSoon();
    return () => {
      clearTimeout(gather);
      clearTimeout(reread);
      stop();
      stopGap();
    };
  }, [client]);

  useEffect(() => {
    if (answersUntil === null) return undefined;
    const wait = Math.min(Math.max(answersUntil - Date.now(), 0) + TURN_MS, LONGEST_WAIT_MS);
    const timer = setTimeout(() => {
      const { filters: list, pages: shown } = inSight.current;
      void rereadPages(client, list, shown).catch(() => undefined);
    }, wait);
    return () => clearTimeout(timer);
  }, [client, answersUntil]);
};
