import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { credentialsOf, fieldOf, isFieldName, plainNames } from '#contract/numbers/fields.ts';
import { trimmed } from '#contract/reading/text.ts';
import { committed } from '#client/features/number-fields/typed/committed.ts';
import {
  callHandlingFields,
  editableSettingsOf,
  hasCredential,
  isSame,
  routingFields,
  valueAt,
  valueIn,
  valuesOf,
  withValue,
  type FormFieldName,
  type MetadataRow,
  type WholeFieldName,
  type PhoneNumberValues,
} from './phone-number-values.ts';

/** A merge patch: absent is unchanged, null is cleared. */
export type Patch = Partial<Record<keyof PhoneNumberValues, unknown>>;

/** Empty rows are rows not yet filled in; they are not sent. */
export const metadataOf = (rows: readonly MetadataRow[]): Record<string, string> =>
  Object.fromEntries(
    rows
      .map(({ key, value }) => [key.trim(), value] as const)
      .filter(([key, value]) => key !== '' || value !== ''),
  );

const isSameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((label) => b.includes(label));

const metadataPatch = (before: Record<string, string>, after: Record<string, string>) => {
  const patch: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(after)) if (before[key] !== value) patch[key] = value;
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null;
  return Object.keys(patch).length > 0 ? patch : undefined;
};

/** Of two rows with one key the last counts: what stands in the other is a change still, and refused. */
const hasKeyTwice = (rows: readonly MetadataRow[]) => {
  const keys = rows.map(({ key }) => key.trim()).filter((key) => key !== '');
  return new Set(keys).size < keys.length;
};

export const isCredential = (name: string): boolean =>
  isFieldName(name) && fieldOf(name).kind === 'credential';

const asRead = (name: WholeFieldName, typed: string): string => {
  const { kind } = fieldOf(name);
  if (kind === 'prose') return typed;
  const text = trimmed(typed);
  // A space at the end of a login is told by the schema, not taken off.
  if (kind === 'login') return text === '' ? '' : typed;
  return kind === 'name' ? text.normalize('NFC') : text;
};

/**
 * Text that is empty on the screen is null on the wire. What the server would read as what is stored is no
 * change.
 */
const setText = (patch: Patch, record: PhoneNumber, name: WholeFieldName, typed: string) => {
  const [stored, text] = [valueIn(record, name) ?? '', asRead(name, typed)];
  if (typed !== stored && text !== stored) patch[name] = text === '' ? null : text;
};

/** The parts of routing or call handling that are not as they are stored; the others are not sent. */
const partsPatch = (
  stored: PhoneNumberValues,
  values: PhoneNumberValues,
  names: readonly FormFieldName[],
) => {
  const changed = names.filter((name) => !isSame(valueAt(stored, name), valueAt(values, name)));
  return changed.length > 0
    ? Object.fromEntries(changed.map((name) => [name.slice(name.indexOf('.') + 1), valueAt(values, name)]))
    : undefined;
};

/**
 * The smallest patch that makes the record what the form shows, what is still being typed included. Empty
 * when nothing would change.
 */
export const toPatch = (record: PhoneNumber, shown: PhoneNumberValues): Patch => {
  const values = committed(shown);
  const patch: Patch = {};
  for (const name of [...plainNames, ...editableSettingsOf(record.provider)])
    setText(patch, record, name, values[name] ?? '');
  if (!isSameSet(values.labels, record.labels)) patch.labels = values.labels;
  const metadata = metadataPatch(record.metadata, metadataOf(values.metadata));
  if (metadata !== undefined) patch.metadata = metadata;
  else if (hasKeyTwice(values.metadata)) patch.metadata = {};
  for (const name of credentialsOf[record.provider]) {
    const draft = values[name];
    if (draft === null ? hasCredential(record, name) : draft !== '') patch[name] = draft;
  }
  const stored = valuesOf(record);
  const routing = partsPatch(stored, values, routingFields);
  if (routing) patch.routing = routing;
  const handling = partsPatch(stored, values, callHandlingFields);
  if (handling) patch.call_handling = handling;
  if (!isSame(stored.temporary_reassignment, values.temporary_reassignment))
    patch.temporary_reassignment = values.temporary_reassignment;
  return patch;
};

/** What a patch changes, by the names the form has for it: `routing.rules`, where the wire has `routing`. */
export const fieldsOf = (patch: Patch): FormFieldName[] =>
  Object.entries(patch).flatMap(([name, value]) =>
    name === 'routing' || name === 'call_handling'
      ? Object.keys(value as object).map((part) => `${name}.${part}`)
      : [name],
  ) as FormFieldName[];

export const changedFields = (record: PhoneNumber, values: PhoneNumberValues) =>
  fieldsOf(toPatch(record, values));

/** Whether one field, as the form has it, is not as it is stored. */
export const isChanged = (record: PhoneNumber, name: FormFieldName, value: unknown) =>
  changedFields(record, withValue(valuesOf(record), name, value)).length > 0;
