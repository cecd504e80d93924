import { CalendarIcon } from 'lucide-react';
import { Suspense, useId, useState, type ComponentProps, type ReactNode } from 'react';
import { Input } from '#client/components/ui/input.tsx';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';

const CalendarPopover = lazyPart(() =>
  import('./calendar-popover.tsx').then((file) => ({ default: file.CalendarPopover })),
);

export interface TypedDateProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> {
  /** A date as the wire has it, what was typed and is none, or empty. */
  value: string;
  /** As the field shows the value; null for what is no date, which is shown as it was typed. */
  shown: string | null;
  /** Why the value is no date. */
  problem: string | undefined;
  /** What else is wrong with it, as the form or the server says. */
  error: string | undefined;
  /** Read with the field: by whose clock it is, and what its clock does to it. */
  note?: ReactNode;
  /** The day that the calendar opens at, and the one it marks, `YYYY-MM-DD`. */
  day: string | null;
  today: string;
  /** As low as the filters of a toolbar. */
  isLow?: boolean;
  onType: (typed: string) => void;
  onChooseDay: (date: string) => void;
}

/**
 * A date that is typed, or chosen from a calendar. What is typed is the value at each key, so that no save
 * goes by it, and what cannot be read stays as it is and is said when the field is left.
 */
export const TypedDate = ({
  value,
  shown,
  problem,
  error,
  note,
  day,
  today,
  isLow,
  onType,
  onChooseDay,
  className,
  onBlur,
  'aria-describedby': describedBy,
  ...props
}: TypedDateProps) => {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  // While somebody is writing, half a date is no news; once the form has refused it, it is.
  const told = typed !== null && error === undefined ? undefined : (problem ?? error);
  const notes = [describedBy, told !== undefined && `${id}-told`, note !== undefined && `${id}-note`];
  return (
    <div className={classes('grid min-w-0 gap-1', className)}>
      <div className="relative">
        <Input
          {...props}
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          className={classes('pr-8', isLow && 'h-7!')}
          aria-invalid={told === undefined ? undefined : true}
          aria-describedby={notes.filter(Boolean).join(' ') || undefined}
          value={typed ?? shown ?? value}
          onChange={({ target }) => {
            setTyped(target.value);
            onType(target.value);
          }}
          onBlur={(event) => {
            setTyped(null);
            onBlur?.(event);
          }}
        />
        <button
          type="button"
          aria-label="Calendar"
          aria-haspopup="dialog"
          aria-expanded={anchor !== null}
          disabled={props.disabled}
          className="absolute inset-y-0 right-0 rounded-lg px-2 text-ink-2 -outline-offset-2 hover:text-ink"
          onClick={({ currentTarget }) => setAnchor((before) => (before === null ? currentTarget : null))}
        >
          <CalendarIcon aria-hidden="true" className="size-4" />
        </button>
      </div>
      {note !== undefined && (
        <p id={`${id}-note`} className="text-xs text-ink-3 wrap-anywhere">
          {note}
        </p>
      )}
      {told !== undefined && (
        <p id={`${id}-told`} role="alert" className="text-xs text-harm wrap-anywhere">
          {told}
        </p>
      )}
      <Suspense>
        {anchor && (
          <CalendarPopover
            anchor={anchor}
            day={day}
            today={today}
            onChoose={(date) => {
              setTyped(null);
              onChooseDay(date);
            }}
            onClose={() => setAnchor(null)}
          />
        )}
      </Suspense>
    </div>
  );
};
