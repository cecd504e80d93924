import { createContext, use } from 'react';
import type { PhoneNumber } from '#contract/phone-numbers.ts';
import type { CredentialName } from '#contract/providers.ts';
import type { ShownSecret } from '#client/components/secret-field-shown.ts';
import type { FieldName } from './phone-number-values.ts';

/** What the fields of a number's form know beyond their values. */
export interface PhoneNumberFormContext {
  /** Null while the number is being added. */
  record: PhoneNumber | null;
  changed: ReadonlySet<FieldName>;
  mayEdit: boolean;
  /** Asks for a credential in clear; null when the operator called it off. */
  reveal: (credential: CredentialName) => Promise<ShownSecret | null>;
}

export const FormContext = createContext<PhoneNumberFormContext | null>(null);

export const usePhoneNumberForm = (): PhoneNumberFormContext => {
  const context = use(FormContext);
  if (context === null) throw new Error('A field of a number stands outside its form.');
  return context;
};
