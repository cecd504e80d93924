import { defaultColumns, type ListColumn } from '#contract/numbers/list/list-columns.ts';
import type { MeAsOperator } from '#contract/sessions.ts';
import type { View } from '#contract/views.ts';
import type { ListFilters } from '#client/features/numbers/list-url.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { GridColumn } from '#client/components/data-grid/grid-row.tsx';
import type { GridLayout, LaidOut } from '#client/components/data-grid/use-grid-layout.ts';

/** Of each column: its least width in px and its share of what is left, in the wide layout and in the tight one. */
const widths: Record<ListColumn, readonly [wide: number, share: number, tight: number, share: number]> = {
  phone_number: [170, 0.2, 164, 0.3],
  friendly_name: [104, 1.4, 80, 1.3],
  provider: [196, 2, 94, 0.3],
  inbound_agent_id: [162, 1, 110, 1],
  answering_now: [138, 0.9, 100, 0.9],
  outbound_agent_id: [158, 1, 110, 1],
  labels: [118, 1, 118, 1],
  updated_at: [90, 0, 86, 0],
  created_at: [90, 0, 86, 0],
  country: [118, 0.6, 100, 0.6],
  links: [134, 0, 126, 0],
};

/** Those of an entry of two lines, whatever is chosen for wider lists. */
const entryColumns: readonly ListColumn[] = ['phone_number', 'friendly_name', 'provider', 'inbound_agent_id'];
const ENTRY_TEMPLATE = 'minmax(0,1.1fr) minmax(0,1fr)';

type Chosen = readonly ListColumn[] | null;

/**
 * What was chosen: by the view that is open, else by the operator; null: nothing. Of deleted numbers only a view
 * chooses, for what became of them is in columns that one may do without elsewhere.
 */
export const chosenColumns = (
  { deleted }: Pick<ListFilters, 'deleted'>,
  view: Pick<View, 'columns'> | null,
  me: Pick<MeAsOperator, 'list_columns'>,
): Chosen => view?.columns ?? (deleted === undefined ? me.list_columns : null);

/** The columns of a layout in their order, the number first. Where nothing is chosen, the tight one has no labels. */
export const columnsIn = (layout: GridLayout, chosen: Chosen): readonly ListColumn[] => {
  if (layout === 'stacked') return entryColumns;
  if (chosen !== null)
    // One that only a newer Cordboard knows is left out.
    return ['phone_number', ...chosen.filter((id) => id !== 'phone_number' && id in widths)];
  return layout !== 'tight' ? defaultColumns : defaultColumns.filter((id) => id !== 'labels');
};

/** Those that there is a choice of: in a list of entries it is for wider ones. */
export const columnsToChoose = (layout: GridLayout, chosen: Chosen): readonly ListColumn[] =>
  columnsIn(layout === 'stacked' ? 'wide' : layout, chosen);

const sizeIn = (layout: GridLayout, id: ListColumn): [least: number, share: number] => {
  const [wide, wideShare, tight, tightShare] = widths[id];
  if (layout === 'wide') return [wide, wideShare];
  // One column more than the tight one must not cost the others what is read in them. The trunk is in the wide one alone.
  const isBetween = layout === 'snug' && id !== 'provider';
  return [isBetween ? Math.round((wide + tight) / 2) : tight, tightShare];
};

type Columns = readonly GridColumn<PhoneNumber>[];

/** These columns as each layout of the grid has them. */
export const layOut = (columns: Columns, chosen: Chosen): Record<GridLayout, LaidOut<PhoneNumber>> => {
  const inLayout = (layout: GridLayout): LaidOut<PhoneNumber> => {
    const ids = columnsIn(layout, chosen);
    const shown = ids.flatMap((id) => columns.find((column) => column.id === id) ?? []);
    if (layout === 'stacked') return { columns: shown, template: ENTRY_TEMPLATE, leastWidth: 0 };
    const sizes = ids.map((id) => sizeIn(layout, id));
    return {
      columns: shown,
      template: sizes.map(([least, share]) => `minmax(${least}px,${share}fr)`).join(' '),
      leastWidth: sizes.reduce((sum, [least]) => sum + least, 0),
    };
  };
  return {
    wide: inLayout('wide'),
    snug: inLayout('snug'),
    tight: inLayout('tight'),
    stacked: inLayout('stacked'),
  };
};
