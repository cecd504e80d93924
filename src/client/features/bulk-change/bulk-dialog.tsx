import { useRef, useState, type ComponentType } from 'react';
import { Dialog, DialogContent } from '#client/components/ui/dialog.tsx';
import type { BulkQuestion, ChangeForm, PlannedChange } from '#client/features/bulk/questions.ts';
import { cn } from '#client/lib/cn.ts';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { mayDrop, useLeaveGuard } from '#client/lib/leave-guard.ts';
import type { Question } from '#client/lib/question.ts';
import { FieldForm } from './forms/field-form.tsx';
import type { FormProps } from './forms/form-props.ts';
import { LabelsForm } from './forms/labels-form.tsx';
import { MetadataForm } from './forms/metadata-form.tsx';
import { ReplaceAgentForm } from './forms/replace-agent-form.tsx';
import { RotateForm } from './forms/rotate-form.tsx';
import { RoutingForm } from './forms/routing-form.tsx';
import { StandInForm } from './forms/stand-in-form.tsx';
import { Preview } from './preview/preview.tsx';

const forms: { [K in ChangeForm['kind']]: ComponentType<FormProps<K>> } = {
  labels: LabelsForm,
  metadata: MetadataForm,
  stand_in: StandInForm,
  field: FieldForm,
  routing: RoutingForm,
  replace_agent: ReplaceAgentForm,
  rotate: RotateForm,
};

const UNSAVED = 'What you wrote here has not been previewed, and nothing has been changed.';

/**
 * Asks what is to be changed, where that is not known yet, and shows what it would do. One dialog for both:
 * the way back from the preview leads to what was typed.
 */
export const BulkDialog = ({ question: { subject, answer } }: { question: Question<BulkQuestion> }) => {
  const { selected, ask } = subject;
  const [planned, setPlanned] = useState<PlannedChange | null>('kind' in ask ? null : ask);
  const [isPreview, setPreview] = useState(!('kind' in ask));
  const [isDirty, setDirty] = useState(false);
  const isAsking = useRef(false);
  useLeaveGuard(isDirty && !isPreview, UNSAVED);
  const close = async () => {
    if (isAsking.current) return;
    isAsking.current = true;
    const mayClose = !isDirty || isPreview || (await mayDrop(UNSAVED));
    isAsking.current = false;
    if (mayClose) answer(false);
  };
  useBackCloses(() => void close());
  const Form = !('kind' in ask) ? null : (forms[ask.kind] as ComponentType<FormProps>);
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : void close())}>
      <DialogContent
        className={cn('flex flex-col gap-0 overflow-hidden p-0', isPreview && 'max-w-212')}
        onOpenAutoFocus={(event) => {
          const first = (event.target as Element).querySelector<HTMLElement>(
            '[data-slot=preview], [data-slot=written-first] :is(input, textarea, select)',
          );
          if (first === null) return;
          event.preventDefault();
          first.focus();
        }}
        // A press beside it must not throw away what was judged.
        onInteractOutside={(event) => event.preventDefault()}
      >
        {isPreview && planned !== null && (
          <Preview
            selected={selected}
            planned={planned}
            {...(Form !== null && { onBack: () => setPreview(false) })}
            onClose={() => void close()}
            onStarted={() => answer(true)}
          />
        )}
        {Form !== null && (
          // Kept while the preview lies over it, with all that is typed there.
          <div hidden={isPreview} className={isPreview ? undefined : 'contents'}>
            <Form
              ask={ask as ChangeForm}
              selected={selected}
              isShown={!isPreview}
              onDirty={setDirty}
              onPlan={(next) => {
                setPlanned(next);
                setPreview(true);
              }}
              onClose={() => void close()}
            />
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
};
