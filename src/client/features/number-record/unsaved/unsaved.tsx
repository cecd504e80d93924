import { Suspense, useEffect, useRef } from 'react';
import { useFormContext, useWatch, type FieldErrors } from 'react-hook-form';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { ApiError } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import { useKeys } from '#client/lib/keyboard.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { useLeaveGuard } from '#client/lib/leave-guard.ts';
import { valuesOf, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { noteEdited } from './edited.ts';
import { SaveBar, SavedNote } from './save-bar.tsx';
import { changedFields } from '#client/features/number-fields/to-patch.ts';
import { useDiscard } from './use-discard.ts';
import { useRestoreAndSave } from './use-restore-and-save.ts';
import { useSavePhoneNumber } from './use-save-phone-number.ts';
import { useStaleSave } from './use-stale-save.ts';

// Two hands seldom meet.
const DeletedPanel = lazyPart(() =>
  import('./deleted-panel.tsx').then((file) => ({ default: file.DeletedPanel })),
);
const StaleSavePanel = lazyPart(() =>
  import('./stale-save-panel.tsx').then((file) => ({ default: file.StaleSavePanel })),
);

interface UnsavedProps {
  /** What is stored now. */
  record: PhoneNumber;
  /** The record the form began from, and how to begin from another. */
  base: PhoneNumber;
  setBase: (record: PhoneNumber) => void;
  /** Someone deleted the number meanwhile. */
  isGone: boolean;
  onFieldErrors: (error: ApiError) => string[];
  onInvalid: (errors: FieldErrors<PhoneNumberValues>) => void;
}

/**
 * What is typed and not saved yet, and how it is saved. Of the form, this and the field typed in alone are
 * drawn at each key.
 */
export const Unsaved = ({ record, base, setBase, isGone, onFieldErrors, onInvalid }: UnsavedProps) => {
  const form = useFormContext<PhoneNumberValues>();
  const changed = changedFields(base, useWatch({ control: form.control }) as PhoneNumberValues);
  const hasChanges = changed.length > 0;
  useLeaveGuard(hasChanges, 'Your changes to this number are not saved.');

  const staleSave = useStaleSave(form, base, setBase);
  const { settle, isUndecided } = staleSave;
  const saving = useSavePhoneNumber({ form, base, setBase, stale: staleSave, onFieldErrors, onInvalid });
  const { save, askAgain, isUnanswered, isSaving, hasSaved, problems, forget, forgetProblems } = saving;
  const restoreAndSave = useRestoreAndSave({ base, stale: staleSave, saving });
  const restoreButton = useRef<HTMLButtonElement>(null);
  const isTyped = () => changedFields(base, form.getValues()).length > 0;
  useKeys({
    'mod+s': () => {
      if (isGone) restoreButton.current?.focus();
      // Asked anew: the very same key may have put something into the form.
      else if (isTyped()) save();
    },
  });
  const discardTyping = useDiscard({ form, base, stale: staleSave });
  const discard = () => {
    discardTyping();
    settle();
    forget();
  };

  // What was discarded may still be wanted back: only a save ends it.
  useEffect(() => {
    if (hasChanges) noteEdited(base._id);
    else if (hasSaved) noteEdited(null);
  }, [hasChanges, hasSaved, base._id]);
  useEffect(() => () => noteEdited(null), []);

  const isNewer = record.version > base.version && !isGone;
  useEffect(() => {
    if (!isNewer || hasChanges || isSaving) return;
    // Nothing is typed: the form simply shows what is stored now. The form library holds the values, outside
    // of React.
    form.reset(valuesOf(record));
    setBase(record);
    settle();
  }, [form, record, setBase, isNewer, hasChanges, isSaving, settle]);

  // Typed back to what was stored, it was given up: what became of it is found out with the next save.
  useEffect(() => {
    if (!hasChanges && !isSaving && problems.length > 0) forgetProblems();
  });

  // What is newer may be the very save that has no answer.
  const askedAt = useRef(0);
  useEffect(() => {
    if (!isNewer || !isUnanswered || isSaving || askedAt.current === record.version) return;
    askedAt.current = record.version;
    askAgain();
  });

  return (
    <>
      <Suspense>
        {isGone && (
          <DeletedPanel
            ref={restoreButton}
            record={record}
            hasChanges={hasChanges}
            isBusy={isSaving}
            onRestore={restoreAndSave}
          />
        )}
      </Suspense>
      <Suspense>
        {staleSave.stale !== null && <StaleSavePanel staleSave={staleSave} hasChanges={hasChanges} />}
      </Suspense>
      {isNewer && hasChanges && !isSaving && !isUndecided && !isUnanswered && (
        <output className="mx-4 mb-4 flex items-center gap-3 rounded-lg border border-cord bg-cord-wash px-3 py-2 sm:mx-6">
          Someone else saved this number while you were editing.
          <Button size="sm" variant="outline" className="ml-auto" onClick={() => staleSave.merge(record)}>
            Merge now
          </Button>
        </output>
      )}
      {hasChanges && (
        <SaveBar
          changed={changed}
          problems={problems}
          isSaving={isSaving}
          waitsFor={
            isGone ? 'The number was deleted.' : isUndecided ? 'Choose which values to keep.' : undefined
          }
          onSave={save}
          onDiscard={discard}
        />
      )}
      {hasSaved && !hasChanges && <SavedNote key={base.version} record={record} />}
    </>
  );
};
