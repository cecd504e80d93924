import { ChevronLeftIcon, ChevronRightIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { dayNames, dayWords, monthNames } from '#routing/words/words.ts';
import { Button } from '#client/components/ui/button.tsx';
import { classes } from '#client/lib/classes.ts';
import { addDays, addMonths, daysBetween, weekdayOfDate } from '#client/lib/days.ts';
import { FIRST_YEAR, LAST_YEAR } from './read-date.ts';

interface MonthGridProps {
  day: string | null;
  today: string;
  onChoose: (date: string) => void;
}

const WEEKS = 6;
const isInRange = (date: string) => date >= `${FIRST_YEAR}-01-01` && date <= `${LAST_YEAR}-12-31`;

/** From the Monday on or before the first of the month, week by week: always as many, so nothing jumps. */
const weeksOf = (month: string): string[][] => {
  const first = `${month}-01`;
  const monday = addDays(first, 1 - weekdayOfDate(first));
  return Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => addDays(monday, week * 7 + day)),
  );
};

/** Where a key leads from a day; undefined for a key that leads nowhere. */
const movedBy = ({ key, shiftKey }: KeyboardEvent, date: string): string | undefined => {
  switch (key) {
    case 'ArrowLeft':
      return addDays(date, -1);
    case 'ArrowRight':
      return addDays(date, 1);
    case 'ArrowUp':
      return addDays(date, -7);
    case 'ArrowDown':
      return addDays(date, 7);
    case 'Home':
      return addDays(date, 1 - weekdayOfDate(date));
    case 'End':
      return addDays(date, 7 - weekdayOfDate(date));
    case 'PageUp':
      return addMonths(date, shiftKey ? -12 : -1);
    case 'PageDown':
      return addMonths(date, shiftKey ? 12 : 1);
    default:
      return undefined;
  }
};

/** One month as a grid: arrows go by days and weeks, Page Up and Down by months, with Shift by years. */
export const MonthGrid = ({ day, today, onChoose }: MonthGridProps) => {
  const [active, setActive] = useState(day ?? today);
  const titleId = useId();
  const grid = useRef<HTMLTableElement>(null);
  // The first time too; the buttons beside the month keep the focus themselves.
  const mustFocus = useRef(true);
  useEffect(() => {
    if (!mustFocus.current) return;
    mustFocus.current = false;
    grid.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
  }, [active]);

  const month = active.slice(0, 7);
  const go = (date: string) => isInRange(date) && setActive(date);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = movedBy(event, active);
    if (next === undefined) return;
    event.preventDefault();
    mustFocus.current = true;
    go(next);
  };
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between">
        <Button
          variant="ghost"
          size="iconSm"
          aria-label="Previous month"
          onClick={() => go(addMonths(active, -1))}
        >
          <ChevronLeftIcon aria-hidden="true" />
        </Button>
        <span id={titleId} aria-live="polite" className="font-medium">
          {monthNames[Number(month.slice(5)) - 1]} {month.slice(0, 4)}
        </span>
        <Button
          variant="ghost"
          size="iconSm"
          aria-label="Next month"
          onClick={() => go(addMonths(active, 1))}
        >
          <ChevronRightIcon aria-hidden="true" />
        </Button>
      </div>
      {/* The pattern of a date grid: one stop for the keyboard, arrows go through it. */}
      <table
        ref={grid}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-labelledby={titleId}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {dayNames.slice(1).map((name) => (
              <th key={name} scope="col" abbr={name} className="text-xs font-medium text-ink-3">
                {name.slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map(([monday = '', ...others]) => (
            <tr key={monday}>
              {[monday, ...others].map((date) => (
                <td key={date} aria-selected={date === day} className="p-0">
                  <button
                    type="button"
                    tabIndex={date === active ? 0 : -1}
                    aria-label={dayWords(daysBetween('1970-01-01', date))}
                    aria-current={date === today ? 'date' : undefined}
                    disabled={!isInRange(date)}
                    className={classes(
                      'size-8 rounded-md hover:bg-hover',
                      date === day
                        ? 'bg-ink text-paper hover:text-ink'
                        : date.slice(0, 7) === month
                          ? date === today && 'font-semibold underline'
                          : 'text-ink-3',
                    )}
                    onClick={() => onChoose(date)}
                  >
                    {Number(date.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
