import type { BulkPlan } from '#contract/bulk/plans.ts';
import type { CountedPart } from '#client/components/counts-bar.tsx';

/** How many will change, stay and cannot change. */
export const planParts = ({ kind, counts }: Pick<BulkPlan, 'kind' | 'counts'>): CountedPart[] => {
  const act = kind === 'delete' ? 'be deleted' : kind === 'restore' ? 'be restored' : 'change';
  return [
    { id: 'changed', words: `will ${act}`, colour: 'bg-ink-2', count: counts.changed },
    { id: 'unchanged', words: 'already so', colour: 'bg-line-2', count: counts.unchanged },
    { id: 'refused', words: `cannot ${act}`, colour: 'bg-harm', count: counts.refused },
  ];
};
