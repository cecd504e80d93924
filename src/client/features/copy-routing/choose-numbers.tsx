import { useRef } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { MOST } from './copy-plan.ts';
import { NumberChecks } from './number-checks.tsx';
import { useNumbersToChoose } from './use-numbers-to-choose.ts';

interface Props {
  sourceId: string;
  typed: string;
  onType: (typed: string) => void;
  chosen: ReadonlyMap<string, PhoneNumber>;
  onChange: (chosen: ReadonlyMap<string, PhoneNumber>) => void;
}

/** A search, and what it finds with check boxes. What was chosen stays chosen while one searches on. */
export const ChooseNumbers = ({ sourceId, typed, onType, chosen, onChange }: Props) => {
  const {
    numbers,
    total,
    q,
    isSearching,
    isPending,
    error,
    refetch,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
  } = useNumbersToChoose(typed, sourceId);
  const list = useRef<HTMLDivElement>(null);
  const shown = numbers ?? [];
  const chosenShown = shown.filter(({ _id }) => chosen.has(_id)).length;
  const set = (records: readonly PhoneNumber[], isChosen: boolean) => {
    const next = new Map(chosen);
    for (const record of records) {
      if (!isChosen) next.delete(record._id);
      else if (next.size < MOST) next.set(record._id, record);
    }
    onChange(next);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="grid gap-2 border-b px-5 pb-2.5">
        <Input
          type="search"
          aria-label="Find numbers"
          placeholder="Number, name, agent, trunk or account"
          value={typed}
          autoComplete="off"
          spellCheck={false}
          className="[&::-webkit-search-cancel-button]:hidden"
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            list.current?.querySelector<HTMLElement>('[role=checkbox][tabindex="0"]')?.focus();
          }}
        />
        <div className="flex min-h-6.5 flex-wrap items-center gap-x-3">
          <label className="flex items-center gap-3 text-ink-2">
            <Checkbox
              checked={chosenShown === 0 ? false : chosenShown === shown.length ? true : 'indeterminate'}
              disabled={shown.length === 0}
              onCheckedChange={(checked) => set(shown, checked === true)}
            />
            All {formatCount(shown.length)} shown
            {total !== undefined && hasNextPage && (
              <span className="text-ink-3">of {formatCount(total)}</span>
            )}
          </label>
          <output className="ml-auto text-ink-2">
            {chosen.size >= MOST
              ? `${formatCount(MOST)} chosen, the most at a time`
              : `${formatCount(chosen.size)} chosen`}
          </output>
          {chosen.size > 0 && (
            <Button variant="ghost" size="sm" onClick={() => onChange(new Map())}>
              Clear
            </Button>
          )}
        </div>
      </div>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto" aria-busy={isSearching || undefined}>
        {isPending && <RowsSkeleton rows={6} />}
        {error && numbers === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {numbers?.length === 0 && !isSearching && (
          <p className="px-5 py-8 text-ink-2 wrap-anywhere">
            {q === '' ? 'There is no other number.' : `Nothing matches “${q}”.`}
          </p>
        )}
        {shown.length > 0 && (
          <NumberChecks
            q={q}
            numbers={shown}
            isChosen={(id) => chosen.has(id)}
            isFull={chosen.size >= MOST}
            onChoose={(record, isChosen) => set([record], isChosen)}
          />
        )}
        {hasNextPage && (
          <div className="px-5 py-3">
            <Button
              variant="outline"
              size="sm"
              isBusy={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              Show more
            </Button>
          </div>
        )}
      </div>
      <output className="sr-only">
        {numbers && !isSearching && `${plural(shown.length, 'number')} shown`}
      </output>
    </div>
  );
};
