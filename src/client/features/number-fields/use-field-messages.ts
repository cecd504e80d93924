import { useFormState } from 'react-hook-form';
import { fieldMessagesIn } from './field-errors.ts';
import type { PhoneNumberValues } from './phone-number-values.ts';

/** What is said of each place of the form, by its JSON pointer. */
export const useFieldMessages = (): ReadonlyMap<string, string> => {
  const { errors } = useFormState<PhoneNumberValues>();
  return new Map(fieldMessagesIn(errors).map(({ pointer, message }) => [pointer, message]));
};
