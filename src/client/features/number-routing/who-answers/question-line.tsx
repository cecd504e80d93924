import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { RoutePreview } from '#contract/numbers/route.ts';
import { toApiError } from '#client/api/api-error.ts';
import { call } from '#client/api/call.ts';
import { Choice } from '#client/components/choice.tsx';
import { Field } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { usePhoneNumberForm, usePlace } from '#client/features/number-fields/form-context.ts';
import { valuesOf } from '#client/features/number-fields/phone-number-values.ts';
import { toPatch } from '#client/features/number-fields/to-patch.ts';
import { classes } from '#client/lib/classes.ts';
import { instantOfLocal } from '#client/lib/words/local-time.ts';
import { useDebounced } from '#client/lib/use-debounced.ts';
import { DestinationWords } from '#client/features/number-routing/rules/sentence.tsx';
import { useCallValues } from './use-routed-number.ts';

const SETTLE_MS = 300;

type Direction = 'inbound' | 'outbound';

interface Question {
  direction: Direction;
  /** Who is at the other end; null where the number is withheld. */
  party: string | null;
  at: string | null;
}

const directions: readonly Direction[] = ['inbound', 'outbound'];
const directionNames: Record<Direction, string> = { inbound: 'Calls in', outbound: 'Calls out' };

const askedBy = ({ direction, party, at }: Question) => ({
  direction,
  ...(direction === 'inbound' ? { from: party } : { to: party }),
  ...(at !== null && { at }),
});

/** The answer to the question that was asked last, kept true while the form is edited. */
const useAnswer = (question: Question | null) => {
  const { record } = usePhoneNumberForm();
  const values = useCallValues();
  const patch = record === null ? {} : toPatch(record, { ...valuesOf(record), ...values });
  const unsaved = useDebounced(JSON.stringify(patch), SETTLE_MS);
  return useQuery({
    queryKey: ['route-preview', record?._id, record?.version, question, unsaved],
    queryFn: ({ signal }) =>
      call('POST /v1/phone-numbers/{phone_number_id}/route/preview', {
        params: { phone_number_id: record?._id ?? '' },
        body: { ...(question && askedBy(question)), ...(JSON.parse(unsaved) as Record<string, never>) },
        signal,
      }),
    enabled: question !== null && record !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
    gcTime: 10_000,
  });
};

const Answer = ({ answer, isOld }: { answer: RoutePreview; isOld: boolean }) => (
  <div
    className={classes(
      'grid grid-cols-1 gap-2 rounded-lg border border-line-2 px-3 py-2.5',
      isOld && 'border-dashed text-ink-2',
    )}
  >
    <p className="font-medium">
      <DestinationWords
        destination={
          answer.agent_id === null ? answer.destination : { type: 'agent', agent_id: answer.agent_id }
        }
      />
    </p>
    <ol aria-label="Reasons" className="grid list-decimal gap-0.5 pl-5 text-ink-2 marker:text-ink-3">
      {answer.reasons.map((reason) => (
        <li key={reason} className="wrap-anywhere">
          {reason}
        </li>
      ))}
    </ol>
  </div>
);

/** Asks the server who would answer a caller at a moment, by the form as it is, saved or not. */
export const QuestionLine = () => {
  const place = usePlace();
  const [caller, setCaller] = useState('');
  const [isWithheld, setWithheld] = useState(false);
  const [direction, setDirection] = useState<Direction>('inbound');
  const isInbound = direction === 'inbound';
  const withheldId = useId();
  const choiceName = useId();
  const [moment, setMoment] = useState('');
  const [question, setQuestion] = useState<Question | null>(null);
  const answer = useAnswer(question);
  const error = answer.error && toApiError(answer.error);
  const callerError = error?.errors.find(({ pointer }) => pointer === '/from' || pointer === '/to')?.message;

  const ask = (event: FormEvent) => {
    event.preventDefault();
    // The sheet's form is not a form element, but what is around it may be.
    event.stopPropagation();
    const asked: Question = {
      direction,
      party: (isWithheld && isInbound) || caller.trim() === '' ? null : caller.trim(),
      at: moment === '' ? null : instantOfLocal(moment),
    };
    // The same once more: what it says may have changed, and an empty moment is now.
    if (JSON.stringify(asked) === JSON.stringify(question)) void answer.refetch();
    else setQuestion(asked);
  };
  return (
    <div className="grid grid-cols-1 gap-3">
      <form
        aria-label="Who answers?"
        className="grid items-start gap-x-2 gap-y-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]"
        onSubmit={ask}
      >
        <Field label={isInbound ? 'Caller' : 'Called number'} error={callerError}>
          {(control) => (
            <Input
              {...control}
              {...place('/who-answers')}
              value={isWithheld && isInbound ? '' : caller}
              disabled={isWithheld && isInbound}
              placeholder={isWithheld && isInbound ? 'Withheld' : '+14155552671'}
              autoComplete="off"
              dir="ltr"
              onChange={({ target }) => setCaller(target.value)}
            />
          )}
        </Field>
        <Field label="Moment" hint={moment === '' ? 'Left empty: now.' : undefined}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={moment}
              onChange={({ target }) => setMoment(target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="outline" className="h-8.5 sm:mt-6.5" isBusy={answer.isFetching}>
          Ask
        </Button>
      </form>
      <div className="-mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Choice
          name={choiceName}
          label="Direction of the call"
          options={directions}
          names={directionNames}
          chosen={direction}
          onChoose={setDirection}
        />
        {isInbound && (
          <label htmlFor={withheldId} className="flex w-fit items-center gap-2 text-ink-2">
            <Checkbox
              id={withheldId}
              checked={isWithheld}
              onCheckedChange={(checked) => setWithheld(checked === true)}
            />
            The caller withholds the number
          </label>
        )}
      </div>
      <div aria-live="polite" className="grid gap-2">
        {error && callerError === undefined && (
          <div
            role="alert"
            className="rounded-lg border border-harm/30 bg-harm-wash px-3 py-2 text-harm wrap-anywhere"
          >
            {(error.errors.length > 0 ? error.errors.map(({ message }) => message) : [error.detail]).map(
              (message) => (
                <p key={message}>{message}</p>
              ),
            )}
          </div>
        )}
        {question !== null && answer.data && (
          <Answer answer={answer.data} isOld={answer.isPlaceholderData || error !== null} />
        )}
      </div>
    </div>
  );
};
