import type { ListColumn } from '#contract/numbers/list/list-columns.ts';
import type { View } from '#contract/views.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import type { ListFilters } from '#client/features/numbers/list-url.ts';
import { toast } from '#client/lib/toast.ts';
import { filterOf, useAddView, useDeleteView, useUpdateView } from './queries.ts';
import { ViewDialog } from './view-dialog.tsx';

interface NewViewProps {
  filters: ListFilters;
  columnsNow: () => readonly ListColumn[];
  onClose: () => void;
}

/** Keeps what the list shows, and how. */
export const NewView = ({ filters, columnsNow, onClose }: NewViewProps) => {
  const add = useAddView();
  return (
    <ViewDialog
      title="Save view"
      verb="Save"
      initial={{ name: '', pinned: true, shared: false }}
      send={async (values) => {
        const { name } = await add.mutateAsync({
          ...values,
          filter: filterOf(filters),
          sort: filters.sort,
          columns: [...columnsNow()],
        });
        onClose();
        toast({ message: `View “${name}” saved` });
      }}
      onClose={onClose}
    />
  );
};

export const EditView = ({ view, onClose }: { view: View; onClose: () => void }) => {
  const update = useUpdateView();
  const { name, pinned, shared } = view;
  return (
    <ViewDialog
      title="Edit view"
      verb="Save"
      initial={{ name, pinned, shared }}
      send={async (body) => {
        const saved = await update.mutateAsync({ view, body });
        onClose();
        toast({ message: `View “${saved.name}” saved` });
      }}
      onClose={onClose}
    />
  );
};

export const DeleteView = ({ view, onClose }: { view: View; onClose: () => void }) => {
  const remove = useDeleteView();
  return (
    <ConfirmDialog
      title={`Delete the view “${view.name}”?`}
      verb="Delete view"
      run={async () => {
        await remove.mutateAsync(view);
        toast({ message: `View “${view.name}” deleted` });
      }}
      onClose={onClose}
    >
      {view.shared ? 'It goes for everybody. No number is changed.' : 'No number is changed.'}
    </ConfirmDialog>
  );
};
