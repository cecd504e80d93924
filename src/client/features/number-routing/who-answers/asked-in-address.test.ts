import { expect, test } from 'vitest';
import { noQuestion, questionOf, readAsked, writeAsked } from './asked-in-address.ts';

const moment = '2026-11-27T23:00:00.000Z';

test.each([
  noQuestion,
  { ...noQuestion, caller: '+1 (415) 555-2671', moment },
  { ...noQuestion, caller: 'a~b&c=d\n%41', direction: 'outbound' as const },
  { ...noQuestion, isWithheld: true, moment },
])('what was asked is read back from the address: %j', (fields) =>
  expect(readAsked(writeAsked(fields))).toEqual(fields),
);

test('a withheld number is not told, whatever was typed before', () => {
  const fields = { ...noQuestion, caller: '+14155552671', isWithheld: true };
  expect(writeAsked(fields)).not.toContain('415');
  expect(questionOf(fields).party).toBe(null);
  expect(questionOf({ ...fields, direction: 'outbound' }).party).toBe('+14155552671');
});

test.each([
  null,
  '',
  'rule_1',
  'ask',
  'ask~inbound',
  'ask~sideways~~',
  'ask~inbound~tomorrow~',
  'ask~inbound~2026-99-99T00:00~',
])('an address that asks nothing: %s', (text) => expect(readAsked(text)).toBe(null));
