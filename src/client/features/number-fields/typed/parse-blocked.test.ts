import { expect, test } from 'vitest';
import { parseBlocked } from './parse-blocked.ts';

const rest = { reason: null, expires_at: null };

test('each line is a caller, or with a star the beginning of callers, with a reason behind', () => {
  expect(parseBlocked('+1 415 555 2671\n\n0044 20 7183*; nuisance, again\r\n+880171\tspam ', [])).toEqual({
    added: [
      { number: '+14155552671', ...rest },
      { prefix: '+44207183', reason: 'nuisance, again', expires_at: null },
      { number: '+880171', reason: 'spam', expires_at: null },
    ],
    duplicates: 0,
  });
});

test('what is there already is not added again', () => {
  const there = [{ number: '+14155552671', ...rest }];
  expect(parseBlocked('(+1) 415-555-2671\n+1415*\n+1415*', there)).toEqual({
    added: [{ prefix: '+1415', ...rest }],
    duplicates: 2,
  });
});

test('what is no number is kept as it was pasted, to be told as wrong', () => {
  expect(parseBlocked('not a number', []).added).toEqual([{ number: 'not a number', ...rest }]);
  expect(parseBlocked(', who calls at night\n , \n', []).added).toEqual([
    { number: '', reason: 'who calls at night', expires_at: null },
  ]);
});
