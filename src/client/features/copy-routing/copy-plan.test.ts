import { describe, expect, test } from 'vitest';
import { callHandlingNames } from '#contract/numbers/call-defaults.ts';
import type { Routing } from '#contract/numbers/routing.ts';
import { routingNames } from '#client/features/audit-events/routing-lines.ts';
import { sipNumber } from '#client/features/number-fields/testing.ts';
import { bodyOf, changesOf, lossWords, outcomeOf, parts, reviewOf, summaryOf } from './copy-plan.ts';

const names = routingNames(
  (id) => ({ a1: 'Asha' })[id],
  (id) => ({ h1: 'Dhaka office' })[id],
);
const routing: Routing = {
  business_hours_id: 'h1',
  rules: [
    {
      id: 'r1',
      name: 'Night',
      enabled: true,
      when: {
        hours: 'closed',
        caller_countries: null,
        caller_prefixes: null,
        caller_in: null,
        anonymous: 'any',
      },
      destination: { type: 'agent', agent_id: 'a1' },
    },
  ],
  fallback: null,
};
const source = sipNumber({ routing });
const noHandling = Object.fromEntries(callHandlingNames.map((name) => [name, null])) as NonNullable<
  typeof source.call_handling
>;
const told = (
  target: ReturnType<typeof sipNumber>,
  chosen = parts as readonly ('routing' | 'call_handling')[],
) =>
  changesOf(source, target, chosen, names).map(({ id, name, before, after, summary }) => [
    id,
    name,
    summary ?? `${before} → ${after}`,
  ]);

describe('copying routing', () => {
  test('sends each chosen part whole, and null where the source has none', () => {
    expect(bodyOf(source, parts)).toEqual({ routing, call_handling: null });
    expect(bodyOf(source, ['call_handling'])).toEqual({ call_handling: null });
  });

  test('shows what becomes of a number, and nothing where it is the same', () => {
    expect(told(sipNumber())).toEqual([
      ['routing.business_hours', 'Business hours', 'always open → Dhaka office'],
      ['routing.rule.r1', 'Rule 1 “Night”', 'added: When closed → Asha'],
    ]);
    expect(told(sipNumber({ routing }))).toEqual([]);
    expect(told(sipNumber(), ['call_handling'])).toEqual([]);
  });

  test('says what the source holds, and that copying nothing clears', () => {
    expect(summaryOf(source, 'routing', names)).toBe('1 rule, Dhaka office');
    expect(summaryOf(source, 'call_handling', names)).toBe('All defaults: copying clears it');
    expect(summaryOf(sipNumber(), 'routing', names)).toMatch(/clears/);
  });

  test('names the block lists and recordings that it replaces', () => {
    const loses = (call_handling: Partial<NonNullable<ReturnType<typeof sipNumber>['call_handling']>>) =>
      sipNumber({ call_handling: { ...noHandling, ...call_handling } });
    const blocked = [{ number: '+8801700000001', reason: null, expires_at: null }];
    const lossOf = (targets: ReturnType<typeof sipNumber>[]) =>
      lossWords(reviewOf(source, targets, ['call_handling'], names));
    expect(lossOf([sipNumber(), loses({ max_duration_seconds: 60 })])).toBeNull();
    expect(
      lossOf([loses({ blocked_callers: blocked }), loses({ blocked_callers: blocked, recording: 'both' })]),
    ).toBe('Replaces the blocked callers of 2 numbers and the recording of 1 number');
  });

  test('tells numbers that others changed apart from those that are refused', () => {
    const none = { code: null, message: null };
    expect(outcomeOf({ outcome: 'changed', ...none })).toEqual({ kind: 'copied' });
    expect(outcomeOf({ outcome: 'unchanged', ...none })).toEqual({ kind: 'copied' });
    const message = 'Look at it again.';
    // Seen before the job was there, and seen by the job.
    for (const outcome of ['refused', 'conflict'] as const)
      expect(outcomeOf({ outcome, code: 'version_conflict', message })).toEqual({ kind: 'overtaken' });
    for (const outcome of ['refused', 'conflict'] as const)
      expect(outcomeOf({ outcome, code: 'not_found', message })).toEqual({ kind: 'refused', message });
  });

  test('puts numbers that change alike together, and those that are the same last', () => {
    const targets = ['1', '2', '3', '4'].map((_id) =>
      sipNumber({ _id, routing: _id === '1' ? routing : _id === '3' ? { ...routing, rules: [] } : null }),
    );
    expect(reviewOf(source, targets, parts, names).map(({ record }) => record._id)).toEqual([
      '2',
      '4',
      '3',
      '1',
    ]);
  });
});
