import { useEffect, useRef } from 'react';
import { toApiError } from '#client/api/api-error.ts';
import { CountsBar, countsWords } from '#client/components/counts-bar.tsx';
import { FormError } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '#client/components/ui/dialog.tsx';
import { ChangeExamples } from '#client/features/audit-events/change-examples.tsx';
import { useRunPlan } from '#client/features/bulk/acts.ts';
import type { PlannedChange, Selected } from '#client/features/bulk/questions.ts';
import { NumberName } from '#client/features/numbers/number-name.tsx';
import { exactTime } from '#client/lib/words/format.ts';
import { Judging } from './judging.tsx';
import { planParts } from './plan-parts.ts';
import { PlanRefusals } from './plan-refusals.tsx';
import { nothingWords, replacedInWords, runWords, wayBackWords } from './plan-words.ts';
import { usePlan } from './use-plan.ts';

interface Props {
  selected: Selected;
  planned: PlannedChange;
  /** To where the change was written; absent where it was chosen in one press. */
  onBack?: () => void;
  onClose: () => void;
  onStarted: () => void;
}

/** What a change would do to each number, before anything is changed; then the button that does it. */
export const Preview = ({
  selected: { select, words, filter = [] },
  planned: { title, change, retry },
  onBack,
  onClose,
  onStarted,
}: Props) => {
  const { plan, error, isExpired, refuse, again } = usePlan({
    ...(select && { select }),
    ...(change && { change }),
    ...(retry !== undefined && { retry }),
  });
  const run = useRunPlan();
  const body = useRef<HTMLDivElement>(null);
  const hasForm = onBack !== undefined;
  useEffect(() => {
    // The button that led here is gone: the hand goes on with what came in its place. Where the dialog opens with
    // the preview it brings the focus here itself, and remembers from where.
    if (hasForm) body.current?.focus();
  }, [hasForm]);
  const isReady = plan?.state === 'ready';
  const nothing = isReady ? nothingWords(plan) : null;
  const replacedIn = isReady ? replacedInWords(plan) : null;
  const canRun = isReady && nothing === null && !isExpired;
  const start = () => {
    if (plan === null) return;
    run.mutate(plan.plan_id, {
      onSuccess: onStarted,
      onError: (thrown) => {
        const problem = toApiError(thrown);
        if (problem.code === 'plan_expired') refuse(problem);
      },
    });
  };
  const messages = [
    ...(isExpired
      ? ['This preview is an hour old: what it shows may no longer be so. Preview it again.']
      : []),
    ...(error && !isExpired ? [error.errors[0]?.message ?? error.detail] : []),
    ...(run.error && !isExpired ? [toApiError(run.error).detail] : []),
  ];
  return (
    <>
      <DialogHeader className="px-6 pt-5 pr-13">
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>
          On {words}
          {filter.map((chip) => (
            <bdi key={chip} className="ml-1.5 rounded-[5px] border border-line-2 px-1.5 text-xs">
              {chip}
            </bdi>
          ))}
          . Nothing has been changed yet.
        </DialogDescription>
      </DialogHeader>
      <div
        ref={body}
        data-slot="preview"
        tabIndex={-1}
        className="grid min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-5 overflow-y-auto px-6 py-4 outline-hidden"
      >
        {!isReady && error === null && <Judging plan={plan} />}
        {isReady && plan.counts.total > 0 && (
          <div className="grid gap-2">
            <CountsBar parts={planParts(plan)} />
            {replacedIn !== null && <p className="text-ink-2">{replacedIn}</p>}
          </div>
        )}
        <output className={nothing === null ? 'sr-only' : 'font-medium'}>
          {isReady && (nothing ?? countsWords(planParts(plan)))}
        </output>
        {isReady && (
          <>
            <ChangeExamples
              level={3}
              examples={plan.examples}
              numberOf={(example) => (
                <NumberName
                  id={example.phone_number_id}
                  phoneNumber={example.phone_number}
                  name={example.friendly_name}
                />
              )}
            />
            <PlanRefusals plan_id={plan.plan_id} refusals={plan.refusals} />
            {canRun && (
              <p className="rounded-lg border border-line-2 px-3 py-2 text-ink-2">{wayBackWords(plan)}</p>
            )}
          </>
        )}
        <FormError messages={messages} />
      </div>
      <DialogFooter className="items-center rounded-b-xl border-t bg-paper px-6 py-3">
        {isReady && (
          <span className="mr-auto text-ink-2">
            Preview of {exactTime(plan.created_at)} · valid for an hour
          </span>
        )}
        {onBack && (
          <Button variant="outline" disabled={run.isPending} onClick={onBack}>
            Back
          </Button>
        )}
        <Button variant="outline" onClick={onClose}>
          {nothing === null ? 'Cancel' : 'Close'}
        </Button>
        {(isExpired || error !== null) && <Button onClick={again}>Preview again</Button>}
        {canRun && (
          <Button
            variant={plan.kind === 'delete' ? 'harm' : 'default'}
            isBusy={run.isPending}
            onClick={start}
          >
            {runWords(plan)}
          </Button>
        )}
      </DialogFooter>
    </>
  );
};
