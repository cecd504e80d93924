import { useRef, useState } from 'react';
import type { FieldErrors, UseFormReturn } from 'react-hook-form';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ApiError, toApiError } from '#client/api/api-error.ts';
import { flashRow } from '#client/features/numbers/flash-row.ts';
import {
  callFields,
  isSame,
  valueAt,
  valuesOf,
  withValue,
  type FormFieldName,
  type PhoneNumberValues,
} from '#client/features/number-fields/phone-number-values.ts';
import { useUpdatePhoneNumber } from '#client/features/numbers/queries.ts';
import type { StaleSave } from './use-stale-save.ts';
import { toPatch } from '#client/features/number-fields/to-patch.ts';

interface SaveOptions {
  form: UseFormReturn<PhoneNumberValues>;
  /** The record the form began from, and how to begin from another. */
  base: PhoneNumber;
  setBase: (record: PhoneNumber) => void;
  stale: StaleSave;
  /** Field errors of the server, laid at their fields; hands back those without one. */
  onFieldErrors: (error: ApiError) => string[];
  /** What the form itself found wrong. */
  onInvalid: (errors: FieldErrors<PhoneNumberValues>) => void;
}

/** What was typed while the save was on its way stays typed. */
const keepTyping = (
  stored: PhoneNumber,
  sent: PhoneNumberValues,
  now: PhoneNumberValues,
): PhoneNumberValues => {
  const names = [
    ...(Object.keys(sent).filter(
      (name) => name !== 'routing' && name !== 'call_handling',
    ) as FormFieldName[]),
    ...callFields,
  ];
  return names
    .filter((name) => !isSame(valueAt(now, name), valueAt(sent, name)))
    .reduce((values, name) => withValue(values, name, valueAt(now, name)), valuesOf(stored));
};

/** Saves what changed, once at a time. Whatever the server says, nothing typed is lost. */
export const useSavePhoneNumber = ({ form, base, setBase, stale, onFieldErrors, onInvalid }: SaveOptions) => {
  const updatePhoneNumber = useUpdatePhoneNumber();
  const isRunning = useRef(false);
  const [isSaving, setIsSaving] = useState(false);
  const [hasSaved, setHasSaved] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);

  const send = async (sent: PhoneNumberValues) => {
    const body = toPatch(base, sent);
    if (isRunning.current || stale.isUndecided || Object.keys(body).length === 0) return;
    isRunning.current = true;
    setIsSaving(true);
    setHasSaved(false);
    setProblems([]);
    try {
      const stored = await updatePhoneNumber({ record: base, body, version: base.version });
      form.reset(keepTyping(stored, sent, form.getValues()));
      setBase(stored);
      stale.settle();
      flashRow(stored._id);
      // Said in the sheet itself: a toast would lie over the bar of the next change.
      setHasSaved(true);
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.current !== undefined) stale.merge(error.current);
      else setProblems(onFieldErrors(error));
    } finally {
      isRunning.current = false;
      setIsSaving(false);
    }
  };
  return {
    save: () => void form.handleSubmit((values) => send(structuredClone(values)), onInvalid)(),
    isSaving,
    hasSaved,
    problems,
    forgetProblems: () => setProblems([]),
  };
};
