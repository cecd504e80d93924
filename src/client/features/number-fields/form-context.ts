import { createContext, use, useEffect, useRef } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { CredentialName } from '#contract/numbers/fields.ts';
import type { ShownSecret } from '#client/components/secret-field/secret-field-shown.ts';
import type { FormFieldName } from './phone-number-values.ts';
import type { Places } from './places.ts';
import { isChanged } from './to-patch.ts';

/** A JSON pointer into the number, or a place of the form that has a pointer of its own. */
export interface FormTarget {
  pointer: string;
}

/** What the fields of a number's form know beyond their values. */
export interface PhoneNumberFormContext {
  /** Null while the number is being added. */
  record: PhoneNumber | null;
  mayEdit: boolean;
  /** The place that is to be shown and focused: another object each time it is asked for. */
  target: FormTarget | null;
  /** Leads to a place: shows its tab, opens what hides it, and focuses it. */
  show: (pointer: string) => void;
  places: Places;
  /** Asks for a credential in clear; null when the operator called it off. */
  reveal: (credential: CredentialName) => Promise<ShownSecret | null>;
}

export const FormContext = createContext<PhoneNumberFormContext | null>(null);

export const usePhoneNumberForm = (): PhoneNumberFormContext => {
  const context = use(FormContext);
  if (context === null) throw new Error('A field of a number stands outside its form.');
  return context;
};

/** Whether a field's value is not as it is stored. While the number is being added, nothing is. */
export const useIsChanged = (name: FormFieldName, value: unknown): boolean => {
  const { record } = usePhoneNumberForm();
  return record !== null && isChanged(record, name, value);
};

/** What a control that stands for a pointer takes, so that it is focused when something is told of it. */
export const usePlace = () => usePhoneNumberForm().places.at;

/** Opens what hides the form's target. */
export const useTarget = (isMine: (pointer: string) => boolean, open: (pointer: string) => void) => {
  const { target } = usePhoneNumberForm();
  const current = useRef({ isMine, open });
  useEffect(() => {
    current.current = { isMine, open };
  });
  useEffect(() => {
    if (target !== null && current.current.isMine(target.pointer)) current.current.open(target.pointer);
  }, [target]);
};
