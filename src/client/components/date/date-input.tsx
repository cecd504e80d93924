import { EXAMPLE_DATE, readDate, shownDate } from './read-date.ts';
import { TypedDate, type TypedDateProps } from './typed-date.tsx';

interface DateInputProps extends Omit<
  TypedDateProps,
  'shown' | 'problem' | 'day' | 'note' | 'onType' | 'onChooseDay'
> {
  /** Called with `YYYY-MM-DD`, with what was typed where it cannot be read, or with nothing. */
  onChange: (value: string) => void;
}

/** A day: `28 Nov 2026`. */
export const DateInput = ({ value, today, error, onChange, ...props }: DateInputProps) => {
  const shown = shownDate(value);
  const read = (typed: string) => {
    const reading = readDate(typed, today);
    return 'date' in reading ? reading.date : typed.trim();
  };
  const reading = shown === null && value !== '' ? readDate(value, today) : null;
  return (
    <TypedDate
      {...props}
      value={value}
      // The schema speaks to scripts.
      error={error !== undefined && value === '' ? `Write a day, as in ${EXAMPLE_DATE}.` : error}
      shown={shown}
      problem={reading !== null && 'problem' in reading ? reading.problem : undefined}
      day={shown === null ? null : value}
      today={today}
      onType={(typed) => onChange(typed.trim() === '' ? '' : read(typed))}
      onChooseDay={onChange}
    />
  );
};
