import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Result } from '#server/features/bulk/rows/kind.ts';
import type { BulkRow } from '#server/features/bulk/rows/row-store.ts';
import { numberOf, resultOf } from './results.ts';

type Acts = Pick<PhoneNumbersService, 'restorePhoneNumbers' | 'findPresent'>;

/** Takes deletions back; what somebody restored already is as it should be. */
export const restoreNumbers = async (
  { restorePhoneNumbers, findPresent }: Acts,
  tx: Transaction,
  context: RequestContext,
  rows: readonly BulkRow[],
): Promise<Result[]> => {
  const numbers = rows.map(numberOf);
  const present = await findPresent(
    tx,
    numbers.map(({ id }) => id),
  );
  const outcomes = await restorePhoneNumbers(tx, context, numbers);
  return rows.map((row, at): Result => {
    const outcome = outcomes[at];
    if (outcome === undefined) throw new Error('Each number has an outcome');
    if (outcome.problem !== null) return resultOf(row, outcome);
    if (present.has(outcome.row.id)) return { outcome: 'unchanged' };
    const { not_restored: lost = [] } = outcome.row;
    return {
      ...resultOf(row, outcome),
      ...(lost[0] !== undefined && { reason: { code: 'partly_restored', message: lost[0].message } }),
    };
  });
};
