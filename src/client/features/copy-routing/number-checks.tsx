import { useRef, useState, type KeyboardEvent } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { countryName } from '#client/lib/words/format.ts';

interface Props {
  /** What they were found by: the stop for Tab is the first of what is found anew. */
  q: string;
  numbers: readonly PhoneNumber[];
  isChosen: (id: string) => boolean;
  /** No more can be chosen. */
  isFull: boolean;
  onChoose: (record: PhoneNumber, isChosen: boolean) => void;
}

const stepOf: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Numbers with check boxes: one stop for Tab, arrows between them, Space chooses. */
export const NumberChecks = ({ q, numbers, isChosen, isFull, onChoose }: Props) => {
  const list = useRef<HTMLUListElement>(null);
  const [stop, setStop] = useState({ q, at: 0 });
  const current = stop.q === q ? Math.min(stop.at, numbers.length - 1) : 0;
  const setAt = (at: number) => setStop({ q, at });
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepOf[event.key]?.(current, numbers.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('[role=checkbox]')[next]?.focus();
  };
  return (
    // The keys move between the check boxes, which are what is operated.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul ref={list} aria-label="Numbers" onKeyDown={onKeyDown}>
      {numbers.map((record, place) => {
        const { _id: id, phone_number_international: number, friendly_name: label, country } = record;
        return (
          <li key={id}>
            <label className="flex min-h-9 items-center gap-3 border-b border-line/60 px-5 py-1.5 hover:bg-hover has-disabled:opacity-60">
              <Checkbox
                tabIndex={place === current ? 0 : -1}
                checked={isChosen(id)}
                disabled={isFull && !isChosen(id)}
                onFocus={() => setAt(place)}
                onCheckedChange={(checked) => onChoose(record, checked === true)}
              />
              <span className="shrink-0 whitespace-nowrap">{number}</span>
              <bdi className="min-w-0 truncate text-ink-2">
                {label ?? (country === null ? '' : countryName(country))}
              </bdi>
            </label>
          </li>
        );
      })}
    </ul>
  );
};
