import type { Outcome } from '#server/features/phone-numbers/acts/outcome.ts';
import { reasonOf, type Result } from '#server/features/bulk/rows/kind.ts';
import type { BulkRow } from '#server/features/bulk/rows/row-store.ts';

/** A number of a plan that is over numbers that are there. */
export interface NumberToChange {
  id: string;
  version: number | null;
}

export const numberOf = ({ phone_number_id: id, version }: BulkRow): NumberToChange => {
  if (id === null) throw new Error('A row that is to be changed names a number');
  return { id, version };
};

/** What an act answered, as what became of a row: nothing, where the number is at the version it had. */
export const resultOf = ({ version }: BulkRow, { row, problem }: Outcome): Result => {
  if (problem === null)
    return row.version === version
      ? { outcome: 'unchanged' }
      : { outcome: 'changed', made: { id: row.id, version: row.version } };
  const isConflict = problem.code === 'version_conflict' || problem.code === 'not_found';
  return isConflict
    ? {
        outcome: 'conflict',
        reason: {
          code: problem.code,
          message: 'Somebody else changed it after the preview; it was left as it is.',
        },
      }
    : { outcome: 'refused', reason: reasonOf(problem) };
};

export const resultsOf = (rows: readonly BulkRow[], outcomes: readonly Outcome[]): Result[] =>
  rows.map((row, at) => resultOf(row, outcomes[at] as Outcome));
