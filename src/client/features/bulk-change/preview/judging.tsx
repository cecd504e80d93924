import type { BulkPlan } from '#contract/bulk/plans.ts';
import { ProgressBar } from '#client/components/progress-bar.tsx';
import { formatCount } from '#client/lib/words/format.ts';

/** How far the numbers have been looked at; null while they are being found. */
export const Judging = ({ plan }: { plan: BulkPlan | null }) => {
  const { total = 0, changed = 0, unchanged = 0, refused = 0 } = plan?.counts ?? {};
  const judged = changed + unchanged + refused;
  return (
    <div className="grid min-h-40 content-start gap-2">
      <ProgressBar label="Preview" done={judged} total={total} />
      <p className="text-ink-2 tabular-nums">
        {total === 0
          ? 'Finding the numbers'
          : `Looking at what would change: ${formatCount(judged)} of ${formatCount(total)}`}
      </p>
    </div>
  );
};
