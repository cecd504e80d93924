import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { GridColumn } from '#client/components/data-grid/grid-row.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { ProviderCell } from './columns.tsx';

type Column = GridColumn<PhoneNumber>;

/** What another column than in the list of those that are there says. */
const others: Partial<Record<string, (column: Column) => Column>> = {
  provider: (column) => ({
    ...column,
    render: (record) => <ProviderCell record={record} face={null} />,
  }),
  answering_now: ({ id, className }) => ({
    id,
    header: 'Deleted by',
    className,
    title: ({ deleted_by }) => deleted_by?.name,
    render: ({ deleted_by }) => <bdi>{deleted_by?.name}</bdi>,
  }),
  updated_at: (column) => ({
    ...column,
    header: 'Deleted',
    render: ({ deleted_at = '' }) => <RelativeTime at={deleted_at} />,
  }),
};

/** The columns as the list of deleted numbers has them: it has one order, and nobody answers there. */
export const deletedColumns = (columns: readonly Column[]): Column[] =>
  columns.map(({ sort: _sort, ...column }) => others[column.id]?.(column) ?? column);
