import { useRef, useState, type FormEvent } from 'react';
import { isDate } from '#contract/clock-times.ts';
import { DateInput } from '#client/components/date/date-input.tsx';
import { EXAMPLE_DATE } from '#client/components/date/read-date.ts';
import { Button } from '#client/components/ui/button.tsx';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { todayIn } from '#client/lib/days.ts';
import { useNow } from '#client/lib/use-now.ts';
import { dayBegins } from './since-options.ts';

interface SinceDateProps {
  /** Told the instant at which the day begins where the reader is. */
  onChoose: (instant: string) => void;
}

/** Any day, typed or taken from the calendar, where none of those offered is meant. */
export const SinceDate = ({ onChoose }: SinceDateProps) => {
  const today = todayIn(ownZone(), useNow());
  const [day, setDay] = useState('');
  const [isRefused, setRefused] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDate(day)) return onChoose(dayBegins(day));
    setRefused(true);
    form.current?.querySelector('input')?.focus();
  };
  return (
    <form ref={form} className="flex items-start gap-1.5 border-t p-1.25" onSubmit={submit}>
      <DateInput
        isLow
        aria-label="Since a day"
        placeholder={EXAMPLE_DATE}
        className="flex-1"
        value={day}
        today={today}
        error={isRefused ? `Write a day, as in ${EXAMPLE_DATE}.` : undefined}
        onChange={(typed) => {
          setDay(typed);
          setRefused(false);
        }}
      />
      <Button type="submit" variant="outline" size="sm" className="h-7">
        Apply
      </Button>
    </form>
  );
};
