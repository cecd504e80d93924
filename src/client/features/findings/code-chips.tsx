import type { FindingCode } from '#contract/numbers/finding.ts';
import { classes } from '#client/lib/classes.ts';
import { codeNames, codes } from './finding-words.ts';
import { countWords, useFindingsSummary } from './queries.ts';

/** One kind of finding, or all: chips of which one is chosen, by arrow keys too, each with its count. */
export const CodeChips = ({
  chosen,
  onChoose,
}: {
  chosen: FindingCode | undefined;
  onChoose: (code: FindingCode | undefined) => void;
}) => {
  const summary = useFindingsSummary();
  return (
    <fieldset
      className={classes(
        'flex max-w-full min-w-0 gap-1.5 overflow-x-auto py-1 max-sm:-mx-4',
        'max-sm:w-[calc(100%+2rem)] max-sm:max-w-none max-sm:px-4 sm:flex-wrap',
      )}
    >
      <legend className="sr-only">Kind</legend>
      {[undefined, ...codes].map((code) => {
        const count = code === undefined ? summary?.total : summary?.counts[code];
        return (
          <label
            key={code ?? 'all'}
            className={classes(
              'relative flex h-7 shrink-0 cursor-pointer items-center gap-1.5 rounded-md border px-2',
              'whitespace-nowrap has-focus-visible:outline-2 has-focus-visible:outline-ring',
              code === chosen
                ? 'border-ink-2 bg-press font-medium'
                : 'border-line-2 text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            <input
              type="radio"
              name="code"
              className="sr-only"
              checked={code === chosen}
              onChange={() => onChoose(code)}
            />
            <span>{code === undefined ? 'All' : codeNames[code]}</span>
            {/* Its room is there before it is. */}
            <span className="min-w-[2ch] text-end tabular-nums">{count && countWords(count)}</span>
          </label>
        );
      })}
    </fieldset>
  );
};
