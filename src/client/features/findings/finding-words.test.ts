import { expect, test } from 'vitest';
import type { EstateFinding } from '#contract/numbers/route.ts';
import {
  bySentence,
  codeOf,
  countByCode,
  findingsHref,
  keyOf,
  mendFindingsSearch,
  numberHref,
} from './finding-words.ts';

const finding = (id: string, pointer: string, more: Partial<EstateFinding> = {}): EstateFinding => ({
  code: 'retired_agent',
  severity: 'error',
  pointer,
  message: 'The number names an agent that is retired.',
  fix: 'Choose another agent.',
  phone_number: { _id: id, phone_number_international: '+880 1711-204418', friendly_name: null },
  business_hours: null,
  agent_id: 'a',
  ...more,
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
  expect(numberHref(finding('1', '/links', { code: 'upstream_drift' }))).toBe('/numbers/1');
  expect(numberHref(finding('1', '/routing/rules/0/destination/agent_id'))).toBe('/numbers/1?tab=routing');
});

const shown = (findings: readonly EstateFinding[]) =>
  bySentence(findings).map(({ code, agent_id, findings: own }) => [
    code,
    agent_id,
    own.map(({ phone_number: number }) => number?._id),
  ]);

test('the same sentence stands once, with its numbers, and apart for each agent', () => {
  const nobody = { code: 'nobody_answers', message: 'Nobody answers.', agent_id: null } as const;
  const all = [
    finding('2', '/inbound_agent_id'),
    finding('3', '/inbound_agent_id', nobody),
    finding('1', '/inbound_agent_id', { agent_id: 'b' }),
    finding('1', '/outbound_agent_id'),
  ];
  expect(shown(all)).toEqual([
    ['nobody_answers', null, ['3']],
    ['retired_agent', 'a', ['1', '2']],
    ['retired_agent', 'b', ['1']],
  ]);
});

test('what is left stands as it stood when one is gone', () => {
  const all = ['3', '1', '2'].map((id) => finding(id, '/inbound_agent_id'));
  expect(shown(all.slice(1))).toEqual([['retired_agent', 'a', ['1', '2']]]);
  expect(new Set(all.map(keyOf)).size).toBe(3);
});

test('a whole list says how many there are of each kind, and one of a kind of that alone', () => {
  const all = ['1', '2'].map((id) => finding(id, '/inbound_agent_id'));
  const counts = countByCode(all, undefined);
  expect([counts.get('retired_agent'), counts.get('past_exception')]).toEqual([2, 0]);
  expect([...countByCode([], 'past_exception')]).toEqual([['past_exception', 0]]);
});
