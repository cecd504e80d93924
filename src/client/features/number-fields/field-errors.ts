import type { FieldError, FieldErrors } from 'react-hook-form';
import { partsOfPointer } from '#contract/pointer.ts';
import { fieldLabels, type FormFieldName, type PhoneNumberValues } from './phone-number-values.ts';

/**
 * What is wrong with a number, by JSON pointer, as the server says it and the contract's schemas do. A field
 * of many parts, such as the rules, holds all that is said of it: its editor shows each at its very place.
 */
export interface Told {
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

/** One error of a field, out of all that is said of it. */
export const toFieldError = (type: string, told: readonly Told[]): FieldError => ({
  type,
  message: told[0]?.message ?? '',
  // Of what is said of one place, the first.
  types: Object.fromEntries(
    told
      .filter(({ pointer }, at) => told.findIndex((other) => other.pointer === pointer) === at)
      .map(({ pointer, message }) => [pointer, message]),
  ),
});

/** By field, in the order in which they are told. */
export const byField = (told: readonly Told[]): Map<FormFieldName, Told[]> => {
  const fields = new Map<FormFieldName, Told[]>();
  for (const each of told) {
    const field = fieldOfPointer(each.pointer);
    if (field !== undefined) fields.set(field, [...(fields.get(field) ?? []), each]);
  }
  return fields;
};

/** As the form library nests them. */
export const toFieldErrors = (told: readonly Told[]): FieldErrors<PhoneNumberValues> => {
  const errors: Record<string, unknown> = {};
  for (const [field, each] of byField(told)) {
    const [whole = '', part] = field.split('.');
    const error = toFieldError('validate', each);
    errors[whole] = part === undefined ? error : { ...(errors[whole] as object | undefined), [part]: error };
  }
  return errors as FieldErrors<PhoneNumberValues>;
};

const isError = (value: unknown): value is FieldError =>
  typeof value === 'object' && value !== null && 'type' in value;

/** All that is told in the form's errors, each with its pointer. */
export const toldIn = (errors: object): Told[] =>
  Object.entries(errors).flatMap(([name, value]: [string, unknown]) => {
    if (!isError(value)) return typeof value === 'object' && value !== null ? toldIn(value) : [];
    const types = Object.entries(value.types ?? { [`/${name}`]: value.message });
    return types.map(([pointer, message]) => ({ pointer, message: String(message) }));
  });
