import { expect, test } from 'vitest';
import { fieldOfPointer, fieldMessagesIn, toFieldErrors } from './field-errors.ts';
import { valuesOf, type PhoneNumberValues } from './phone-number-values.ts';
import { resolvePatch } from './resolve-patch.ts';
import { everyRule, sipNumber } from './testing.ts';

const messagesOf = async (changes: Partial<PhoneNumberValues>) => {
  const record = sipNumber();
  const options = { fields: {}, shouldUseNativeValidation: false };
  const { errors } = await resolvePatch(record)({ ...valuesOf(record), ...changes }, undefined, options);
  return fieldMessagesIn(errors);
};

test('a pointer lies in a field of the form', () => {
  expect(fieldOfPointer('/routing/rules/2/destination/agents/0/weight')).toBe('routing.rules');
  expect(fieldOfPointer('/call_handling/blocked_callers/1/number')).toBe('call_handling.blocked_callers');
  expect(fieldOfPointer('/labels/2')).toBe('labels');
  expect(fieldOfPointer('/unheard_of')).toBeUndefined();
});

test('every place keeps what is said of it, in order', () => {
  const messages = [
    { pointer: '/routing/rules/2/destination/agents/0/weight', message: 'Too little.' },
    { pointer: '/routing/rules/3/name', message: 'Too long.' },
    { pointer: '/notes', message: 'Odd.' },
  ];
  expect(
    fieldMessagesIn(toFieldErrors(messages)).toSorted((a, b) => a.pointer.localeCompare(b.pointer)),
  ).toEqual(messages.toSorted((a, b) => a.pointer.localeCompare(b.pointer)));
});

test('the contract judges routing by the same pointers as the server', async () => {
  const split = everyRule[1]!;
  const rules = [
    { ...split, destination: { type: 'split' as const, agents: [{ agent_id: '', weight: 0 }] } },
  ];
  const messages = await messagesOf({ routing: { business_hours_id: null, rules, fallback: null } });
  expect(messages.map(({ pointer }) => pointer).toSorted()).toEqual([
    '/routing/rules/0/destination/agents/0/agent_id',
    '/routing/rules/0/destination/agents/0/weight',
  ]);
  expect(messages.find(({ pointer }) => pointer.endsWith('agent_id'))?.message).toBe('Choose an agent.');
});

test('of a part is told before of the whole it stands in, and nobody who is not chosen is there twice', async () => {
  const shares = [
    { agent_id: '', weight: 0 },
    { agent_id: '', weight: 1 },
    { agent_id: 'asha', weight: 1 },
    { agent_id: 'asha', weight: 1 },
  ];
  const rules = [{ ...everyRule[1]!, destination: { type: 'split' as const, agents: shares } }];
  const messages = await messagesOf({ routing: { business_hours_id: null, rules, fallback: null } });
  expect(messages.map(({ message }) => message)).toEqual([
    'Choose an agent.',
    'Give each agent a weight of at least 1, or take it out.',
    'Choose an agent.',
    'An agent is there twice. Keep one, with both weights.',
  ]);
});

test('of a blocked caller, what is wrong is said of the part that is there', async () => {
  const { call_handling } = valuesOf(sipNumber());
  const rest = { reason: null, expires_at: null };
  const blocked_callers = [
    { number: 'abc', ...rest },
    { number: '+14155552671', ...rest },
    { prefix: '12', ...rest },
  ];
  const messages = await messagesOf({ call_handling: { ...call_handling, blocked_callers } });
  expect(messages.map(({ pointer }) => pointer).toSorted()).toEqual([
    '/call_handling/blocked_callers/0/number',
    '/call_handling/blocked_callers/2/prefix',
  ]);
});

test('what is not filled in yet, or no number, is asked for in the schemas’ own words', async () => {
  const split = {
    ...everyRule[1]!,
    destination: { type: 'split' as const, agents: [{ agent_id: '', weight: Number.NaN }] },
  };
  const temporary_reassignment = {
    agent_id: '',
    direction: 'inbound' as const,
    starts_at: '',
    ends_at: 'soon',
  };
  const messages = await messagesOf({
    routing: { business_hours_id: null, rules: [split], fallback: null },
    temporary_reassignment,
  });
  expect(Object.fromEntries(messages.map(({ pointer, message }) => [pointer, message]))).toEqual({
    '/routing/rules/0/destination/agents/0/agent_id': 'Choose an agent.',
    '/routing/rules/0/destination/agents/0/weight': 'Write a whole number.',
    '/temporary_reassignment/agent_id': 'Choose an agent.',
    '/temporary_reassignment/starts_at': 'Choose a moment.',
    '/temporary_reassignment/ends_at': 'This is no moment. Write it as 28 Nov 2026, 22:00.',
  });
});
