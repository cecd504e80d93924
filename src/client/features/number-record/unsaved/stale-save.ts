import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { credentialsOf, type CredentialName } from '#contract/numbers/fields.ts';
import {
  callFields,
  editableSettingsOf,
  fingerprintOf,
  isSame,
  sharedFields,
  valueAt,
  valueIn,
  valuesOf,
  withValue,
  type FormFieldName,
  type PhoneNumberValues,
} from '#client/features/number-fields/phone-number-values.ts';
import { fieldsOf, metadataOf, toPatch } from '#client/features/number-fields/to-patch.ts';

/** A field that I and someone else both changed, to different ends. */
export interface Conflict {
  field: FormFieldName;
  /** The key, where the field is one of the metadata. */
  metadataKey?: string;
  /** Null when cleared. A credential shows neither value: only that both replaced it. */
  mine: unknown;
  theirs: unknown;
  isSecret?: true;
}

export interface Merge {
  /** What the form shows now: theirs, with my changes on top. Conflicts hold mine until they are decided. */
  values: PhoneNumberValues;
  /** Fields they changed and I did not touch. */
  merged: FormFieldName[];
  conflicts: Conflict[];
}

const mergeMetadata = (base: PhoneNumber, theirs: PhoneNumber, mine: PhoneNumberValues) => {
  const typed = metadataOf(mine.metadata);
  const patch = (toPatch(base, mine).metadata ?? {}) as Record<string, string | null>;
  const result: Record<string, string> = { ...theirs.metadata };
  const conflicts: Conflict[] = [];
  for (const [key, value] of Object.entries(patch)) {
    const before = base.metadata[key] ?? null;
    const now = theirs.metadata[key] ?? null;
    if (now !== before && now !== value)
      conflicts.push({ field: 'metadata', metadataKey: key, mine: value, theirs: now });
    if (value === null) delete result[key];
    else result[key] = typed[key] ?? value;
  }
  const isMerged = [...new Set([...Object.keys(base.metadata), ...Object.keys(theirs.metadata)])].some(
    (key) => base.metadata[key] !== theirs.metadata[key] && !(key in patch),
  );
  return { rows: Object.entries(result).map(([key, value]) => ({ key, value })), conflicts, isMerged };
};

/**
 * Three versions of a number into one: the one I began from, the one that is stored now, and what I have
 * typed. Nothing of either side is dropped silently: what collides is handed back to be decided.
 */
export const mergeStale = (base: PhoneNumber, theirs: PhoneNumber, mine: PhoneNumberValues): Merge => {
  let values = valuesOf(theirs);
  const patch = toPatch(base, mine);
  const changed = new Set(fieldsOf(patch));
  const merged: FormFieldName[] = [];
  const conflicts: Conflict[] = [];

  const take = (field: FormFieldName) => {
    values = withValue(values, field, valueAt(mine, field));
  };
  for (const field of [...sharedFields, ...editableSettingsOf(base.provider)]) {
    if (field === 'metadata') continue;
    const now = valueIn(theirs, field);
    const haveTheyChanged = !isSame(now, valueIn(base, field));
    if (!changed.has(field)) {
      if (haveTheyChanged) merged.push(field);
      continue;
    }
    take(field);
    if (haveTheyChanged && !isSame(now, patch[field]))
      conflicts.push({ field, mine: patch[field], theirs: now });
  }
  const [before, stored] = [valuesOf(base), valuesOf(theirs)];
  for (const field of callFields) {
    const [now, typed] = [valueAt(stored, field), valueAt(mine, field)];
    const haveTheyChanged = !isSame(now, valueAt(before, field));
    if (changed.has(field)) take(field);
    if (haveTheyChanged && !changed.has(field)) merged.push(field);
    else if (haveTheyChanged && !isSame(now, typed)) conflicts.push({ field, mine: typed, theirs: now });
  }
  for (const field of credentialsOf[base.provider]) {
    const haveTheyChanged = fingerprintOf(theirs, field) !== fingerprintOf(base, field);
    if (changed.has(field)) take(field);
    if (haveTheyChanged && changed.has(field))
      conflicts.push({ field, mine: null, theirs: null, isSecret: true });
    else if (haveTheyChanged) merged.push(field);
  }
  const metadata = mergeMetadata(base, theirs, mine);
  values.metadata = metadata.rows;
  if (metadata.isMerged) merged.push('metadata');
  return { values, merged, conflicts: [...conflicts, ...metadata.conflicts] };
};

const withKey = (values: PhoneNumberValues, key: string, value: string | null): PhoneNumberValues => {
  const others = values.metadata.filter((row) => row.key.trim() !== key);
  return { ...values, metadata: value === null ? others : [...others, { key, value }] };
};

/** The form's values once a conflict is decided for what is stored. */
export const takeTheirs = (
  values: PhoneNumberValues,
  { field, metadataKey, theirs, isSecret }: Conflict,
  stored: PhoneNumber,
): PhoneNumberValues => {
  if (isSecret) return { ...values, [field as CredentialName]: '' };
  return metadataKey === undefined
    ? withValue(values, field, valueAt(valuesOf(stored), field))
    : withKey(values, metadataKey, theirs as string | null);
};

/** The form's values once a conflict is decided for what I had typed. */
export const keepMine = (
  values: PhoneNumberValues,
  { field, metadataKey, mine }: Conflict,
  typed: PhoneNumberValues,
): PhoneNumberValues =>
  metadataKey === undefined
    ? withValue(values, field, valueAt(typed, field))
    : withKey(values, metadataKey, mine as string | null);
