import { expect, test } from 'vitest';
import { activityHref, mendActivitySearch, rangeOf, readActivityFilters } from './activity-filters.ts';

test('every filter survives the way into the address and back', () => {
  const filters = readActivityFilters(
    '?actor_id=5f&action=agent.retired&subject_kind=agent&subject_id=9a&since=2026-11-01&until=2026-11-02',
  );
  expect(readActivityFilters(activityHref(filters).slice('/activity'.length))).toEqual(filters);
});

test('what is no action, period or day is no filter', () => {
  expect(activityHref(readActivityFilters('?action=toString&time=9y&since=soon&until=2026-13-99'))).toBe(
    '/activity',
  );
});

test('the last day named is within the range', () => {
  const { since, until } = rangeOf({ since: '2026-11-01', until: '2026-11-01' });
  expect(Date.parse(until ?? '') - Date.parse(since ?? '')).toBe(24 * 3_600_000);
});

test('a period is counted back from now', () => {
  expect(rangeOf({ time: '24h' }, Date.parse('2026-11-23T12:00:00Z'))).toEqual({
    since: '2026-11-22T12:00:00.000Z',
  });
});

test.for([
  ['?action=number.eaten&actor_id=no%20one&subject_kind=moon&subject_id=', ''],
  ['?since=2026-02-31&until=0000-01-01', ''],
  ['?since=9999-12-31&until=+2026-01-01', ''],
  ['?time=7d&since=2026-11-01', '?time=7d'],
  ['?actor_id=5f&actor_id=6a', '?actor_id=5f'],
  ['?since=2026-11-01&utm_source=mail', '?since=2026-11-01&utm_source=mail'],
] as const)('%s is mended to %s', ([search, mended]) => {
  expect(mendActivitySearch(search)).toBe(mended);
  expect(mendActivitySearch(mended)).toBe(mended);
});
