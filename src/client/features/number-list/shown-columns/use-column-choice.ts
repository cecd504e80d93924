import type { ListColumn } from '#contract/numbers/list/list-columns.ts';
import type { View } from '#contract/views.ts';
import { useUpdateMe } from '#client/features/sessions/acts.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { useChooseViewColumns, useMayChange } from '#client/features/views/acts.ts';

interface ColumnChoice {
  /** Null: the usual ones. */
  chosen: readonly ListColumn[] | null;
  /** The view whose columns they are; null: they are the operator's own. */
  ofView: View | null;
  mayChoose: boolean;
  choose: (columns: ListColumn[] | null) => void;
}

/** Whose columns the list shows, and the way to choose others: a view that keeps columns shows its own. */
export const useColumnChoice = (view: View | null): ColumnChoice => {
  const me = useMe();
  const updateMe = useUpdateMe();
  const ofView = view?.columns ? view : null;
  const mayChange = useMayChange(ofView ?? undefined);
  const chooseOfView = useChooseViewColumns(ofView);
  return {
    chosen: ofView?.columns ?? me.list_columns,
    ofView,
    mayChoose: ofView === null || mayChange,
    choose: (columns) => (ofView === null ? updateMe({ list_columns: columns }) : chooseOfView({ columns })),
  };
};
