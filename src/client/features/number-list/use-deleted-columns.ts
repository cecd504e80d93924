import { useEffect, useMemo, useState } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { GridColumn } from '#client/components/data-grid/grid-row.tsx';
import { fetchPart } from '#client/lib/fetch-part.ts';

type Columns = GridColumn<PhoneNumber>[];

/** These columns; in the list of deleted numbers as it has them, which is fetched with the first such list. */
export const useDeletedColumns = (columns: Columns, isDeleted: boolean): Columns => {
  const [part, setPart] = useState<{ deletedColumns: (columns: Columns) => Columns }>();
  useEffect(() => {
    if (isDeleted) void fetchPart(() => import('./deleted-columns.tsx')).then(setPart);
  }, [isDeleted]);
  return useMemo(
    () => (isDeleted && part ? part.deletedColumns(columns) : columns),
    [columns, isDeleted, part],
  );
};
