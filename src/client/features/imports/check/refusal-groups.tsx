import { useState } from 'react';
import type { BulkRefusal } from '#contract/bulk/plans.ts';
import { Button } from '#client/components/ui/button.tsx';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { consoleWords } from '#client/features/imports/plan/console-words.ts';

/** Rows that are refused for one reason. */
export interface RefusalGroup {
  code: string;
  count: number;
  /** What is said of most of them. */
  message: string;
  others: number;
}

/** By their code, the largest first: by it their rows are asked for. */
export const groupRefusals = (refusals: readonly BulkRefusal[]): RefusalGroup[] => {
  const groups = new Map<string, RefusalGroup>();
  for (const { code, message, count } of refusals) {
    const group = groups.get(code);
    if (group === undefined) groups.set(code, { code, count, message: consoleWords(message), others: 0 });
    else groups.set(code, { ...group, count: group.count + count, others: group.others + 1 });
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count);
};

const SHOWN = 5;
// Room for "one more" is room for the one.
const WORTH_HIDING = 2;

interface Props {
  refusals: readonly BulkRefusal[];
  /** Whose rows are shown; null: all. */
  code: string | null;
  onCode: (code: string | null) => void;
}

/** Why rows are refused, each reason with how many have it; pressed, it shows those alone. */
export const RefusalGroups = ({ refusals, code, onCode }: Props) => {
  const [isWhole, showWhole] = useState(false);
  const groups = groupRefusals(refusals);
  if (groups.length < 2) return null;
  const more = groups.length - SHOWN;
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] pb-2">
      {groups
        .slice(0, isWhole || more < WORTH_HIDING ? undefined : SHOWN)
        .map(({ code: each, count, message, others }) => (
          <li key={each} className="flex items-baseline gap-4 border-b border-line/60 py-1.5">
            <span className="w-11 shrink-0 font-medium tabular-nums">{formatCount(count)}</span>
            <span id={`refusal-${each}`} className="min-w-0 flex-1 wrap-anywhere">
              {message}
              {others > 0 && (
                <span className="text-ink-2">
                  {' '}
                  And {formatCount(others)} {others === 1 ? 'reason' : 'reasons'} like it.
                </span>
              )}
            </span>
            <Button
              variant="link"
              size="sm"
              aria-pressed={code === each}
              aria-describedby={`refusal-${each}`}
              onClick={() => onCode(code === each ? null : each)}
            >
              {code === each ? 'Show all' : 'Show these'}
            </Button>
          </li>
        ))}
      {!isWhole && more >= WORTH_HIDING && (
        <li className="py-1.5">
          <Button variant="link" size="sm" onClick={() => showWhole(true)}>
            Show {plural(more, 'more reason')}
          </Button>
        </li>
      )}
    </ul>
  );
};
