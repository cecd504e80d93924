import type { AuditChange } from '#contract/audit-events.ts';
import { metadataSchema } from '#contract/numbers/metadata.ts';
import { type PhoneNumberCreate, type PhoneNumberPatch } from '#contract/numbers/phone-numbers.ts';
import type { Provider } from '#contract/numbers/choices.ts';
import {
  credentialsOf,
  plainNames,
  settingsOf,
  type CredentialName,
  type PlainName,
} from '#contract/numbers/fields.ts';
import { changesBetween } from '#server/platform/audit/record.ts';
import { fieldErrors, fieldProblem } from '#server/problem.ts';
import { sortKeys } from '#server/lib/sort-keys.ts';
import { mergeCallHandling, mergeRouting } from './merge-routing.ts';
import type { Changeable } from '#server/features/phone-numbers/rows/row.ts';

// Loops, and nothing made on the way: this is done for each number of many.
const plainly = <V>(valueOf: (name: PlainName) => V): Record<PlainName, V> => {
  const values: Partial<Record<PlainName, V>> = {};
  for (const name of plainNames) values[name] = valueOf(name);
  return values as Record<PlainName, V>;
};

export const blank: Changeable = {
  ...plainly(() => null),
  labels: [],
  metadata: {},
  routing: null,
  call_handling: null,
  temporary_reassignment: null,
  settings: {},
};

/** RFC 7396 for a flat object: null removes a key, an absent key stays. */
const mergeKeys = (
  stored: Readonly<Record<string, string>>,
  patch: Readonly<Record<string, string | null | undefined>>,
): Record<string, string> => {
  const merged: Record<string, string> = { ...stored };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = value;
  }
  return merged;
};

const mergeMetadata = (
  stored: Record<string, string>,
  patch: Record<string, string | null> | null,
): Record<string, string> => {
  if (patch === null) return {};
  const merged = metadataSchema.safeParse(mergeKeys(stored, patch));
  if (merged.success) return merged.data;
  throw fieldProblem(
    fieldErrors(merged.error.issues.map((issue) => ({ ...issue, path: ['metadata', ...issue.path] }))),
  );
};

// Every provider's own fields are texts; the contract's types say so.
const ownPart = (names: readonly string[], body: object): Record<string, string | null | undefined> => {
  const own: Record<string, string | null | undefined> = {};
  for (const name of names) if (Object.hasOwn(body, name)) own[name] = body[name as keyof typeof body];
  return own;
};

const keep = <T>(asked: T | undefined, stored: T): T => (asked === undefined ? stored : asked);

/** The number as the patch makes it: absent is unchanged, null is cleared. */
export const applyPatch = (
  before: Changeable,
  provider: Provider,
  patch: PhoneNumberPatch | PhoneNumberCreate,
): Changeable =>
  Object.assign(
    plainly((name) => keep(patch[name], before[name])),
    {
      labels: keep(patch.labels, before.labels) ?? [],
      metadata:
        patch.metadata === undefined ? before.metadata : mergeMetadata(before.metadata, patch.metadata),
      routing: patch.routing === undefined ? before.routing : mergeRouting(before.routing, patch.routing),
      call_handling:
        patch.call_handling === undefined
          ? before.call_handling
          : mergeCallHandling(before.call_handling, patch.call_handling),
      temporary_reassignment: keep(patch.temporary_reassignment, before.temporary_reassignment),
      settings: mergeKeys(before.settings, ownPart(settingsOf[provider], patch)),
    },
  );

/** The credentials a write sets (a text) or clears (null). */
export const askedCredentials = (provider: Provider, body: object): [CredentialName, string | null][] =>
  Object.entries(ownPart(credentialsOf[provider], body)).filter(([, value]) => value !== undefined) as [
    CredentialName,
    string | null,
  ][];

// An empty list says as little as null: a number added without labels shows no change of labels.
const orNull = (value: object) => (Object.keys(value).length === 0 ? null : value);
const byField = (number: Changeable) =>
  Object.assign(
    plainly((name): unknown => number[name]),
    number.settings,
    {
      labels: orNull(number.labels),
      metadata: orNull(sortKeys(number.metadata)),
      routing: sortKeys(number.routing),
      call_handling: sortKeys(number.call_handling),
      temporary_reassignment: sortKeys(number.temporary_reassignment),
    },
  );

/** Before → after by field, the provider's own settings among them. */
export const fieldChanges = (before: Changeable, after: Changeable): Record<string, AuditChange> =>
  changesBetween(byField(before), byField(after));

/** The same of a number that was not there before. */
export const addedFields = (after: Changeable): Record<string, AuditChange> => {
  const changes: Record<string, AuditChange> = {};
  for (const [field, value] of Object.entries(byField(after)))
    if (value !== null) changes[field] = { before: null, after: value };
  return changes;
};
