import type { BulkPlan } from '#contract/bulk/plans.ts';
import { classes } from '#client/lib/classes.ts';
import { formatCount } from '#client/lib/words/format.ts';

type Facts = Pick<BulkPlan, 'kind' | 'counts'>;

const partsOf = (kind: BulkPlan['kind']) => {
  const act = kind === 'delete' ? 'be deleted' : kind === 'restore' ? 'be restored' : 'change';
  return [
    { outcome: 'changed', words: `will ${act}`, colour: 'bg-ink-2' },
    { outcome: 'unchanged', words: 'already so', colour: 'bg-line-2' },
    { outcome: 'refused', words: `cannot ${act}`, colour: 'bg-harm' },
  ] as const;
};

/** `11,512 will change, 742 already so, 226 cannot change` */
export const countsWords = ({ kind, counts }: Facts): string =>
  partsOf(kind)
    .map(({ outcome, words }) => `${formatCount(counts[outcome])} ${words}`)
    .join(', ');

/** How many will change, stay and cannot change: as a bar, and in figures. */
export const PlanCounts = ({ kind, counts }: Facts) => (
  <div className="grid gap-2.5">
    <div aria-hidden="true" className="flex h-2.5 gap-px overflow-hidden rounded-full bg-press">
      {partsOf(kind).map(
        ({ outcome, colour }) =>
          counts[outcome] > 0 && (
            <span
              key={outcome}
              className={colour}
              // Few among very many are seen, too.
              style={{ flexGrow: counts[outcome], flexBasis: 0, minWidth: 6 }}
            />
          ),
      )}
    </div>
    <dl className="flex flex-wrap gap-x-7 gap-y-2">
      {partsOf(kind).map(({ outcome, words, colour }) => (
        <div key={outcome} className="flex flex-col-reverse">
          <dt className="flex items-center gap-2">
            <span aria-hidden="true" className={classes('size-2 rounded-sm', colour)} />
            {words}
          </dt>
          <dd className="text-base font-semibold tabular-nums">{formatCount(counts[outcome])}</dd>
        </div>
      ))}
    </dl>
  </div>
);
