import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Kind } from '#server/features/bulk/rows/kind.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import { selectLeft } from '#server/features/bulk/rows/follow-up-store.ts';
import { selectUnlisted, type NewRow } from '#server/features/bulk/rows/row-store.ts';

const missing = (id: string, isRestore: boolean): NewRow => ({
  phone_number_id: id,
  phone_number: '',
  version: null,
  planned: 'refused',
  planned_code: 'not_found',
  planned_message: isRestore ? 'No number with this id can be restored.' : 'No phone number has this id.',
});

const overtaken = {
  planned: 'refused',
  planned_code: 'version_conflict',
  planned_message: 'Somebody else changed it since it was looked at. Look at it again.',
} as const;

type Pinned = Parameters<PhoneNumbersService['pinPhoneNumbers']>[1];

const whichOf = ({ selection, change }: PlanRow): Pinned => {
  if (selection?.ids !== undefined) return { ids: selection.ids };
  if (selection?.filter !== undefined)
    return { filter: selection.filter, exceptIds: selection.except_ids ?? [] };
  return { namingAgent: change.replace_agent?.from ?? '' };
};

/** Each number that a plan is over, with the version it has now; behind them those that are not there. */
export const createSelect =
  (
    { pinPhoneNumbers }: Pick<PhoneNumbersService, 'pinPhoneNumbers'>,
    pieceRows: number,
  ): Required<Kind>['select'] =>
  async (tx, plan, last) => {
    const isRestore = plan.change.kind === 'restore';
    if (plan.change.retries !== undefined) {
      const left = await selectLeft(tx, plan.change.retries, last?.place ?? -1, pieceRows);
      const ids = left.map(({ phone_number_id: id }) => id);
      const { pins } = await pinPhoneNumbers(
        tx,
        { ids },
        { deleted: isRestore, after: '', limit: pieceRows },
      );
      const versions = new Map(pins.map(({ id, version }) => [id, version]));
      return {
        rows: left.map(({ place, phone_number_id: id, phone_number }) => {
          const version = versions.get(id);
          const row = { place, phone_number_id: id, phone_number };
          return version === undefined
            ? { ...missing(id, isRestore), place, phone_number }
            : { ...row, version };
        }),
        isLast: left.length < pieceRows,
      };
    }
    const { pins, isLast } = await pinPhoneNumbers(tx, whichOf(plan), {
      deleted: isRestore,
      after: last?.phone_number_id ?? '',
      limit: pieceRows,
    });
    const seen = plan.selection?.versions;
    const ids = plan.selection?.ids;
    const there = new Set(pins.map(({ id }) => id));
    const unseen =
      isLast && ids !== undefined
        ? (await selectUnlisted(tx, plan.id, [...new Set(ids)])).filter((id) => !there.has(id))
        : [];
    return {
      rows: [
        ...pins.map(({ id, phone_number, version }) => ({
          phone_number_id: id,
          phone_number,
          version,
          ...((seen?.[id] ?? version) !== version && overtaken),
        })),
        ...unseen.map((id) => missing(id, isRestore)),
      ],
      isLast,
    };
  };
