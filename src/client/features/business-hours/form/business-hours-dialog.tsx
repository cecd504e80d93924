import { classes } from '#client/lib/classes.ts';
import { useCallback, useRef, useState } from 'react';
import type { BusinessHours, Hours } from '#contract/business-hours.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from '#client/components/ui/dialog.tsx';
import { plural } from '#client/lib/words/format.ts';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { mayDrop } from '#client/lib/leave-guard.ts';
import type { Question } from '#client/lib/question.ts';
import { toast } from '#client/lib/toast.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { BusinessHoursDetails } from '#client/features/business-hours/business-hours-details.tsx';
import { BusinessHoursForm, UNSAVED } from './business-hours-form.tsx';
import type { HoursToEdit } from '#client/features/business-hours/questions.ts';
import { useBusinessHours, useBusinessHoursChanges } from '#client/features/business-hours/queries.ts';
import { ownZone } from '#client/components/time-zone/time-zones.ts';

const NINE_TO_FIVE = [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }];

/** New hours begin as an ordinary week in the zone that is asked for, or as those they are copied from. */
const initialOf = (all: readonly BusinessHours[], { copyOf, timeZone }: HoursToEdit): Hours => {
  const original = all.find(({ business_hours_id: id }) => id === copyOf);
  if (original === undefined)
    return { name: '', time_zone: timeZone ?? ownZone(), weekly: NINE_TO_FIVE, exceptions: [] };
  const { name, time_zone, weekly, exceptions } = original;
  return { name: `${name.slice(0, 75)} copy`, time_zone, weekly, exceptions };
};

const usedWords = (count: number) =>
  count === 0
    ? 'No number goes by them yet.'
    : `Used by ${plural(count, 'number')}: ${count === 1 ? 'it moves' : 'all of them move'} with this.`;

/** Business hours, over whatever asked for them: edited, added, or read by those who may only look. */
export const BusinessHoursDialog = ({ question }: { question: Question<HoursToEdit> }) => {
  const { businessHoursId: id, onSaved } = question.subject;
  const { data: all, error, refetch } = useBusinessHours();
  useBusinessHoursChanges();
  const mayEdit = useMay('operator');
  const stored = all?.find(({ business_hours_id }) => business_hours_id === id) ?? null;
  const isGone = all !== undefined && id !== null && stored === null;

  const [isDirty, setDirty] = useState(false);
  // Known before it is drawn: Escape may come right behind the first letter.
  const wouldDrop = useRef(false);
  const onDirty = useCallback((isDirtyNow: boolean) => {
    wouldDrop.current = isDirtyNow;
    setDirty(isDirtyNow);
  }, []);
  const isAsking = useRef(false);
  const close = async () => {
    if (isAsking.current) return;
    isAsking.current = true;
    const mayClose = !wouldDrop.current || (await mayDrop(UNSAVED));
    isAsking.current = false;
    if (mayClose) question.answer(false);
  };
  useBackCloses(() => void close());
  const onStored = (saved: BusinessHours) => {
    toast({ message: id === null ? `“${saved.name}” added` : `“${saved.name}” saved` });
    onSaved?.(saved.business_hours_id);
    question.answer(true);
  };
  const title =
    id === null ? 'Add business hours' : mayEdit ? 'Edit business hours' : (stored?.name ?? 'Business hours');
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : void close())}>
      <DialogContent
        className={classes(
          'max-w-190 grid-rows-[auto_minmax(0,1fr)_auto] gap-0 overflow-hidden p-0 max-sm:h-dvh',
          // Of one height, whatever is in it: nothing moves under the hand that adds a row.
          'sm:h-[min(52rem,calc(100dvh-2rem))]',
          'max-sm:max-h-none max-sm:w-full max-sm:rounded-none max-sm:border-0',
        )}
        // What is there already is read first: no text is selected that a key would replace, and no keyboard
        // of a phone jumps up.
        onOpenAutoFocus={(event) => {
          if (id === null) return;
          event.preventDefault();
          (event.currentTarget as HTMLElement | null)?.focus();
        }}
        // The button of the empty page goes with the first hours that are added: the page then has the focus,
        // not nothing.
        onCloseAutoFocus={() =>
          queueMicrotask(
            () => document.activeElement === document.body && document.getElementById('main')?.focus(),
          )
        }
        {...((id === null || stored === null) && { 'aria-describedby': undefined })}
      >
        <DialogHeader className="border-b px-4 pt-4 pb-3 sm:px-6">
          <DialogTitle className="pr-8">{title}</DialogTitle>
          {stored !== null && <DialogDescription>{usedWords(stored.phone_number_count)}</DialogDescription>}
        </DialogHeader>
        {all === undefined &&
          (error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <RowsSkeleton rows={7} />)}
        {isGone && !isDirty && (
          <EmptyState title="These business hours are not here">
            They were deleted. Close this and choose others.
          </EmptyState>
        )}
        {all !== undefined && (!isGone || isDirty) && mayEdit && (
          <BusinessHoursForm
            stored={stored}
            initial={stored ?? initialOf(all, question.subject)}
            isGone={isGone}
            onSaved={onStored}
            onDirty={onDirty}
            onCancel={() => void close()}
          />
        )}
        {stored !== null && !mayEdit && <BusinessHoursDetails hours={stored} />}
      </DialogContent>
    </Dialog>
  );
};
