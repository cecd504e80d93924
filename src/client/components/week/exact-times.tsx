import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { minutesOf, MINUTES_A_DAY, overlapInWeek, spanOf } from '#contract/clock-times.ts';
import { Field } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Popover, PopoverAnchor, PopoverContent } from '#client/components/ui/popover.tsx';
import { useLeaveGuard } from '#client/lib/leave-guard.ts';
import { withSpan } from './move-span.ts';
import { parseTime } from './parse-time.ts';
import { TimeInput } from './time-input.tsx';
import { dayName, lengthWords, spanText, toWeekly, type DaySpan, type Week } from './to-days.ts';

interface Props {
  anchor: HTMLElement;
  week: Week;
  day: number;
  place: number;
  onSave: (span: DaySpan) => void;
  onRemove: () => void;
  onClose: () => void;
}

type Reading =
  | { span: DaySpan; problem?: undefined }
  | { span?: undefined; problem: { at: 'start' | 'end'; message: string } };

const wrong = (at: 'start' | 'end', message: string): Reading => ({ problem: { at, message } });

const read = (
  start: string,
  end: string,
  { week, day, place }: Pick<Props, 'week' | 'day' | 'place'>,
): Reading => {
  const [from, to] = [parseTime(start), parseTime(end)];
  if (from === null || minutesOf(from) >= MINUTES_A_DAY)
    return wrong('start', 'Write the time as 09:30, from 00:00 to 23:59.');
  if (to === null) return wrong('end', 'Write the time as 18:00, from 00:00 to 24:00.');
  if (from === to) return wrong('end', 'The end is the start. For a whole day write 00:00 to 24:00.');
  const span = spanOf({ start: from, end: to });
  const overlaps = overlapInWeek(toWeekly(withSpan(week, day, place, span))) !== undefined;
  return overlaps ? wrong('end', 'This overlaps another interval. Shorten one, or make them one.') : { span };
};

/** What the times mean, said as they are typed: a night is not made by mistake. */
const meaning = (day: number, span: DaySpan) =>
  `${lengthWords(span)}${span.to > MINUTES_A_DAY ? `, until ${spanText(span).slice(-5)} the next day, ${dayName(day + 1)}` : ''}`;

/**
 * One interval by its times, to the minute. What is typed is set by a press beside it and by the key that
 * saves, too, or refused here; only Escape leaves it.
 */
export const ExactTimes = ({ anchor, onSave, onRemove, onClose, ...where }: Props) => {
  const { week, day, place } = where;
  const [begin = '', finish = ''] = spanText(week[day]?.[place] ?? { from: 0, to: 0 }).split('–');
  const [start, setStart] = useState(begin);
  const [end, setEnd] = useState(finish);
  const [isProblemShown, showProblem] = useState(false);
  const { span, problem } = read(start, end, where);
  const shown = isProblemShown ? problem : undefined;
  const errorAt = (at: 'start' | 'end') => (shown?.at === at ? { 'aria-invalid': true as const } : {});

  const isTyped = start !== begin || end !== finish;
  useLeaveGuard(isTyped, 'The times you have written are not set.');

  const form = useRef<HTMLFormElement>(null);
  /** False where it is refused: its place has the focus then. */
  const set = (): boolean => {
    flushSync(() => (span === undefined ? showProblem(true) : onSave(span)));
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    return span !== undefined;
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    set();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      event.key.toLowerCase() !== 's' ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.shiftKey ||
      !isTyped ||
      set()
    )
      return;
    // The forms around listen for the same keys: nothing is saved without what is refused here.
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Popover open modal onOpenChange={(isOpen) => !isOpen && onClose()}>
      <PopoverAnchor virtualRef={{ current: anchor }} />
      <PopoverContent
        aria-label={`Times on ${dayName(day)}`}
        className="w-72 p-3"
        align="center"
        onCloseAutoFocus={(event) => event.preventDefault()}
        onInteractOutside={(event) => {
          if (!isTyped) return;
          event.preventDefault();
          set();
        }}
        onKeyDown={onKeyDown}
      >
        <form ref={form} noValidate className="grid gap-3" onSubmit={onSubmit}>
          <div className="grid grid-cols-2 gap-2">
            <Field label="Start">
              {(control) => (
                <TimeInput
                  {...control}
                  {...errorAt('start')}
                  className="w-full"
                  value={start}
                  onChange={setStart}
                />
              )}
            </Field>
            <Field label="End">
              {(control) => (
                <TimeInput
                  {...control}
                  {...errorAt('end')}
                  className="w-full"
                  value={end}
                  onChange={setEnd}
                />
              )}
            </Field>
          </div>
          <p role={shown ? 'alert' : 'status'} className={shown ? 'text-xs text-harm' : 'text-xs text-ink-2'}>
            {shown?.message ??
              (span ? meaning(day, span) : 'Up to 24:00. An end before the start is the next day.')}
          </p>
          <div className="flex justify-between gap-2">
            <Button variant="quietHarm" onClick={onRemove}>
              Remove
            </Button>
            <Button type="submit">Set times</Button>
          </div>
        </form>
      </PopoverContent>
    </Popover>
  );
};
