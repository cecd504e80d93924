import { announceChanges } from '#server/platform/changes/announce.ts';
import type { Kind, Result } from '#server/features/bulk/rows/kind.ts';
import { selectActs } from './finding-store.ts';
import { deleteMadeLinks } from './link-store.ts';

/**
 * Removes the links that an import made, before its numbers are put back: so nothing of that is sent to the
 * account. Those that it only linked are done with.
 */
export const takeLinksBack: NonNullable<Kind['takeBack']> = async (tx, undonePlanId, rows) => {
  const places = rows.map(({ place }) => place);
  const acts = await selectActs(tx, undonePlanId, places);
  const unlinked = await deleteMadeLinks(tx, undonePlanId, places);
  const linked = rows.filter(({ place }) => acts.get(place) === 'link');
  await announceChanges(
    tx,
    { subject: 'phone_number', change: 'updated' },
    linked.flatMap(({ phone_number_id: id, version }) =>
      id === null ? [] : [{ id, version: version ?? 1 }],
    ),
  );
  return new Map(
    linked.map(({ place }): [number, Result] => [
      place,
      { outcome: unlinked.has(place) ? 'changed' : 'unchanged' },
    ]),
  );
};
