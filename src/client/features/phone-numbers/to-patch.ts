import type { PhoneNumber } from '#contract/phone-numbers.ts';
import {
  credentialsOf,
  editableSettingsOf,
  fieldOf,
  hasCredential,
  type FieldName,
  type MetadataRow,
  type PhoneNumberValues,
} from './phone-number-values.ts';

/** A merge patch: absent is unchanged, null is cleared. */
export type Patch = Partial<Record<FieldName, unknown>>;

/** Empty rows are rows not yet filled in; they are not sent. */
export const metadataOf = (rows: readonly MetadataRow[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ key, value }) => [key.trim(), value] as const).filter(([key, value]) => key !== '' || value !== ''));

const isSameSet = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((label) => b.includes(label));

const metadataPatch = (before: Record<string, string>, after: Record<string, string>) => {
  const patch: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(after)) if (before[key] !== value) patch[key] = value;
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null;
  return Object.keys(patch).length > 0 ? patch : undefined;
};

/** Text that is empty on the screen is null on the wire; the server trims, so surrounding spaces are no change. */
const setText = (patch: Patch, record: PhoneNumber, name: FieldName, typed: string, isTrimmed = true) => {
  const text = isTrimmed ? typed.trim() : typed;
  if (text !== (fieldOf(record, name) ?? '')) patch[name] = text === '' ? null : text;
};

/** The smallest patch that makes the record what the form shows. Empty when nothing would change. */
export const toPatch = (record: PhoneNumber, values: PhoneNumberValues): Patch => {
  const patch: Patch = {};
  setText(patch, record, 'friendly_name', values.friendly_name);
  for (const name of ['inbound_agent_id', 'outbound_agent_id'] as const) if (values[name] !== record[name]) patch[name] = values[name];
  if (!isSameSet(values.labels, record.labels)) patch.labels = values.labels;
  const metadata = metadataPatch(record.metadata, metadataOf(values.metadata));
  if (metadata !== undefined) patch.metadata = metadata;
  setText(patch, record, 'notes', values.notes, false);
  for (const name of editableSettingsOf(record.provider)) setText(patch, record, name, values[name]);
  for (const name of credentialsOf(record.provider)) {
    const draft = values[name];
    if (draft === null ? hasCredential(record, name) : draft !== '') patch[name] = draft;
  }
  return patch;
};

export const changedFields = (record: PhoneNumber, values: PhoneNumberValues) => Object.keys(toPatch(record, values)) as FieldName[];
