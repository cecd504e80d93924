import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import type { NewRow } from '#server/features/bulk/rows/row-store.ts';

const missing = (id: string, isRestore: boolean): NewRow => ({
  phone_number_id: id,
  phone_number: '',
  version: null,
  planned: 'refused',
  planned_code: 'not_found',
  planned_message: isRestore ? 'No number with this id can be restored.' : 'No phone number has this id.',
});

type Pinned = Parameters<PhoneNumbersService['pinPhoneNumbers']>[0];

const whichOf = ({ selection, change }: PlanRow): Pinned => {
  if (selection?.ids !== undefined) return { ids: selection.ids };
  if (selection?.filter !== undefined)
    return { filter: selection.filter, exceptIds: selection.except_ids ?? [] };
  return { namingAgent: change.replace_agent?.from ?? '' };
};

/** Each number that a plan is over, with the version it has now; at the end those that are not there. */
export const createSelect = ({ pinPhoneNumbers }: Pick<PhoneNumbersService, 'pinPhoneNumbers'>) =>
  async function* (plan: PlanRow): AsyncGenerator<NewRow[]> {
    const isRestore = plan.change.kind === 'restore';
    const unseen = new Set(plan.selection?.ids ?? []);
    for await (const pins of pinPhoneNumbers(whichOf(plan), isRestore)) {
      for (const { id } of pins) unseen.delete(id);
      yield pins.map(({ id, phone_number, version }) => ({ phone_number_id: id, phone_number, version }));
    }
    yield [...unseen].map((id) => missing(id, isRestore));
  };
