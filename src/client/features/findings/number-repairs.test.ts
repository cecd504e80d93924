import { expect, test } from 'vitest';
import type { EstateFinding } from '#contract/numbers/route.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Rule } from '#contract/numbers/routing.ts';
import { giveAgent, giveHours, switchOff } from './number-repairs.ts';

const rule = (name: string | null, destination: Rule['destination'], enabled = true): Rule => ({
  id: name ?? 'rule',
  name,
  enabled,
  when: {
    hours: 'any',
    caller_countries: null,
    caller_prefixes: null,
    caller_in: null,
    anonymous: 'any',
  },
  destination,
});
const split: Rule['destination'] = {
  type: 'split',
  agents: [
    { agent_id: 'fine', weight: 1 },
    { agent_id: 'gone', weight: 3 },
  ],
};
const record = {
  inbound_agent_id: 'gone',
  outbound_agent_id: null,
  routing: {
    business_hours_id: 'h',
    rules: [rule('Night', { type: 'voicemail', greeting: null }), rule(null, split)],
    fallback: { type: 'agent', agent_id: 'gone' },
  },
} as unknown as PhoneNumber;

const finding = (pointer: string, more: Partial<EstateFinding> = {}) =>
  ({ code: 'retired_agent', pointer, message: '', agent_id: 'gone', ...more }) as EstateFinding;

test('another agent takes the place of the wrong one, and nothing else changes', () => {
  expect(giveAgent(finding('/inbound_agent_id'), 'new')(record)).toEqual({
    body: { inbound_agent_id: 'new' },
    back: { inbound_agent_id: 'gone' },
  });
  expect(giveAgent(finding('/routing/rules/1/destination/agents/1/agent_id'), 'new')(record)).toEqual({
    body: {
      routing: {
        rules: [
          record.routing?.rules[0],
          rule(null, {
            ...split,
            agents: [
              { agent_id: 'fine', weight: 1 },
              { agent_id: 'new', weight: 3 },
            ],
          }),
        ],
      },
    },
    back: { routing: { rules: record.routing?.rules } },
  });
  expect(giveAgent(finding('/routing/fallback/agent_id'), 'new')(record)).toEqual({
    body: { routing: { fallback: { type: 'agent', agent_id: 'new' } } },
    back: { routing: { fallback: record.routing?.fallback } },
  });
});

test('a number without an agent is given one', () => {
  const nobody = finding('/outbound_agent_id', { code: 'nobody_answers', agent_id: null });
  expect(giveAgent(nobody, 'new')(record)).toEqual({
    body: { outbound_agent_id: 'new' },
    back: { outbound_agent_id: null },
  });
});

test('what is not any more as the finding says is left alone', () => {
  const other = finding('/inbound_agent_id', { agent_id: 'somebody' });
  expect(giveAgent(other, 'new')(record)).toBeNull();
  for (const pointer of ['/routing/rules/0/destination/agent_id', '/routing/rules/9/destination/agent_id'])
    expect(giveAgent(finding(pointer), 'new')(record)).toBeNull();
  const never = (message: string) => finding('/routing/rules/0', { code: 'unreachable_rule', message });
  expect(switchOff(never('Rule 1, “Day”, never matches: …'))(record)).toBeNull();
  expect(switchOff(finding('/routing/rules/7'))(record)).toBeNull();
});

test('a rule is switched off and stays where it is', () => {
  const never = finding('/routing/rules/0', {
    code: 'unreachable_rule',
    message: 'Rule 1, “Night”, never matches: rules before it take all its calls.',
  });
  const mended = switchOff(never)(record);
  expect(mended?.body).toEqual({
    routing: {
      rules: [rule('Night', { type: 'voicemail', greeting: null }, false), record.routing?.rules[1]],
    },
  });
  expect(mended?.back).toEqual({ routing: { rules: record.routing?.rules } });
});

test('other hours leave the rules alone', () => {
  expect(giveHours('new')(record)).toEqual({
    body: { routing: { business_hours_id: 'new' } },
    back: { routing: { business_hours_id: 'h' } },
  });
});
