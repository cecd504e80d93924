import { callHandlingNames } from '#contract/numbers/call-defaults.ts';
import type { CallHandling } from '#contract/numbers/call-handling.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { MASK } from '#contract/primitives.ts';
import { credentialsOf, plainNames, settingsOf } from '#contract/numbers/fields.ts';
import type { Rule } from '#contract/numbers/routing.ts';
import { readMark, type ShowFingerprint } from '#server/platform/secrets/fingerprints.ts';
import type { PhoneNumberRow } from './row.ts';

const allPreferences = (set: Partial<CallHandling>): CallHandling =>
  Object.fromEntries(callHandlingNames.map((name) => [name, set[name] ?? null])) as unknown as CallHandling;

// The database keeps no order of keys; read by people, a rule begins with its name.
const inOrder = ({ id, name, enabled, when, destination }: Rule): Rule => ({
  id,
  name,
  enabled,
  when,
  destination,
});

/**
 * The promise: this is the one presenter of a phone number, and it is handed fingerprints, never a secret.
 * Whatever it answers, a credential is the mask or null, and its fingerprint has the form that is the
 * reader's to see.
 */
export const toPhoneNumber = (row: PhoneNumberRow, show: ShowFingerprint): PhoneNumber => {
  const record: Record<string, unknown> = {
    _id: row.id,
    phone_number: row.phone_number,
    phone_number_international: row.phone_number_international,
    country: row.country,
    provider: row.provider,
  };
  for (const name of plainNames) record[name] = row[name];
  for (const name of settingsOf[row.provider]) record[name] = row.settings[name] ?? null;
  for (const name of credentialsOf[row.provider]) {
    const mark = row.credential_fingerprints[name];
    record[name] = mark === undefined ? null : MASK;
    record[`${name}_fingerprint`] = mark === undefined ? null : show(row.id, name, readMark(mark));
  }
  record['labels'] = row.labels;
  record['metadata'] = row.metadata;
  record['routing'] = row.routing && { ...row.routing, rules: row.routing.rules.map(inOrder) };
  record['call_handling'] = row.call_handling && allPreferences(row.call_handling);
  record['temporary_reassignment'] = row.temporary_reassignment;
  record['links'] = row.links ?? [];
  record['version'] = row.version;
  record['created_at'] = row.created_at;
  record['updated_at'] = row.updated_at;
  // Made by name, for any provider; the tests read every answer with the contract's schema.
  return record as PhoneNumber;
};
