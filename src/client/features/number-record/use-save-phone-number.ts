import { useRef, useState } from 'react';
import type { FieldErrors, UseFormReturn } from 'react-hook-form';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ApiError, isJudged, mayBeDone, toApiError } from '#client/api/api-error.ts';
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
import { newKey } from '#client/lib/new-key.ts';

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

/** A save on its way. */
interface Attempt {
  from: PhoneNumber;
  values: PhoneNumberValues;
  body: Record<string, unknown>;
  idempotencyKey: string;
  /** How its answer was lost, where it was. */
  lost?: ApiError;
}

/**
 * Saves what changed, once at a time. Whatever the server says, nothing typed is lost. Where it says nothing,
 * the next save first sends this one again, by the same key: an own change is never someone else's.
 */
export const useSavePhoneNumber = ({ form, base, setBase, stale, onFieldErrors, onInvalid }: SaveOptions) => {
  const updatePhoneNumber = useUpdatePhoneNumber();
  const isRunning = useRef(false);
  const [isSaving, setIsSaving] = useState(false);
  const [hasSaved, setHasSaved] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);

  const unanswered = useRef<Attempt | null>(null);
  const [isUnanswered, setIsUnanswered] = useState(false);

  const attempt = async (act: Attempt): Promise<PhoneNumber> => {
    const { from, body, idempotencyKey, values } = act;
    unanswered.current = act;
    try {
      const stored = await updatePhoneNumber({ record: from, body, version: from.version, idempotencyKey });
      unanswered.current = null;
      form.reset(keepTyping(stored, values, form.getValues()));
      setBase(stored);
      return stored;
    } catch (thrown) {
      const error = toApiError(thrown);
      // What is refused unseen says nothing of the try before.
      const lost = isJudged(error) ? undefined : (act.lost ?? (mayBeDone(error) ? error : undefined));
      unanswered.current = lost === undefined ? null : { ...act, lost };
      throw lost ?? error;
    }
  };

  /** What the save without an answer stored; null where there is none, or it was refused. */
  const settleUnanswered = async (): Promise<PhoneNumber | null> => {
    if (unanswered.current === null) return null;
    try {
      return await attempt(unanswered.current);
    } catch (thrown) {
      if (unanswered.current !== null) throw thrown;
      return null;
    }
  };

  const run = async (work: () => Promise<PhoneNumber | null>) => {
    if (isRunning.current || stale.isUndecided) return;
    isRunning.current = true;
    setIsSaving(true);
    setHasSaved(false);
    setProblems([]);
    try {
      if ((await work()) === null) return;
      stale.settle();
      flashRow(base._id);
      // Said in the sheet itself: a toast would lie over the bar of the next change.
      setHasSaved(true);
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.current !== undefined) stale.merge(error.current);
      else setProblems(onFieldErrors(error));
    } finally {
      isRunning.current = false;
      setIsSaving(false);
      setIsUnanswered(unanswered.current !== null);
    }
  };

  const send = (values: PhoneNumberValues) =>
    run(async () => {
      const settled = await settleUnanswered();
      // What others have saved since is in the form by then: pressed before, it would be taken back.
      const [from, now] = settled === null ? [base, values] : [settled, structuredClone(form.getValues())];
      const body = toPatch(from, now);
      if (Object.keys(body).length === 0) return settled;
      return attempt({ from, values: now, body, idempotencyKey: newKey() });
    });
  return {
    save: () => void form.handleSubmit((values) => send(structuredClone(values)), onInvalid)(),
    /** Asks once more what became of the save that has no answer. */
    askAgain: () => void run(settleUnanswered),
    isUnanswered,
    isSaving,
    hasSaved,
    problems,
    /** What was typed is given up: nothing of it is sent again. */
    forget: () => {
      unanswered.current = null;
      setIsUnanswered(false);
      setProblems([]);
    },
  };
};
