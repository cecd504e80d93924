import { expect, test } from 'vitest';
import { emptyValues } from '#client/features/number-fields/phone-number-values.ts';
import { committed } from './committed.ts';

const typing = (typed: Partial<(typeof emptyValues)['typed']>) => ({
  ...emptyValues,
  labels: ['bd'],
  typed: { ...emptyValues.typed, ...typed },
});

test('half a label is a label, and callers on their way are blocked, before those that are', () => {
  expect(committed(typing({ labels: ' vip, bd' }))).toMatchObject({
    labels: ['bd', 'vip'],
    typed: { labels: '' },
  });
  const { call_handling: handling } = committed(typing({ blocked_callers: '+12025551000, nuisance' }));
  expect(handling.blocked_callers).toEqual([
    { number: '+12025551000', reason: 'nuisance', expires_at: null },
  ]);
});

test('where nothing is being typed, the values are the very same', () => {
  const values = typing({});
  expect(committed(values)).toBe(values);
});

test('an empty line blocks nobody', () => {
  expect(committed(typing({ blocked_callers: ' \n' })).call_handling.blocked_callers).toBeNull();
});
