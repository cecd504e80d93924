import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { businessHoursCreateSchema, type BusinessHours } from '#contract/business-hours.ts';
import type { FieldError } from '#contract/errors.ts';
import { over } from '#contract/reading/reading.ts';
import { toApiError } from '#client/api/api-error.ts';
import { bodyOf, changedBody, messagesOfNoField, type HoursDraft } from './hours-draft.ts';
import {
  businessHoursQuery,
  useAddBusinessHours,
  useUpdateBusinessHours,
} from '#client/features/business-hours/queries.ts';

/**
 * What the schema finds wrong, in the words and places in which the server would say it. What is stored so
 * may stay.
 */
export const checkDraft = (base: BusinessHours | null, draft: HoursDraft): FieldError[] => {
  const { error } = over(businessHoursCreateSchema, base, () =>
    businessHoursCreateSchema.safeParse(bodyOf(draft)),
  );
  return (error?.issues ?? []).map(({ path, message, code }) => ({
    pointer: path.map((part) => `/${String(part)}`).join(''),
    code,
    message,
  }));
};

interface Refusal {
  errors: FieldError[];
  /** What belongs to no field. */
  messages: string[];
}
const NOTHING: Refusal = { errors: [], messages: [] };

interface SaveOptions {
  onSaved: (stored: BusinessHours) => void;
  /** Someone else saved in between: what is stored now. */
  onStale: (theirs: BusinessHours) => void;
}

/** Saves hours, once at a time. What is refused comes back by its place; what was drawn stays either way. */
export const useSaveBusinessHours = ({ onSaved, onStale }: SaveOptions) => {
  const client = useQueryClient();
  const add = useAddBusinessHours();
  const update = useUpdateBusinessHours();
  const isRunning = useRef(false);
  const [isSaving, setSaving] = useState(false);
  const [refusal, refuse] = useState(NOTHING);
  // Counts the refusals: each one moves the focus to the first place that is wrong.
  const [refusals, setRefusals] = useState(0);

  const tell = (errors: FieldError[], messages: string[]) => {
    refuse({ errors, messages });
    setRefusals((count) => count + 1);
  };

  const send = (base: BusinessHours | null, draft: HoursDraft) =>
    base === null
      ? add.mutateAsync(bodyOf(draft))
      : update.mutateAsync({
          business_hours_id: base.business_hours_id,
          version: base.version,
          body: changedBody(base, draft),
        });

  const readTheirs = async (base: BusinessHours) =>
    (await client.fetchQuery({ ...businessHoursQuery, staleTime: 0 })).find(
      ({ business_hours_id: id }) => id === base.business_hours_id,
    );

  const onFailure = async (thrown: unknown, base: BusinessHours | null) => {
    const error = toApiError(thrown);
    if (error.code === 'unauthenticated') return;
    if (error.code === 'version_conflict' && base !== null) {
      const theirs = await readTheirs(base);
      return theirs ? onStale(theirs) : undefined;
    }
    // Deleted meanwhile: the list is read anew, and the form says so.
    if (error.status === 404) return client.invalidateQueries(businessHoursQuery);
    const lost = messagesOfNoField(error.errors);
    tell(error.errors, error.errors.length === 0 ? [error.detail] : lost);
  };

  const save = async (base: BusinessHours | null, draft: HoursDraft) => {
    if (isRunning.current) return;
    const errors = checkDraft(base, draft);
    if (errors.length > 0) return tell(errors, messagesOfNoField(errors));
    isRunning.current = true;
    setSaving(true);
    refuse(NOTHING);
    try {
      onSaved(await send(base, draft));
    } catch (thrown) {
      await onFailure(thrown, base).catch((again: unknown) => tell([], [toApiError(again).detail]));
    } finally {
      isRunning.current = false;
      setSaving(false);
    }
  };

  /** After a refusal, what is mended goes out at once. */
  const recheck = (base: BusinessHours | null, draft: HoursDraft) =>
    refusal === NOTHING ? undefined : refuse({ errors: checkDraft(base, draft), messages: [] });
  return { save, recheck, isSaving, refusals, ...refusal };
};
