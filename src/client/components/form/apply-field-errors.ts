import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { partsOfPointer } from '#contract/pointer.ts';
import type { ApiError, ErrorCode } from '#client/api/api-error.ts';

type Form<T extends FieldValues> = Pick<UseFormReturn<T>, 'setError' | 'setFocus'>;

interface Where<T extends FieldValues> {
  /** The fields of the form, in the order in which they stand. */
  fields: readonly FieldPath<T>[];
  /** The field that a problem without pointers is about. */
  byCode?: Partial<Record<ErrorCode, FieldPath<T>>>;
}

/** `/labels/2` → `labels.2` */
export const pathOfPointer = (pointer: string) => partsOfPointer(pointer).join('.');

/** The form's field that a path lies in: `labels` for `labels.2`. */
const fieldOf = <F extends string>(path: string, fields: readonly F[]) =>
  fields.find((field) => path === field || path.startsWith(`${field}.`));

/**
 * Puts what the server refused beside the fields it is about and focuses the first of them.
 * Returns the messages that belong to no field here, for the form to show in its one other place.
 */
export const applyFieldErrors = <T extends FieldValues>(
  error: ApiError,
  form: Form<T>,
  { fields, byCode = {} }: Where<T>,
): string[] => {
  const told = new Map<FieldPath<T>, string>();
  const left: string[] = [];
  for (const { pointer, message } of error.errors) {
    const field = fieldOf(pathOfPointer(pointer), fields);
    if (field === undefined) left.push(message);
    else if (!told.has(field)) told.set(field, message);
  }
  if (told.size === 0 && left.length === 0) {
    const field = byCode[error.code];
    if (field === undefined) left.push(error.detail);
    else told.set(field, error.detail);
  }
  for (const [field, message] of told) form.setError(field, { type: 'server', message });
  const first = fields.find((field) => told.has(field));
  if (first !== undefined) form.setFocus(first);
  return left;
};
