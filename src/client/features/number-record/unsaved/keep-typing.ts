import {
  callFields,
  isSame,
  valueAt,
  withValue,
  type FormFieldName,
  type PhoneNumberValues,
} from '#client/features/number-fields/phone-number-values.ts';

const isOfForm = (name: string): name is FormFieldName =>
  name !== 'routing' && name !== 'call_handling' && name !== 'typed';

/** What was typed between `before` and `now`, laid over other values: it stays typed. */
export const keepTyping = (
  onto: PhoneNumberValues,
  before: PhoneNumberValues,
  now: PhoneNumberValues,
): PhoneNumberValues => {
  const names = [...Object.keys(before).filter(isOfForm), ...callFields];
  const kept = names
    .filter((name) => !isSame(valueAt(now, name), valueAt(before, name)))
    .reduce((values, name) => withValue(values, name, valueAt(now, name)), onto);
  return isSame(now.typed, before.typed) ? kept : { ...kept, typed: now.typed };
};
