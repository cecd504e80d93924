import { PlusIcon, XIcon } from 'lucide-react';
import { useRef } from 'react';
import { isDate } from '#contract/clock-times.ts';
import type { FieldError } from '#contract/errors.ts';
import { Choice } from '#client/components/choice.tsx';
import { DateInput } from '#client/components/date/date-input.tsx';
import { Field } from '#client/components/form/field.tsx';
import { TimeInput } from '#client/components/week/time-input.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { messageAt, type DraftException } from './hours-draft.ts';

interface Props {
  exception: DraftException;
  /** Where it lies in the body that is sent, as the errors name it. */
  pointer: string;
  errors: readonly FieldError[];
  /** By the clock of the hours, `YYYY-MM-DD`. */
  today: string;
  onChange: (exception: DraftException) => void;
  onDone: () => void;
  onRemove: () => void;
}

const kinds = ['closed', 'open'] as const;
const kindNames = { closed: 'Closed', open: 'Own hours' };
const MAX_INTERVALS = 10;

const Intervals = ({
  exception,
  pointer,
  errors,
  onChange,
}: Omit<Props, 'today' | 'onDone' | 'onRemove'>) => {
  const { intervals } = exception;
  const set = (next: DraftException['intervals']) => onChange({ ...exception, intervals: next });
  const messages = intervals.map((_, at) => messageAt(errors, `${pointer}/intervals/${at}`));
  const setTime = (at: number, part: 'start' | 'end', time: string) =>
    set(intervals.map((each, place) => (place === at ? { ...each, [part]: time } : each)));
  return (
    <div className="grid gap-1.5">
      {intervals.map(({ start, end }, at) => {
        // What overlaps is wrong as a whole; a time that is none is wrong by itself.
        const isWhole = errors.some((error) => error.pointer === `${pointer}/intervals/${at}`);
        const invalid = (part: string) =>
          isWhole || messageAt(errors, `${pointer}/intervals/${at}/${part}`) !== undefined
            ? { 'aria-invalid': true as const }
            : {};
        return (
          // The place is all there is to tell one interval from another.
          <div key={at} className="flex flex-wrap items-center gap-2">
            <TimeInput
              aria-label={`Interval ${at + 1}, start`}
              {...invalid('start')}
              value={start}
              onChange={(time) => setTime(at, 'start', time)}
            />
            <span className="text-ink-3">to</span>
            <TimeInput
              aria-label={`Interval ${at + 1}, end`}
              {...invalid('end')}
              value={end}
              onChange={(time) => setTime(at, 'end', time)}
            />
            <Button
              variant="ghost"
              size="iconSm"
              aria-label={`Remove interval ${at + 1}`}
              onClick={() => set(intervals.filter((_, place) => place !== at))}
            >
              <XIcon aria-hidden="true" />
            </Button>
            {end <= start && end !== '' && messages[at] === undefined && (
              <span className="text-xs text-ink-3">ends the next day</span>
            )}
            {messages[at] !== undefined && (
              <p role="alert" className="w-full text-xs text-harm">
                {messages[at]}
              </p>
            )}
          </div>
        );
      })}
      {intervals.length < MAX_INTERVALS && (
        <Button
          size="sm"
          variant="outline"
          className="justify-self-start"
          onClick={() => set([...intervals, { start: '09:00', end: '17:00' }])}
        >
          <PlusIcon aria-hidden="true" className="size-3.5" />
          Add interval
        </Button>
      )}
    </div>
  );
};

/** One dated departure from the week. What is typed counts at once; the dialog saves it. */
export const ExceptionForm = ({ exception, pointer, errors, today, onChange, onDone, onRemove }: Props) => {
  const { name, start_date: first, end_date: last, every_year: isYearly, intervals, key } = exception;
  const error = (field: string) => messageAt(errors, `${pointer}/${field}`);
  // While a day is being typed it is none yet.
  const firstBefore = useRef(first);
  const setFirst = (date: string) => {
    if (!isDate(date)) return onChange({ ...exception, start_date: date });
    // One day stays one day, and what lasts several never ends before it begins.
    const moved = last === firstBefore.current || last === '' || last < date ? date : last;
    firstBefore.current = date;
    onChange({ ...exception, start_date: date, end_date: moved });
  };
  return (
    <div className="grid gap-3 rounded-lg border border-line-2 p-3">
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_9rem_9rem]">
        <Field label="Name" error={error('name')}>
          {(control) => (
            <Input
              {...control}
              data-exception={key}
              autoComplete="off"
              dir="auto"
              placeholder="Eid al-Fitr"
              value={name}
              onChange={({ target }) => onChange({ ...exception, name: target.value })}
            />
          )}
        </Field>
        <Field label="First day">
          {(control) => (
            <DateInput
              {...control}
              value={first}
              today={today}
              error={error('start_date')}
              onChange={setFirst}
            />
          )}
        </Field>
        <Field label="Last day">
          {(control) => (
            <DateInput
              {...control}
              value={last}
              today={today}
              error={error('end_date')}
              onChange={(date) => onChange({ ...exception, end_date: date })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Choice
          name={`kind-${key}`}
          label="On these days"
          options={kinds}
          names={kindNames}
          chosen={intervals.length === 0 ? 'closed' : 'open'}
          onChoose={(kind) =>
            onChange({ ...exception, intervals: kind === 'closed' ? [] : [{ start: '09:00', end: '17:00' }] })
          }
        />
        <label htmlFor={`yearly-${key}`} className="flex min-h-6 items-center gap-2">
          <Checkbox
            id={`yearly-${key}`}
            checked={isYearly}
            onCheckedChange={(isOn) => onChange({ ...exception, every_year: isOn === true })}
          />
          Every year
        </label>
      </div>
      {intervals.length > 0 && <Intervals {...{ exception, pointer, errors, onChange }} />}
      <div className="flex justify-end gap-1.5">
        <Button size="sm" variant="quietHarm" onClick={onRemove}>
          Remove
        </Button>
        <Button size="sm" variant="outline" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
};
