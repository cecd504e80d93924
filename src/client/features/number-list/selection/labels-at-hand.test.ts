import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import { queryClient } from '#client/api/query-client.ts';
import { readListFilters, searchOf } from '#client/features/numbers/list-url.ts';
import { listsKey } from '#client/features/numbers/records.ts';
import { labelsAtHand } from './labels-at-hand.ts';
import { noteShownList, selectAll, type Selection } from './selection.ts';
import { allAt, listAt } from './testing.ts';

/** A page that was read: by the id of each number, its labels. */
const read = (search: string, page: number, numbers: Record<string, string[]>) =>
  queryClient.setQueryData([...listsKey, searchOf(readListFilters(search)), page], {
    phone_numbers: Object.entries(numbers).map(([_id, labels]) => ({ _id, labels })),
    next_page_token: null,
  } as unknown as PhoneNumberList);

const show = (search: string) => noteShownList(listAt(search, { rows: 4 }));

const some = (...ids: string[]): Selection => ({ kind: 'some', ids: new Map(ids.map((id) => [id, ''])) });

beforeEach(() => {
  read('', 0, { a: ['night', 'Überfall'], b: ['Night'], c: ['vip'] });
  read('', 1, { d: ['night', 'vip'] });
  read('?provider=pia', 0, { c: ['vip'], e: ['spare'] });
});
afterEach(() => {
  noteShownList(null);
  queryClient.clear();
});

test('labels of the numbers that were ticked come from every list, those of most numbers first', () => {
  expect(labelsAtHand(some('a', 'b', 'e'))).toEqual(['night', 'spare', 'Überfall']);
  expect(labelsAtHand(some('c', 'd'))).toEqual(['vip', 'night']);
  expect(labelsAtHand(some('unread'))).toEqual([]);
});

test('of all that match they are those of their list alone, without what is excepted', () => {
  show('?provider=pia');
  expect(labelsAtHand(allAt('?provider=pia'))).toEqual(['spare', 'vip']);
  expect(labelsAtHand(allAt('?provider=pia', ['e']))).toEqual(['vip']);
});

test('all that match are found in whichever order their list is shown', () => {
  show('');
  selectAll();
  read('?sort=friendly_name', 0, { f: ['sorted'] });
  show('?sort=friendly_name');
  expect(labelsAtHand(allAt(''))).toEqual(['sorted']);
  show('?provider=pia');
  expect(labelsAtHand(allAt(''))).toEqual(['night', 'vip', 'Überfall']);
});
