import { linkCreateSchema, unlinkSchema } from '#contract/connections/links.ts';
import { numberOf, resultOf } from '#server/features/bulk/kinds/results.ts';
import { createSelect } from '#server/features/bulk/kinds/select-numbers.ts';
import { reasonOf, type Kind, type Result, type Verdict } from '#server/features/bulk/rows/kind.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { LinkNumbers } from './link-numbers.ts';

type Reading = Pick<PhoneNumbersService, 'pinPhoneNumbers' | 'findRows'>;

/** Many numbers linked to an account, and unlinked. */
export const createLinkKinds = (
  phoneNumbers: Reading,
  { judgeLinks, linkNumbers, unlinkNumbers }: LinkNumbers,
  pieceRows: number,
): Record<'link' | 'unlink', Kind> => {
  const select = createSelect(phoneNumbers, pieceRows);
  return {
    link: {
      select,
      async judge(tx, _context, plan, rows) {
        const target = linkCreateSchema.parse(plan.change.options);
        const judged = await judgeLinks(
          tx,
          target,
          rows.map((row) => numberOf(row).id),
        );
        return rows.map((row): Verdict => {
          const problem = judged.get(numberOf(row).id);
          return problem
            ? { planned: 'refused', reason: reasonOf(problem) }
            : { planned: 'changed', changes: {} };
        });
      },
      async act(tx, context, plan, rows) {
        const target = linkCreateSchema.parse(plan.change.options);
        const outcomes = await linkNumbers(tx, context, rows.map(numberOf), target);
        return rows.map((row, at): Result => {
          const outcome = outcomes[at];
          if (outcome?.row == null) return resultOf(row, outcome as NonNullable<typeof outcome>);
          const { id, version } = outcome.row;
          return { outcome: 'changed', made: { id, version } };
        });
      },
    },
    unlink: {
      select,
      async judge(tx, _context, plan, rows) {
        const { role } = unlinkSchema.parse(plan.change.options);
        const ids = rows.map((row) => numberOf(row).id);
        const linked = new Set(
          (await phoneNumbers.findRows(tx, ids)).flatMap(({ id, links = [] }) =>
            links.some((link) => link.role === role) ? [id] : [],
          ),
        );
        return rows.map((row): Verdict =>
          linked.has(numberOf(row).id) ? { planned: 'changed', changes: {} } : { planned: 'unchanged' },
        );
      },
      async act(tx, context, plan, rows) {
        const { role } = unlinkSchema.parse(plan.change.options);
        const outcomes = await unlinkNumbers(tx, context, rows.map(numberOf), role);
        return rows.map((row, at): Result => {
          const outcome = outcomes[at];
          if (outcome?.row == null) return resultOf(row, outcome as NonNullable<typeof outcome>);
          const { id, version } = outcome.row;
          return outcome.wasLinked ? { outcome: 'changed', made: { id, version } } : { outcome: 'unchanged' };
        });
      },
    },
  };
};
