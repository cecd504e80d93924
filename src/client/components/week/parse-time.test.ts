import { expect, test } from 'vitest';
import { parseTime } from './parse-time.ts';

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['0930', '09:30'],
  ['9:30', '09:30'],
  [' 9.30 ', '09:30'],
  ['9 pm', '21:00'],
  ['12am', '00:00'],
  ['12:15pm', '12:15'],
  ['24', '24:00'],
  ['24:00', '24:00'],
])('%s is %s', (typed, time) => expect(parseTime(typed)).toBe(time));

test.each(['', 'noon', '25', '9:60', '24:01', '13pm', '-1', '9:3'])('“%s” is no time', (typed) =>
  expect(parseTime(typed)).toBeNull(),
);
