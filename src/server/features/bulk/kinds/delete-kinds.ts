import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Kind } from '#server/features/bulk/rows/kind.ts';
import { numberOf, resultsOf } from './results.ts';
import { restoreNumbers } from './restore-numbers.ts';
import { createSelect } from './select-numbers.ts';

type Acts = Pick<
  PhoneNumbersService,
  'pinPhoneNumbers' | 'deletePhoneNumbers' | 'restorePhoneNumbers' | 'findPresent'
>;

// What is there can be deleted, and what was deleted restored: both were selected so.
const judge: Kind['judge'] = async (_tx, _context, _plan, rows) =>
  rows.map(() => ({ planned: 'changed', changes: {} }));

/** Numbers deleted, and deletions taken back. */
export const createDeleteKinds = (phoneNumbers: Acts): Record<'delete' | 'restore', Kind> => {
  const select = createSelect(phoneNumbers);
  return {
    delete: {
      select,
      judge,
      act: async (tx, context, _plan, rows) =>
        resultsOf(rows, await phoneNumbers.deletePhoneNumbers(tx, context, rows.map(numberOf))),
    },
    restore: {
      select,
      judge,
      act: (tx, context, _plan, rows) => restoreNumbers(phoneNumbers, tx, context, rows),
    },
  };
};
