import { expect, test } from 'vitest';
import { countExcepted, lookAtExcepted, NONE_EXCEPTED } from './excepted.ts';
import type { Selection, ShownList } from './selection.ts';
import { allAt, listAt } from './testing.ts';

const listOf = (ids: string, { readAt = 1, isAllRead = false, held = '', search = '' } = {}): ShownList =>
  listAt(search, {
    read: { places: new Map(ids.split('').map((id, at) => [id, at])), isAll: isAllRead, at: readAt },
    indexOfKey: (id) => {
      const at = (ids + held).indexOf(id);
      return at < 0 ? undefined : at;
    },
  });

const allBut = (except: string, search = ''): Selection => allAt(search, except);

/** How many are left out, after each of these looks at the list. */
const counts = (...looks: (readonly [Selection, ShownList])[]) => {
  let known = NONE_EXCEPTED;
  return looks.map(([selection, list]) => {
    known = lookAtExcepted(selection, list, known);
    return countExcepted(selection, known);
  });
};

test('what was unticked is left out, in sight or not', () => {
  const ab = allBut('ab');
  expect(counts([allBut('a'), listOf('abc')], [ab, listOf('abc')], [ab, listOf('xyz')])).toEqual([1, 2, 2]);
  // A range reaches beyond what is at hand.
  expect(counts([allBut('abq'), listOf('abc')])).toEqual([3]);
});

test('one that others deleted or changed is left out no longer, and another that joined changes nothing', () => {
  const a = allBut('a');
  const whole = { isAllRead: true };
  expect(counts([a, listOf('abc', whole)], [a, listOf('bcd', { ...whole, readAt: 2 })])).toEqual([1, 0]);
  const ab = allBut('ab');
  expect(counts([ab, listOf('abc', whole)], [ab, listOf('bc', { ...whole, readAt: 2 })])).toEqual([2, 1]);
});

test('one that matches no longer and only stays where it was is not counted', () => {
  const a = allBut('a');
  expect(counts([a, listOf('abc')], [a, listOf('bc', { held: 'a', readAt: 2 })])).toEqual([1, 0]);
});

test('of one out of sight nothing is known once the list was read anew, until it is seen', () => {
  const ab = allBut('ab');
  const anew = { readAt: 2 };
  expect(
    counts(
      [ab, listOf('abc')],
      [ab, listOf('xyz')],
      [ab, listOf('xyz', anew)],
      [allBut('abz'), listOf('xyz', anew)],
      [ab, listOf('abc', anew)],
    ),
  ).toEqual([2, 2, null, null, 2]);
});

test('while another list is shown all stays as it was last known', () => {
  const a = allBut('a', '?provider=pia');
  const elsewhere = listOf('xyz', { readAt: 2, isAllRead: true });
  const own = { search: '?provider=pia' };
  expect(counts([a, listOf('abc', own)], [a, elsewhere], [a, listOf('abc', own)])).toEqual([1, 1, 1]);
  expect(counts([a, elsewhere])).toEqual([1]);
});
