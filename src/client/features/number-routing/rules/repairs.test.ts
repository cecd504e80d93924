import { expect, test } from 'vitest';
import { findingCodes } from '#contract/numbers/finding.ts';
import { routing, rule } from '#routing/testing/numbers.ts';
import { repairsOf } from './repairs.ts';

const number = routing([rule('any', {}), rule('shut', { hours: 'closed' })]);
const names = (...args: Parameters<typeof repairsOf>) => repairsOf(...args).map(({ name }) => name);

// What is otherwise on a platform is repaired where both are compared, and never stands at a rule.
const isOfRules = (code: string) => !code.startsWith('upstream_');

test('every finding of rules leads to some repair', () => {
  for (const code of findingCodes.filter(isOfRules))
    expect(repairsOf({ code, pointer: '/routing/rules/0' }, number, undefined)).not.toEqual([]);
});

test('a rule that needs hours leads to them, where the number has none', () => {
  const finding = { code: 'unreachable_rule', pointer: '/routing/rules/1' } as const;
  expect(names(finding, { ...number, business_hours_id: null }, undefined)).toEqual([
    'Choose business hours',
    'Open rule 2',
  ]);
  expect(names(finding, number, undefined)).toEqual(['Open rule 2', 'Edit business hours']);
  expect(names({ ...finding, pointer: '/routing/rules/0' }, number, undefined)).toEqual(['Open rule 1']);
});

test('hours of another country lead to others, or to new ones where the number is', () => {
  const finding = { code: 'zone_of_another_country', pointer: '/routing/business_hours_id' } as const;
  expect(names(finding, number, 'Asia/Dhaka')).toEqual(['Choose business hours', 'New hours in Asia/Dhaka']);
  expect(names(finding, number, undefined)).toEqual(['Choose business hours']);
});
