import type { Import } from '#contract/bulk/imports.ts';
import { classes } from '#client/lib/classes.ts';
import { formatCount } from '#client/lib/words/format.ts';

const kinds = [
  { outcome: 'created', words: 'new', colour: 'bg-ink-2' },
  { outcome: 'changed', words: 'will change', colour: 'bg-line-3' },
  { outcome: 'unchanged', words: 'are so already', colour: 'bg-line-2' },
  { outcome: 'skipped', words: 'left as they are', colour: 'bg-line' },
  { outcome: 'refused', words: 'refused', colour: 'bg-harm' },
] as const;

type Counts = Import['counts'];

// Beside what a file usually has, only what this one has.
const shownKinds = (counts: Counts) =>
  kinds.filter(({ outcome }) => counts[outcome] > 0 || outcome === 'created' || outcome === 'refused');

/** `4,420 new, 390 will change, 20 refused` */
export const countsWords = (counts: Counts): string =>
  shownKinds(counts)
    .map(({ outcome, words }) => `${formatCount(counts[outcome])} ${words}`)
    .join(', ');

/** How many rows would do what: as a bar, and in figures. */
export const ImportCounts = ({ counts }: { counts: Counts }) => (
  <div className="grid gap-2.5">
    <div aria-hidden="true" className="flex h-2.5 gap-px overflow-hidden rounded-full bg-press">
      {kinds.map(
        ({ outcome, colour }) =>
          counts[outcome] > 0 && (
            <span
              key={outcome}
              className={classes('min-w-1.5', colour)}
              style={{ flexGrow: counts[outcome], flexBasis: 0 }}
            />
          ),
      )}
    </div>
    <dl className="flex flex-wrap gap-x-7 gap-y-2">
      {shownKinds(counts).map(({ outcome, words, colour }) => (
        <div key={outcome} className="flex flex-col-reverse">
          <dt className="flex items-center gap-2">
            <span aria-hidden="true" className={classes('size-2 rounded-[2px]', colour)} />
            {words}
          </dt>
          <dd className="text-base font-semibold tabular-nums">{formatCount(counts[outcome])}</dd>
        </div>
      ))}
    </dl>
  </div>
);
