import { createContext, use, useEffect, useRef, type RefObject } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { CredentialName } from '#contract/numbers/fields.ts';
import type { ShownSecret } from '#client/components/secret-field/secret-field-shown.ts';
import type { FormFieldName } from './phone-number-values.ts';
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

const FRAMES = 20;

/** Focuses the control that stands for a pointer, or the nearest around it, once it is drawn. */
const focusPlace = (root: HTMLElement, pointer: string, framesLeft = FRAMES): void => {
  const places = [...root.querySelectorAll<HTMLElement>('[data-pointer]')];
  const around = places.filter(
    ({ dataset }) => pointer === dataset['pointer'] || pointer.startsWith(`${dataset['pointer']}/`),
  );
  const nearest = around.toSorted(
    (a, b) => (b.dataset['pointer']?.length ?? 0) - (a.dataset['pointer']?.length ?? 0),
  )[0];
  if (nearest?.dataset['pointer'] !== pointer && framesLeft > 0) {
    requestAnimationFrame(() => focusPlace(root, pointer, framesLeft - 1));
    return;
  }
  nearest?.scrollIntoView({ block: 'center' });
  nearest?.focus({ preventScroll: true });
};

/** Follows the form's target within an element; `onTarget` opens what hides the place. */
export const useTarget = (
  root: RefObject<HTMLElement | null>,
  isMine: (pointer: string) => boolean,
  onTarget?: (pointer: string) => void,
) => {
  const { target } = usePhoneNumberForm();
  const current = useRef({ isMine, onTarget });
  useEffect(() => {
    current.current = { isMine, onTarget };
  });
  useEffect(() => {
    if (target === null || root.current === null || !current.current.isMine(target.pointer)) return;
    current.current.onTarget?.(target.pointer);
    focusPlace(root.current, target.pointer);
  }, [target, root]);
};
