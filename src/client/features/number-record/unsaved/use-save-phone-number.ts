import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { FieldErrors, UseFormReturn } from 'react-hook-form';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { isJudged, mayBeDone, toApiError, type ApiError } from '#client/api/api-error.ts';
import { committed } from '#client/features/number-fields/typed/committed.ts';
import { valuesOf, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { toPatch } from '#client/features/number-fields/to-patch.ts';
import { noteOwnChange } from '#client/features/numbers/own-changes/note-own-change.ts';
import { readPhoneNumber, useUpdatePhoneNumber } from '#client/features/numbers/queries.ts';
import { oneKey, putRecord } from '#client/features/numbers/records.ts';
import { newKey } from '#client/lib/new-key.ts';
import { keepTyping } from './keep-typing.ts';
import { isMadeBy, isStillMeant, type Attempt } from './lost-save.ts';
import type { StaleSave } from './use-stale-save.ts';

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

/** Puts what is still being typed where it belongs, so that what is wrong with it is said at its place. */
const commitTyped = ({ getValues, setValue }: UseFormReturn<PhoneNumberValues>) => {
  const now = getValues();
  const next = committed(now);
  if (next === now) return;
  setValue('labels', next.labels);
  setValue('call_handling.blocked_callers', next.call_handling.blocked_callers);
  setValue('typed', next.typed);
};

/**
 * Saves what changed, once at a time. Whatever the server says, nothing typed is lost. Where it says nothing,
 * the next save first finds out what became of this one: an own change is never someone else's, and one that
 * was given up is not made.
 */
export const useSavePhoneNumber = ({ form, base, setBase, stale, onFieldErrors, onInvalid }: SaveOptions) => {
  const client = useQueryClient();
  const updatePhoneNumber = useUpdatePhoneNumber();
  const isRunning = useRef(false);
  const [isSaving, setIsSaving] = useState(false);
  const [hasSaved, setHasSaved] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);

  const unanswered = useRef<Attempt | null>(null);
  const [isUnanswered, setIsUnanswered] = useState(false);

  const begin = (stored: PhoneNumber, sent: PhoneNumberValues) => {
    unanswered.current = null;
    form.reset(keepTyping(valuesOf(stored), sent, form.getValues()));
    setBase(stored);
    return stored;
  };

  const attempt = async (act: Attempt): Promise<PhoneNumber> => {
    const { from, body, idempotencyKey, values } = act;
    unanswered.current = act;
    try {
      const stored = await updatePhoneNumber({ record: from, body, version: from.version, idempotencyKey });
      return begin(stored, values);
    } catch (thrown) {
      const error = toApiError(thrown);
      // What is refused unseen says nothing of the try before.
      const lost = isJudged(error) ? undefined : (act.lost ?? (mayBeDone(error) ? error : undefined));
      unanswered.current = lost === undefined ? null : { ...act, lost };
      throw lost ?? error;
    }
  };

  const askAgain = async (act: Attempt): Promise<PhoneNumber | null> => {
    try {
      return await attempt(act);
    } catch (thrown) {
      if (unanswered.current !== null) throw thrown;
      return null;
    }
  };

  /** What a save that was given up stored all the same; null where it did not. Nothing of it is sent. */
  const lookAfter = async (act: Attempt): Promise<PhoneNumber | null> => {
    const stored = await readPhoneNumber(act.from._id);
    putRecord(client, stored);
    unanswered.current = null;
    return isMadeBy(act, stored) ? begin(stored, act.values) : null;
  };

  /** What the save without an answer stored; null where there is none, or it did nothing. */
  const settleUnanswered = async (): Promise<PhoneNumber | null> => {
    const act = unanswered.current;
    if (act === null) return null;
    return isStillMeant(act, form.getValues()) ? askAgain(act) : lookAfter(act);
  };

  const run = async (work: () => Promise<PhoneNumber | null>) => {
    if (isRunning.current || stale.isUndecided) return;
    isRunning.current = true;
    setIsSaving(true);
    setHasSaved(false);
    setProblems([]);
    try {
      const stored = await work();
      if (stored === null) return;
      stale.settle();
      noteOwnChange(stored);
      // Said in the sheet itself: a toast would lie over the bar of the next change.
      setHasSaved(true);
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.current !== undefined) stale.merge(error.current);
      else setProblems(onFieldErrors(error));
      // Deleted meanwhile: what is known of it is read anew, and says so.
      if (error.status === 404) void client.invalidateQueries({ queryKey: oneKey(base._id) });
    } finally {
      isRunning.current = false;
      setIsSaving(false);
      setIsUnanswered(unanswered.current !== null);
    }
  };

  /** Stores what is typed over this record; null where that changes nothing. */
  const saveOver = async (from: PhoneNumber, typed?: PhoneNumberValues): Promise<PhoneNumber | null> => {
    const values = typed ?? structuredClone(form.getValues());
    const body = toPatch(from, values);
    if (Object.keys(body).length === 0) return null;
    return attempt({ from, values, body, idempotencyKey: newKey() });
  };

  const send = (values: PhoneNumberValues) =>
    run(async () => {
      const settled = await settleUnanswered();
      // What others have saved since is in the form by then: pressed before, it would be taken back.
      const saved = settled === null ? await saveOver(base, values) : await saveOver(settled);
      return saved ?? settled;
    });
  return {
    save: () => {
      commitTyped(form);
      void form.handleSubmit((values) => send(structuredClone(values)), onInvalid)();
    },
    saveOver,
    run,
    /** Asks once more what became of the save that has no answer. */
    askAgain: () => void run(settleUnanswered),
    isUnanswered,
    isSaving,
    hasSaved,
    problems,
    forgetProblems: () => setProblems([]),
    /** What was typed is given up: nothing of it is sent again. */
    forget: () => {
      unanswered.current = null;
      setIsUnanswered(false);
      setHasSaved(false);
      setProblems([]);
    },
  };
};
