import { expect, test } from 'vitest';
import { activityHref, rangeOf, readActivityFilters } from './activity-filters.ts';

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
