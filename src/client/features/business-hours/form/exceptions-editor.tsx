import { PlusIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FieldError } from '#contract/errors.ts';
import { Button } from '#client/components/ui/button.tsx';
import { plural } from '#client/lib/words/format.ts';
import { ExceptionForm } from './exception-form.tsx';
import { ExceptionRow } from '#client/features/business-hours/exception-row.tsx';
import { messageAt, messagesByPlace, withKey, type DraftException } from './hours-draft.ts';
import { inOrder, nextOccurrence } from '#client/features/business-hours/next-occurrence.ts';
import { YearStrip } from '#client/features/business-hours/year-strip.tsx';

interface Props {
  exceptions: DraftException[];
  onChange: (exceptions: DraftException[]) => void;
  errors: readonly FieldError[];
  today: string;
}

const MAX_EXCEPTIONS = 100;
const keysInOrder = (exceptions: readonly DraftException[], today: string) =>
  inOrder(exceptions, today).map(({ key }) => key);

/**
 * What departs from the week, by when it comes next. The list is sorted anew when an exception is done, not
 * under the hand.
 */
export const ExceptionsEditor = ({ exceptions, onChange, errors, today }: Props) => {
  const root = useRef<HTMLElement>(null);
  const [order, setOrder] = useState(() => keysInOrder(exceptions, today));
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [announcement, announce] = useState('');
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    root.current?.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = null;
  });

  const wrong = messagesByPlace(errors, 'exceptions');
  const rank = (key: number) => order.indexOf(key);
  const shown = exceptions
    .map((exception, place) => ({ exception, place }))
    .toSorted((a, b) => rank(a.exception.key) - rank(b.exception.key));
  const isOpen = ({ exception, place }: (typeof shown)[number]) =>
    open.has(exception.key) || wrong.has(place);
  const isPast = (each: (typeof shown)[number]) =>
    !isOpen(each) && nextOccurrence(each.exception, today) === null;
  const coming = shown.filter((each) => !isPast(each));
  const past = shown.filter(isPast);

  const add = () => {
    const added = withKey({ name: '', start_date: today, end_date: today, every_year: false, intervals: [] });
    setOpen(new Set([...open, added.key]));
    wanted.current = `[data-exception="${added.key}"]`;
    onChange([...exceptions, added]);
  };
  const edit = (key: number) => {
    setOpen(new Set([...open, key]));
    wanted.current = `[data-exception="${key}"]`;
  };
  const done = (key: number) => {
    setOpen(new Set([...open].filter((each) => each !== key)));
    setOrder(keysInOrder(exceptions, today));
    wanted.current = `[data-row="${key}"] button`;
  };
  const remove = (gone: readonly DraftException[]) => {
    announce(
      gone.length === 1
        ? `${gone[0]?.name || 'Exception'} removed`
        : `${plural(gone.length, 'exception')} removed`,
    );
    wanted.current = '[data-add-exception]';
    onChange(exceptions.filter((each) => !gone.includes(each)));
  };
  const row = (each: (typeof shown)[number]) => {
    const { exception, place } = each;
    return (
      <li key={exception.key} data-row={exception.key} className={isOpen(each) ? 'py-1.5' : undefined}>
        {isOpen(each) ? (
          <ExceptionForm
            exception={exception}
            pointer={`/exceptions/${place}`}
            errors={errors}
            today={today}
            onChange={(changed) => onChange(exceptions.map((one) => (one === exception ? changed : one)))}
            onDone={() => done(exception.key)}
            onRemove={() => remove([exception])}
          />
        ) : (
          <ExceptionRow
            exception={exception}
            next={nextOccurrence(exception, today)}
            today={today}
            onEdit={() => edit(exception.key)}
            onRemove={() => remove([exception])}
          />
        )}
      </li>
    );
  };
  const isFull = exceptions.length >= MAX_EXCEPTIONS;
  const ofAll = wrong.size === 0 ? messageAt(errors, '/exceptions') : undefined;

  return (
    <section ref={root} aria-labelledby="exceptions-title" className="grid gap-2">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 id="exceptions-title" className="font-semibold">
          Exceptions
        </h3>
        <span className="text-xs text-ink-3 max-sm:sr-only">
          {isFull ? `There is room for ${MAX_EXCEPTIONS}.` : 'On these days they replace the week.'}
        </span>
        <Button
          data-add-exception
          size="sm"
          variant="outline"
          className="ml-auto"
          aria-disabled={isFull}
          onClick={() => (isFull ? announce(`There is room for ${MAX_EXCEPTIONS} exceptions`) : add())}
        >
          <PlusIcon aria-hidden="true" className="size-3.5" />
          Add exception
        </Button>
      </div>
      {ofAll && (
        <p role="alert" className="text-xs text-harm">
          {ofAll}
        </p>
      )}
      {coming.length > 0 && <YearStrip exceptions={exceptions} today={today} />}
      {coming.length > 0 && <ul className="divide-y divide-line/60">{coming.map(row)}</ul>}
      {exceptions.length === 0 && <p className="text-ink-2">None. Add holidays and days with other hours.</p>}
      {past.length > 0 && (
        <details className="group">
          <summary className="w-fit cursor-pointer rounded-sm text-xs text-ink-2">
            {plural(past.length, 'exception')} in the past
          </summary>
          <ul className="divide-y divide-line/60">{past.map(row)}</ul>
          <Button
            size="sm"
            variant="quietHarm"
            className="mt-1"
            onClick={() => remove(past.map(({ exception }) => exception))}
          >
            Remove all in the past
          </Button>
        </details>
      )}
      <output className="sr-only">{announcement}</output>
    </section>
  );
};
