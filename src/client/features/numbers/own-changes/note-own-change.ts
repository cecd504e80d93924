import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { onChange } from '#client/api/change-stream.ts';
import { inSight, setHeld } from './held-list.ts';
import { holdRows } from './held-rows.ts';

const FLASH_MS = 180;

/** Lights up the row of a number that was just saved. It explains, so it is the one motion of the list. */
const flashRow = (id: string) => {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const row = document.querySelector(`[role=row][data-key="${CSS.escape(id)}"]`);
  row?.animate(
    [{ backgroundColor: 'var(--cord-wash)' }, { backgroundColor: 'var(--cord-wash)', offset: 0.6 }, {}],
    { duration: FLASH_MS },
  );
};

onChange((told) => {
  if (told.change === 'deleted')
    setHeld((rows) => rows && rows.without('ids' in told ? told.ids : [told.id]));
});

/** A number was changed here, in its row or in its sheet: its row stays where it is, and is shown. */
export const noteOwnChange = (record: PhoneNumber): void => {
  const list = inSight.current;
  if (list !== null)
    setHeld((before) => {
      const rows = before ?? holdRows(list.listId);
      const index = rows.indexOf(record._id, list.places);
      return index === undefined ? before : rows.with(record._id, { index, record });
    });
  flashRow(record._id);
};
