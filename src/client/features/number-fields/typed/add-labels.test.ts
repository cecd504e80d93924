import { expect, test } from 'vitest';
import { addLabels } from './add-labels.ts';

test('many are added at once', () => {
  expect(addLabels(['bd'], ' vip, pilot\nproduction,, ')).toEqual({
    labels: ['bd', 'vip', 'pilot', 'production'],
    added: ['vip', 'pilot', 'production'],
    duplicates: [],
  });
});

test('a label in another case is there already', () => {
  expect(addLabels(['Production'], 'production, VIP, vip')).toEqual({
    labels: ['Production', 'VIP'],
    added: ['VIP'],
    duplicates: ['production', 'vip'],
  });
});

test('a label that looks like one that is there is no other: composition, unseen characters, kinds of spaces', () => {
  const { labels, duplicates } = addLabels(
    ['Caf\u00e9', 'night desk'],
    'CAFE\u0301, caf\u200b\u00e9\u200e, night\u00a0desk, \u200b',
  );
  expect(labels).toEqual(['Caf\u00e9', 'night desk']);
  expect(duplicates).toHaveLength(3);
});

test('what is added is composed and begins and ends with what is seen; joiners inside of it stay', () => {
  expect(addLabels([], '\u200bE\u0301cole\ufeff, \u09b0\u200d\u09cd\u09af\u09be\u09ac').added).toEqual([
    '\u00c9cole',
    '\u09b0\u200d\u09cd\u09af\u09be\u09ac',
  ]);
});
