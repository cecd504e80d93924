import { useFormState } from 'react-hook-form';
import { toldIn } from './field-errors.ts';
import type { PhoneNumberValues } from './phone-number-values.ts';

/** What is said of each place of the form, by its JSON pointer. */
export const useTold = (): ReadonlyMap<string, string> => {
  const { errors } = useFormState<PhoneNumberValues>();
  return new Map(toldIn(errors).map(({ pointer, message }) => [pointer, message]));
};
