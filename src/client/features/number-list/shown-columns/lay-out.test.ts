import { describe, expect, test } from 'vitest';
import { defaultColumns, listColumns, type ListColumn } from '#contract/numbers/list/list-columns.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { GridColumn } from '#client/components/data-grid/grid-row.tsx';
import { chosenColumns, columnsIn, columnsToChoose, layOut } from './lay-out.ts';

const columns = listColumns.map((id): GridColumn<PhoneNumber> => ({ id, header: id, render: () => id }));
const ids = (shown: readonly { id: string }[]) => shown.map(({ id }) => id);

describe('the columns of a layout', () => {
  test('are the usual ones until some are chosen; where there is little room, without labels', () => {
    for (const layout of ['wide', 'snug'] as const) expect(columnsIn(layout, null)).toEqual(defaultColumns);
    expect(columnsIn('tight', null)).toEqual(defaultColumns.filter((id) => id !== 'labels'));
    expect(columnsIn('tight', [...defaultColumns])).toContain('labels');
  });

  test('are those that are chosen, in their order, the number first', () => {
    const chosen: ListColumn[] = ['labels', 'phone_number', 'country'];
    for (const layout of ['wide', 'snug', 'tight'] as const)
      expect(columnsIn(layout, chosen)).toEqual(['phone_number', 'labels', 'country']);
  });

  test('leave out what only a newer Cordboard knows', () => {
    expect(columnsIn('wide', ['phone_number', 'carrier' as ListColumn])).toEqual(['phone_number']);
  });

  test('of an entry of two lines are always the same', () => {
    expect(columnsIn('stacked', ['phone_number', 'labels'])).toEqual(columnsIn('stacked', null));
    expect(columnsToChoose('stacked', null)).toEqual(defaultColumns);
  });

  test('are chosen by the view before the operator, and of deleted numbers by a view alone', () => {
    const me = { list_columns: ['phone_number', 'labels'] satisfies ListColumn[] };
    const view = { columns: ['phone_number', 'country'] satisfies ListColumn[] };
    expect(chosenColumns({}, view, me)).toEqual(view.columns);
    expect(chosenColumns({}, { columns: null }, me)).toEqual(me.list_columns);
    expect(chosenColumns({}, null, me)).toEqual(me.list_columns);
    expect(chosenColumns({ deleted: 'true' }, view, me)).toEqual(view.columns);
    expect(chosenColumns({ deleted: 'true' }, null, me)).toBeNull();
  });
});

test('each layout has a width for each of its columns, and says what they need together', () => {
  const { wide, snug, tight, stacked } = layOut(columns, [...listColumns]);
  for (const { columns: shown, template, leastWidth } of [wide, snug, tight]) {
    expect(ids(shown)).toEqual(listColumns);
    const least = [...template.matchAll(/minmax\((\d+)px,/g)].map(([, px]) => Number(px));
    expect(least).toHaveLength(shown.length);
    expect(leastWidth).toBe(least.reduce((sum, px) => sum + px));
  }
  expect(tight.leastWidth).toBeLessThan(wide.leastWidth);
  expect(ids(stacked.columns)).toEqual(columnsIn('stacked', null));
  expect(stacked.leastWidth).toBe(0);
});

// With the navigation at its side, and the boxes and paddings of the rows.
test.each([
  ['wide', 1440 - 216 - 24 - 32],
  ['snug', 1280 - 216 - 24 - 32],
  ['tight', 1024 - 216 - 24 - 32],
] as const)('the usual columns fit the %s layout', (layout, px) => {
  expect(layOut(columns, null)[layout].leastWidth).toBeLessThanOrEqual(px);
});
