import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { reasonOf, type Kind, type Verdict } from '#server/features/bulk/rows/kind.ts';
import { numberOf, resultsOf } from './results.ts';
import { restoreNumbers } from './restore-numbers.ts';
import { createSelect } from './select-numbers.ts';

type Acts = Pick<
  PhoneNumbersService,
  'pinPhoneNumbers' | 'deletePhoneNumbers' | 'restorePhoneNumbers' | 'judgeRestorations' | 'findPresent'
>;

const judgeRestore =
  ({ judgeRestorations }: Pick<Acts, 'judgeRestorations'>): Kind['judge'] =>
  async (tx, _context, _plan, rows) => {
    const ids = rows.map((row) => numberOf(row).id);
    return (await judgeRestorations(tx, ids)).map((judged): Verdict => {
      if (judged.problem !== null) return { planned: 'refused', reason: reasonOf(judged.problem) };
      if (judged.isThere) return { planned: 'unchanged' };
      const [lost] = judged.lost;
      return {
        planned: 'changed',
        changes: {},
        ...(lost !== undefined && { reason: { code: 'partly_restored', message: lost.message } }),
      };
    });
  };

/** Numbers deleted, and deletions taken back. */
export const createDeleteKinds = (
  phoneNumbers: Acts,
  pieceRows: number,
): Record<'delete' | 'restore', Kind> => {
  const select = createSelect(phoneNumbers, pieceRows);
  return {
    delete: {
      select,
      // What is there can be deleted.
      judge: async (_tx, _context, _plan, rows) => rows.map(() => ({ planned: 'changed', changes: {} })),
      act: async (tx, context, _plan, rows) =>
        resultsOf(rows, await phoneNumbers.deletePhoneNumbers(tx, context, rows.map(numberOf))),
    },
    restore: {
      select,
      judge: judgeRestore(phoneNumbers),
      act: (tx, context, _plan, rows) => restoreNumbers(phoneNumbers, tx, context, rows),
    },
  };
};
