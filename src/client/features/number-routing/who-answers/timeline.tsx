import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { BusinessHours } from '#contract/business-hours.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { timeline, type Stretch } from '#routing/timeline.ts';
import { WeekAxis } from '#client/components/week/week-axis.tsx';
import { classes } from '#client/lib/classes.ts';
import { useRoutingEditor } from '#client/features/number-routing/rules/editor-context.ts';
import {
  answerOf,
  answersOf,
  answerWords,
  byWords,
  daysFrom,
  toRows,
  type TimelineRow,
} from './timeline-rows.ts';
import { dayIn, stretchWords } from './timeline-words.ts';

const DAYS = 14;

// Told apart by what is on them as well as by colour. Written out, so that the style sheet has them.
const tones = [
  'bg-answer-1 text-on-answer',
  'bg-answer-2 text-on-answer bg-[image:repeating-linear-gradient(45deg,transparent_0_5px,var(--hatch)_5px_6.5px)]',
  'bg-answer-3 text-on-answer bg-[image:radial-gradient(var(--hatch)_1px,transparent_1.4px)] bg-size-[6px_6px]',
  'bg-answer-4 text-on-answer bg-[image:repeating-linear-gradient(-45deg,transparent_0_5px,var(--hatch)_5px_6.5px)]',
  'bg-answer-5 text-on-answer bg-[image:repeating-linear-gradient(0deg,transparent_0_5px,var(--hatch)_5px_6px)]',
  'bg-answer-6 text-on-answer bg-[image:repeating-linear-gradient(90deg,transparent_0_5px,var(--hatch)_5px_6px)]',
];
const nobodyTone = 'border border-dashed border-harm bg-harm-wash text-harm';

/** The day before says the same at the same time: its words need no saying again. */
const isAsAbove = (stretch: Stretch, left: number, above: TimelineRow | undefined) =>
  above !== undefined &&
  above.segments.some(
    (other) =>
      Math.abs(other.left - left) < 0.001 && answerOf(other.stretch.decision) === answerOf(stretch.decision),
  );

interface TimelineProps {
  number: RoutedNumber;
  hours: BusinessHours | null;
  zone: string;
  /** The minute that runs. */
  now: number;
}

/**
 * Who answers in the coming two weeks, a row a day, by what the form says now. One stop for the keyboard;
 * arrows go through it.
 */
export const Timeline = ({ number, hours, zone, now }: TimelineProps) => {
  const { agents } = useRoutingEditor();
  const [at, setAt] = useState<{ row: number; place: number } | null>(null);
  const id = useId();
  const days = useMemo(() => daysFrom(zone, now, DAYS), [zone, now]);
  const rows = useMemo(() => {
    const [first, last] = [days[0], days.at(-1)];
    return first && last ? toRows(days, timeline(number, hours, first.from, last.to)) : [];
  }, [days, number, hours]);

  const nameOf = (agentId: string) =>
    agentId === '' ? 'an agent not chosen yet' : (agents?.get(agentId)?.agent_name ?? 'Missing agent');
  const order = answersOf(number);
  const toneOf = ({ decision }: Stretch) =>
    decision.decidedBy === 'nobody'
      ? nobodyTone
      : (tones[order.indexOf(answerOf(decision)) % tones.length] ?? tones[0]);
  const words = ({ from, to, decision }: Stretch) =>
    `${stretchWords(zone, from, to)} ${answerWords(decision, nameOf)}, ${byWords(decision, number, number.routing?.rules ?? [])}`;
  const legend = new Map(
    rows.flatMap(({ segments }) =>
      segments.map(({ stretch }) => [answerOf(stretch.decision), stretch] as const),
    ),
  );

  const [only] = legend.values();
  if (only && legend.size === 1)
    return (
      <p className="flex min-w-0 items-center gap-2">
        <span
          aria-hidden="true"
          data-mark
          className={classes('h-5 w-1.5 shrink-0 rounded-sm', toneOf(only))}
        />
        <span className="min-w-0 wrap-anywhere">
          <bdi className="font-medium">{answerWords(only.decision, nameOf)}</bdi> at any time,{' '}
          {byWords(only.decision, number, number.routing?.rules ?? [])}
        </span>
      </p>
    );

  const current = at && rows[at.row]?.segments[at.place];
  const go = (row: number, place: number) => {
    const count = rows[row]?.segments.length;
    if (count !== undefined) setAt({ row, place: Math.min(Math.max(place, 0), count - 1) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { row, place } = at ?? { row: 0, place: -1 };
    const count = rows[row]?.segments.length ?? 0;
    // A place beyond the end of a day is the first of the next.
    if (event.key === 'ArrowRight') go(place + 1 < count ? row : row + 1, place + 1 < count ? place + 1 : 0);
    else if (event.key === 'ArrowLeft') go(place > 0 ? row : row - 1, place > 0 ? place - 1 : Infinity);
    else if (event.key === 'ArrowDown') go(row + 1, place);
    else if (event.key === 'ArrowUp') go(row - 1, place);
    else if (event.key === 'Home') go(0, 0);
    else if (event.key === 'End') go(rows.length - 1, Infinity);
    else return;
    event.preventDefault();
  };

  return (
    <div className="grid grid-cols-1 gap-2">
      {/* No select draws its options side by side, in groups, and in time. */}
      <div
        // eslint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="listbox"
        tabIndex={0}
        aria-label="Who answers, next two weeks"
        aria-activedescendant={at ? `${id}-${at.row}-${at.place}` : undefined}
        className="grid gap-0.75 rounded-md outline-offset-4"
        onKeyDown={onKeyDown}
        onFocus={() => at === null && go(0, 0)}
        onPointerLeave={() => setAt(null)}
      >
        {rows.map((row, rowAt) => (
          // The days group the options, as the listbox pattern has it.
          <div
            key={row.day}
            // eslint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="group"
            aria-label={dayIn(zone, row.from)}
            className="grid grid-cols-[4.75rem_minmax(0,1fr)] items-center gap-2"
          >
            <span
              aria-hidden="true"
              className={classes('truncate text-xs', row.isWeekend ? 'text-ink-3' : 'text-ink-2')}
            >
              {dayIn(zone, row.from)}
              {row.length !== null && <span className="text-ink-3"> {row.length}</span>}
            </span>
            <div className="relative h-5">
              {row.segments.map(({ stretch, left, width }, place) => {
                const isCurrent = at?.row === rowAt && at.place === place;
                return (
                  <div
                    key={stretch.from}
                    id={`${id}-${rowAt}-${place}`}
                    // eslint-disable-next-line jsx-a11y/prefer-tag-over-role
                    role="option"
                    tabIndex={-1}
                    aria-selected={isCurrent}
                    aria-label={words(stretch)}
                    data-mark
                    className={classes(
                      'absolute inset-y-0 overflow-hidden px-1.5 text-2xs leading-4.5',
                      'font-medium whitespace-nowrap first:rounded-l-sm last:rounded-r-sm',
                      toneOf(stretch),
                      isCurrent && 'z-1 ring-2 ring-ink',
                    )}
                    style={{
                      left: `${left * 100}%`,
                      width: `calc(${width * 100}% - ${left + width < 0.9999 ? 1 : 0}px)`,
                    }}
                    onPointerEnter={() => setAt({ row: rowAt, place })}
                  >
                    <span aria-hidden="true" className="block truncate">
                      {width > 0.12 &&
                        !isAsAbove(stretch, left, rows[rowAt - 1]) &&
                        answerWords(stretch.decision, nameOf)}
                    </span>
                  </div>
                );
              })}
              {rowAt === 0 && (
                <span
                  aria-hidden="true"
                  title="Now"
                  className="absolute -inset-y-0.5 z-2 w-0.5 rounded-full bg-ink"
                  style={{ left: `${((now - row.from) / (row.to - row.from)) * 100}%` }}
                />
              )}
            </div>
          </div>
        ))}
      </div>
      <div className="pl-21">
        <WeekAxis />
      </div>
      <p className="min-h-5 text-ink-2 wrap-anywhere">
        {current ? words(current.stretch) : 'Point at a stretch, or go through them with the arrow keys.'}
      </p>
      <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
        {[...legend.values()].map((stretch) => (
          <li key={answerOf(stretch.decision)} className="flex min-w-0 items-center gap-1.5">
            <span
              aria-hidden="true"
              data-mark
              className={classes('h-3 w-4 shrink-0 rounded-[3px]', toneOf(stretch))}
            />
            <bdi className="truncate">{answerWords(stretch.decision, nameOf)}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
};
