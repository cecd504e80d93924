import { expect, test } from 'vitest';
import type { EstateFinding } from '#contract/numbers/route.ts';
import {
  bySubject,
  codeOf,
  findingsHref,
  mendFindingsSearch,
  numberHref,
  withoutLastSubject,
} from './finding-words.ts';

const finding = (id: string, pointer: string): EstateFinding => ({
  code: 'retired_agent',
  severity: 'error',
  pointer,
  message: 'The number names an agent that is retired.',
  fix: 'Choose another agent.',
  phone_number: { _id: id, phone_number_international: '+880 1711-204418', friendly_name: null },
  business_hours: null,
});

test('a kind is kept in the address, and an unknown one is all of them', () => {
  expect(codeOf('?code=retired_agent')).toBe('retired_agent');
  expect(codeOf('?code=bad_weather')).toBeUndefined();
  expect(mendFindingsSearch('?code=bad_weather&x=1')).toBe('?x=1');
  expect(mendFindingsSearch('?code=retired_agent&code=toString')).toBe('?code=retired_agent');
  expect([findingsHref('past_exception'), findingsHref(undefined)]).toEqual([
    '/findings?code=past_exception',
    '/findings',
  ]);
});

test('leads to where the number is put right', () => {
  expect(numberHref(finding('1', '/inbound_agent_id'))).toBe('/numbers/1');
  expect(numberHref(finding('1', '/routing/rules/0/destination/agent_id'))).toBe('/numbers/1?tab=routing');
});

test('what is wrong with one number stands together, also when a page ends between', () => {
  const groups = bySubject([
    finding('1', '/inbound_agent_id'),
    finding('2', '/routing'),
    finding('1', '/routing'),
  ]);
  expect(groups.map(({ id, findings }) => [id, findings.length])).toEqual([
    ['1', 2],
    ['2', 1],
  ]);
});

test('a subject of which more may follow is not shown in part', () => {
  const [first, last, more] = [finding('1', '/routing'), finding('2', '/a'), finding('2', '/b')];
  expect(withoutLastSubject([first, last, more])).toEqual([first]);
  expect(withoutLastSubject([last, more])).toEqual([last, more]);
  expect(withoutLastSubject([])).toEqual([]);
});
