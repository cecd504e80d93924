import { expect, test } from 'vitest';
import { pendingWords } from './pending-words.ts';

const number = (text: string) => ({ number: text, reason: null, expires_at: null });
const [one, two, three] = ['+14155550101', '+14155550102', '+14155550103'].map(number) as [
  ReturnType<typeof number>,
  ReturnType<typeof number>,
  ReturnType<typeof number>,
];

test('what is saved is told before it is', () => {
  expect(pendingWords([one], [one, two, three])).toBe('2 callers will be blocked when you save.');
  expect(pendingWords([one, two], [one])).toBe('1 caller will be unblocked when you save.');
  expect(pendingWords([one], [two])).toBe('1 caller will be blocked and 1 unblocked when you save.');
});

test('a reason or another way of writing changes nobody', () => {
  expect(pendingWords([one], [{ ...one, reason: 'spam', number: '+1 415 555 0101' }])).toBe('');
  expect(pendingWords([], [])).toBe('');
});
