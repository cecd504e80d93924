import type { FieldErrors, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import {
  phoneNumberCreateSchema,
  phoneNumberPatchSchemas,
  type PhoneNumber,
} from '#contract/numbers/phone-numbers.ts';
import type { Provider } from '#contract/numbers/choices.ts';
import { pointerTo } from '#contract/pointer.ts';
import { over } from '#contract/reading/reading.ts';
import { EXAMPLE_MOMENT } from '#client/components/date/read-moment.ts';
import type { AddValues } from './to-create.ts';
import { toCreate } from './to-create.ts';
import { fieldOfPointer, toFieldErrors, type FieldMessage } from './field-errors.ts';
import { valueIn, type MetadataRow, type PhoneNumberValues } from './phone-number-values.ts';
import { toPatch } from './to-patch.ts';

type Issue = z.core.$ZodIssue;

/** Of a choice between shapes, what is wrong with the one that was meant: the one whose fields are there. */
const meant = (issue: Issue): Issue[] => {
  if (issue.code !== 'invalid_union') return [issue];
  const shape = issue.errors.find(
    (issues) => issues.length > 0 && !issues.some(({ code }) => code === 'unrecognized_keys'),
  );
  return shape ? shape.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) : [issue];
};

const messageOf = (issue: Issue): string => {
  const [field, part] = issue.path;
  // The schema speaks to scripts: a date field's own words say what is wrong with what was typed there.
  const isUnreadDate = issue.code === 'invalid_format' && issue.format === 'datetime' && issue.input !== '';
  if (isUnreadDate) return `This is no moment. Write it as ${EXAMPLE_MOMENT}.`;
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return field === 'metadata' && part !== undefined ? `${String(part)}: ${message}` : message;
};

const messagesBy = (issues: readonly Issue[]): FieldMessage[] =>
  issues.flatMap(meant).map((issue) => ({ pointer: pointerTo(...issue.path), message: messageOf(issue) }));

const rowsMessage = (rows: readonly MetadataRow[]) => {
  const keys = rows
    .filter(({ key, value }) => key.trim() !== '' || value !== '')
    .map(({ key }) => key.trim());
  if (keys.includes('')) return 'Write a key for each value.';
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  return twice === undefined ? undefined : `The key ${twice} is there twice. Keep one of them.`;
};

const metadataMessages = (rows: readonly MetadataRow[]): FieldMessage[] => {
  const message = rowsMessage(rows);
  return message === undefined ? [] : [{ pointer: '/metadata', message }];
};

const resultOf = <T extends PhoneNumberValues>(values: T, messages: readonly FieldMessage[]) =>
  messages.length === 0
    ? { values, errors: {} as Record<string, never> }
    : { values: {} as Record<string, never>, errors: toFieldErrors(messages) as FieldErrors<T> };

/**
 * Judges what would be sent, by the contract's schema of the number's provider: what is as it is stored is
 * not judged.
 */
export const resolvePatch =
  (record: PhoneNumber): Resolver<PhoneNumberValues> =>
  (values) => {
    const schema = phoneNumberPatchSchemas[record.provider];
    const patch = toPatch(record, values);
    const replaced = Object.fromEntries(Object.keys(patch).map((name) => [name, valueIn(record, name)]));
    const { error } = over(schema, replaced, () => schema.safeParse(patch, { reportInput: true }));
    const messages = messagesBy(error?.issues ?? []).filter(
      ({ pointer }) => fieldOfPointer(pointer) !== undefined,
    );
    return resultOf(values, [...metadataMessages(values.metadata), ...messages]);
  };

/** The same for a number that is being added. */
export const resolveCreate =
  (provider: Provider): Resolver<AddValues> =>
  (values) => {
    const { error } = phoneNumberCreateSchema.safeParse(toCreate(provider, values));
    const messages = messagesBy(error?.issues ?? []);
    const number = messages.find(({ pointer }) => pointer === '/phone_number');
    const { errors } = resultOf<AddValues>(
      values,
      messages.filter(({ pointer }) => fieldOfPointer(pointer) !== undefined),
    );
    if (number)
      return {
        values: {},
        errors: { ...errors, phone_number: { type: 'validate', message: number.message } },
      };
    return Object.keys(errors).length === 0 ? { values, errors: {} } : { values: {}, errors };
  };
