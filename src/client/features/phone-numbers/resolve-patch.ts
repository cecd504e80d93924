import type { FieldErrors, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import { phoneNumberCreateSchema, phoneNumberPatchSchemas, type PhoneNumber } from '#contract/phone-numbers.ts';
import type { Provider } from '#contract/providers.ts';
import type { AddValues } from './to-create.ts';
import { toCreate } from './to-create.ts';
import { fieldLabels, type FieldName, type MetadataRow, type PhoneNumberValues } from './phone-number-values.ts';
import { toPatch } from './to-patch.ts';

type Issue = z.core.$ZodIssue;

/** The one message of each field: the first the schema has, with the part of the field it is about. */
const messagesOf = (issues: readonly Issue[], names: readonly string[]): Record<string, string> => {
  const messages: Record<string, string> = {};
  for (const issue of issues) {
    const [field, part] = issue.path;
    if (typeof field !== 'string' || !names.includes(field)) continue;
    const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    messages[field] ??= field === 'metadata' && part !== undefined ? `${String(part)}: ${message}` : message;
  }
  return messages;
};

const rowsMessage = (rows: readonly MetadataRow[]) => {
  const keys = rows.filter(({ key, value }) => key.trim() !== '' || value !== '').map(({ key }) => key.trim());
  if (keys.includes('')) return 'Write a key for each value.';
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  return twice === undefined ? undefined : `The key ${twice} is there twice. Keep one of them.`;
};

const resultOf = <T extends PhoneNumberValues>(values: T, messages: Record<string, string | undefined>) => {
  const told = Object.entries(messages).filter(([, message]) => message !== undefined);
  if (told.length === 0) return { values, errors: {} as Record<string, never> };
  return {
    values: {} as Record<string, never>,
    errors: Object.fromEntries(told.map(([field, message]) => [field, { type: 'validate', message }])) as FieldErrors<T>,
  };
};

const names = Object.keys(fieldLabels);

/** Judges what would be sent, by the contract's schema of the number's provider: fields that are unchanged are not judged. */
export const resolvePatch =
  (record: PhoneNumber): Resolver<PhoneNumberValues> =>
  (values) => {
    const { error } = phoneNumberPatchSchemas[record.provider].safeParse(toPatch(record, values));
    const messages: Partial<Record<FieldName, string>> = messagesOf(error?.issues ?? [], names);
    return resultOf(values, { ...messages, metadata: rowsMessage(values.metadata) ?? messages.metadata });
  };

/** The same for a number that is being added. */
export const resolveCreate =
  (provider: Provider): Resolver<AddValues> =>
  (values) => {
    const { error } = phoneNumberCreateSchema.safeParse(toCreate(provider, values));
    return resultOf(values, messagesOf(error?.issues ?? [], ['phone_number', ...names]));
  };
