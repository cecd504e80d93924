import { useId, useMemo, useRef, useState, type FormEvent } from 'react';
import { toApiError } from '#client/api/api-error.ts';
import { Choice } from '#client/components/choice.tsx';
import { MomentInput } from '#client/components/date/moment-input.tsx';
import { instantIn } from '#client/components/date/moment-words.ts';
import { EXAMPLE_MOMENT } from '#client/components/date/read-moment.ts';
import { Field } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { useOpened } from '#client/lib/address/use-opened.ts';
import { Answer } from './answer.tsx';
import { noQuestion, questionOf, readAsked, writeAsked, type QuestionFields } from './asked-in-address.ts';
import { useAnswer, type Direction } from './use-answer.ts';

const directions: readonly Direction[] = ['inbound', 'outbound'];
const directionNames: Record<Direction, string> = { inbound: 'Calls in', outbound: 'Calls out' };

/** Asks the server who would answer a caller at a moment, by the form as it is, saved or not. */
export const QuestionLine = ({ zone }: { zone: string }) => {
  const place = usePlace();
  const { open, show, hide } = useOpened();
  // What was asked is in the address: Back takes it back, and a reload asks it again.
  const askedText = [...open].findLast((id) => readAsked(id) !== null) ?? null;
  const asked = useMemo(() => readAsked(askedText), [askedText]);
  const [fields, setFields] = useState(asked ?? noQuestion);
  const [before, setBefore] = useState(asked);
  if (asked !== before) {
    setBefore(asked);
    if (asked !== null && writeAsked(fields) !== askedText) setFields(asked);
  }
  const { direction, caller, isWithheld, moment } = fields;
  const isInbound = direction === 'inbound';
  const withheldId = useId();
  const choiceName = useId();
  const [isRefused, setRefused] = useState(false);
  const momentInput = useRef<HTMLInputElement>(null);
  const question = useMemo(() => asked && questionOf(asked), [asked]);
  const answer = useAnswer(question);
  const error = answer.error && toApiError(answer.error);
  // A question that is being changed has no answer yet.
  const change = (changed: Partial<QuestionFields>) => {
    setFields((now) => ({ ...now, ...changed }));
    if (askedText !== null) hide(askedText);
    setRefused(false);
  };
  const isUnreadMoment = moment !== '' && instantIn(moment) === null;
  const callerError = error?.errors.find(({ pointer }) => pointer === '/from' || pointer === '/to')?.message;

  const ask = (event: FormEvent) => {
    event.preventDefault();
    // The sheet's form is not a form element, but what is around it may be.
    event.stopPropagation();
    if (isUnreadMoment) {
      setRefused(true);
      return momentInput.current?.focus();
    }
    const next = writeAsked(fields);
    // The same once more: what it says may have changed, and an empty moment is now.
    if (next === askedText) void answer.refetch();
    else show(next, askedText);
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
              onChange={({ target }) => change({ caller: target.value })}
            />
          )}
        </Field>
        <Field label="Moment">
          {(control) => (
            <MomentInput
              {...control}
              ref={momentInput}
              placeholder="Now"
              zone={zone}
              value={moment}
              error={isRefused ? `Write the moment as in ${EXAMPLE_MOMENT}.` : undefined}
              onChange={(next) => change({ moment: next })}
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
          onChoose={(chosen) => change({ direction: chosen })}
        />
        {isInbound && (
          <label htmlFor={withheldId} className="flex w-fit items-center gap-2 text-ink-2">
            <Checkbox
              id={withheldId}
              checked={isWithheld}
              onCheckedChange={(checked) => change({ isWithheld: checked === true })}
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
        {question !== null && answer.isUnread && (
          <p role="alert" className="text-harm">
            The number has a date that cannot be read. Correct it, and the answer comes.
          </p>
        )}
        {question !== null && !answer.isUnread && callerError === undefined && answer.data && (
          <Answer answer={answer.data} zone={zone} isOld={answer.isPlaceholderData || error !== null} />
        )}
      </div>
    </div>
  );
};
