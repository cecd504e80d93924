import { expect, test } from 'vitest';
import { valuesOf, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { sipNumber } from '#client/features/number-fields/testing.ts';
import { toPatch } from '#client/features/number-fields/to-patch.ts';
import { isMadeBy, isStillMeant } from './lost-save.ts';

const from = sipNumber();
const typed = (changes: Partial<PhoneNumberValues>) => ({ ...valuesOf(from), ...changes });
const saveOf = (values: PhoneNumberValues) => ({
  from,
  values,
  body: toPatch(from, values),
  idempotencyKey: 'k',
});

test('a lost save is meant while all of it stands typed, whatever is typed beside it', () => {
  const lost = saveOf(typed({ notes: 'mine' }));
  expect(isStillMeant(lost, typed({ notes: 'mine', labels: ['more'] }))).toBe(true);
  expect(isStillMeant(lost, typed({ notes: 'mine, and more' }))).toBe(false);
  expect(isStillMeant(lost, typed({}))).toBe(false);
});

test('what it made is known by its next version with just these values', () => {
  const lost = saveOf(typed({ notes: 'mine' }));
  expect(isMadeBy(lost, sipNumber({ version: 4, notes: 'mine' }))).toBe(true);
  expect(isMadeBy(lost, sipNumber({ version: 3 }))).toBe(false);
  expect(isMadeBy(lost, sipNumber({ version: 4, notes: 'theirs' }))).toBe(false);
  expect(isMadeBy(lost, sipNumber({ version: 4, notes: 'mine', labels: ['theirs'] }))).toBe(false);
  expect(isMadeBy(lost, sipNumber({ version: 5, notes: 'mine' }))).toBe(false);
});

test('of a secret nobody can tell whose it is', () => {
  const lost = saveOf(typed({ sip_trunk_password: 'mine' }));
  expect(isMadeBy(lost, sipNumber({ version: 4 }))).toBe(false);
});
