import { useState } from 'react';
import { instantOf, localAt, MINUTE_MS } from '#routing/zone.ts';
import { dateWords } from '#routing/words/hours-words.ts';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { dateOf, todayIn } from '#client/lib/days.ts';
import { useNow } from '#client/lib/use-now.ts';
import { instantIn, momentText, timeText, yourTime } from './moment-words.ts';
import { instantsOf, readMoment } from './read-moment.ts';
import { TypedDate, type TypedDateProps } from './typed-date.tsx';

interface MomentInputProps extends Omit<
  TypedDateProps,
  'shown' | 'problem' | 'day' | 'today' | 'note' | 'onType' | 'onChooseDay'
> {
  /** By whose clock it is written; one that this browser knows. */
  zone: string;
  /** Called with an instant of the wire, with what was typed where it cannot be read, or with nothing. */
  onChange: (value: string) => void;
}

const toValue = (at: number) => new Date(at).toISOString();
const MORNING_MINUTES = 9 * 60;

interface ClockNotesProps {
  zone: string;
  at: number;
  /** What was written, where the clock passes over it. */
  skipped: string | null;
  onTake: (at: number) => void;
}

/** What the zone's clock does to the moment: passes over what was written, or shows it twice. */
const ClockNotes = ({ zone, at, skipped, onTake }: ClockNotesProps) => {
  if (skipped !== null)
    return (
      <span aria-live="polite">
        . Clocks are set forward then, past {skipped}: it is {timeText(localAt(zone, at))}.
      </span>
    );
  const local = Math.floor(localAt(zone, at) / MINUTE_MS) * MINUTE_MS;
  const [first, second] = instantsOf(zone, local);
  if (first === undefined || second === undefined) return null;
  const isFirst = at < second;
  return (
    <>
      . Clocks are set back then, and show {timeText(local)} twice: this is the {isFirst ? 'first' : 'second'}
      .{' '}
      <button
        type="button"
        className="rounded-sm text-ink underline underline-offset-3"
        onClick={() => onTake(isFirst ? second : first)}
      >
        Take the {isFirst ? 'second' : 'first'}
      </button>
    </>
  );
};

/** A moment by a zone's clock, `28 Nov 2026, 22:00`: the zone stands below, and what the reader's shows. */
export const MomentInput = ({ value, zone, onChange, ...props }: MomentInputProps) => {
  const now = useNow();
  const [skipped, setSkipped] = useState<{ value: string; written: string } | null>(null);
  const at = instantIn(value);
  const reading = at === null && value !== '' ? readMoment(value, zone, now) : null;
  const yours = at === null ? null : yourTime(zone, ownZone(), at);

  const take = (local: number) => {
    const [first] = instantsOf(zone, local);
    const next = toValue(first ?? instantOf(zone, local));
    setSkipped(first === undefined ? { value: next, written: timeText(local) } : null);
    onChange(next);
  };
  const onType = (typed: string) => {
    const read = readMoment(typed, zone, Date.now());
    if (typed.trim() === '' || 'problem' in read) return onChange(typed.trim());
    const next = toValue(read.at);
    setSkipped(read.isSkipped ? { value: next, written: typed.trim() } : null);
    onChange(next);
  };
  const minutesOfDay = () =>
    at === null ? MORNING_MINUTES : Math.floor(localAt(zone, at) / MINUTE_MS) % (24 * 60);

  return (
    <TypedDate
      placeholder={`${dateWords(todayIn(zone, now))}, 22:00`}
      {...props}
      value={value}
      shown={at === null ? null : momentText(zone, at)}
      problem={reading !== null && 'problem' in reading ? reading.problem : undefined}
      note={
        <>
          {zone}
          {yours !== null && ` ${yours}`}
          {at !== null && (
            <ClockNotes
              zone={zone}
              at={at}
              skipped={skipped?.value === value ? skipped.written : null}
              onTake={(taken) => onChange(toValue(taken))}
            />
          )}
        </>
      }
      day={at === null ? null : dateOf(localAt(zone, at))}
      today={todayIn(zone, now)}
      onType={onType}
      onChooseDay={(date) => take(Date.parse(date) + minutesOfDay() * MINUTE_MS)}
    />
  );
};
