import { get, set, type FieldError, type FieldErrors } from 'react-hook-form';
import { partsOfPointer, pointerTo } from '#contract/pointer.ts';
import {
  callFields,
  fieldLabels,
  type FormFieldName,
  type PhoneNumberValues,
} from './phone-number-values.ts';

/**
 * What is wrong with a number, by JSON pointer, as the server says it and the contract's schemas do. Of a
 * field of many parts, such as the rules, its editor shows each at its very place.
 */
export interface FieldMessage {
  pointer: string;
  message: string;
}

const isField = (name: string): name is FormFieldName => name in fieldLabels;

/** The field a pointer lies in; undefined where the form has none. */
export const fieldOfPointer = (pointer: string): FormFieldName | undefined => {
  const [whole = '', part] = partsOfPointer(pointer);
  if (isField(whole)) return whole;
  const name = `${whole}.${part ?? ''}`;
  return isField(name) ? name : undefined;
};

export const pointerOfField = (field: FormFieldName) => `/${field.replace('.', '/')}`;

/** By field, in the order in which they are told. */
export const byField = (messages: readonly FieldMessage[]): Map<FormFieldName, FieldMessage[]> => {
  const fields = new Map<FormFieldName, FieldMessage[]>();
  for (const each of messages) {
    const field = fieldOfPointer(each.pointer);
    if (field !== undefined) fields.set(field, [...(fields.get(field) ?? []), each]);
  }
  return fields;
};

/**
 * Where the form library keeps what is said of a place: at its path in the values, or at the field that shows
 * it as a whole.
 */
const pathOf = (pointer: string): string | undefined => {
  const field = fieldOfPointer(pointer);
  return field !== undefined && callFields.includes(field) ? partsOfPointer(pointer).join('.') : field;
};

/** As the form library nests them: of what is said of one place, the first. */
export const toFieldErrors = (
  messages: readonly FieldMessage[],
  type = 'validate',
): FieldErrors<PhoneNumberValues> => {
  const errors: FieldErrors<PhoneNumberValues> = {};
  for (const { pointer, message } of messages) {
    const path = pathOf(pointer);
    if (path === undefined) continue;
    const there = get(errors, path) as FieldError | undefined;
    if (there?.message === undefined) set(errors, path, { ...there, type, message });
  }
  return errors;
};

/** All that is told in the form's errors, each with its pointer: of the parts before the whole. */
export const fieldMessagesIn = (errors: object, path: readonly string[] = []): FieldMessage[] =>
  Object.entries(errors).flatMap(([name, value]: [string, unknown]) => {
    // The library keeps the control beside its error.
    if (name === 'ref' || typeof value !== 'object' || value === null) return [];
    const here = [...path, name];
    const within = fieldMessagesIn(value, here);
    return 'message' in value && typeof value.message === 'string'
      ? [...within, { pointer: pointerTo(...here), message: value.message }]
      : within;
  });

/** What is said of a field or of a place within it, the first. */
export const firstMessage = (error: object | undefined): string | undefined =>
  fieldMessagesIn({ error })[0]?.message;
