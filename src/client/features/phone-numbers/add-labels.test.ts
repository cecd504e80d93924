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
