import type { Import } from '#contract/bulk/imports.ts';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';

const cancelled: Record<NonNullable<BulkJob['cancel_reason']>, string> = {
  asked: 'The import was cancelled',
  actor_lost: 'The import was cancelled: who started it may no longer import',
  restored: 'The import was cancelled: the database was restored from a backup',
};

/** How it stands. */
export const titleOf = ({
  state,
  cancel_reason: reason,
}: Pick<BulkJob, 'state' | 'cancel_reason'>): string => {
  if (state === 'cancelled') return cancelled[reason ?? 'asked'];
  return {
    queued: 'Waiting to be imported',
    running: 'Importing',
    done: 'Imported',
    failed: 'The import failed, and what is left was not imported',
  }[state];
};

/** `4,420 numbers added, 390 changed, 20 rows refused` */
export const resultWords = (counts: BulkJob['counts']): string => {
  const { created, changed, unchanged, skipped, refused, conflict, total, done } = counts;
  const parts: (readonly [number, string])[] = [
    [changed, `${formatCount(changed)} changed`],
    [unchanged, `${formatCount(unchanged)} were so already`],
    [skipped, `${formatCount(skipped)} left as they are`],
    [conflict, `${formatCount(conflict)} changed by others meanwhile, and left alone`],
    [refused, `${plural(refused, 'row')} refused`],
    [total - done, `${formatCount(total - done)} not done`],
  ];
  return [
    `${plural(created, 'number')} added`,
    ...parts.filter(([count]) => count > 0).map(([, words]) => words),
  ].join(', ');
};

/** How many rows are imported of those that were to be: the job counts refused ones as done from the start. */
export const rowsToImport = (
  { done, total }: Pick<BulkJob['counts'], 'done' | 'total'>,
  { created, changed }: Pick<Import['counts'], 'created' | 'changed'>,
): { done: number; total: number } => {
  const toImport = created + changed;
  return { done: Math.max(0, done - (total - toImport)), total: toImport };
};
