import type { ListColumn } from '#contract/numbers/list/list-columns.ts';
import type { View, ViewPatchInput } from '#contract/views.ts';
import { failedMessage } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import type { ListFilters } from '#client/features/numbers/list-url.ts';
import { toast } from '#client/lib/toast.ts';
import { filterOf, useUpdateView } from './queries.ts';
import { narrowClass } from './view-menu-room.tsx';

interface Props {
  view: View;
  /** What the list shows now. */
  filters: ListFilters;
  columnsNow: () => readonly ListColumn[];
}

/** Makes the view that was opened show what the list has come to show since, its columns too. */
export const UpdateView = ({ view, filters, columnsNow }: Props) => {
  const update = useUpdateView();
  const label = `View “${view.name}”`;
  const send = (before: View, body: ViewPatchInput, onSaved: (saved: View) => void) =>
    update
      .mutateAsync({ view: before, body })
      .then(onSaved, (thrown: unknown) =>
        toast({ tone: 'harm', message: failedMessage(label, 'was not updated', thrown) }),
      );
  const press = () => {
    const body = { filter: filterOf(filters), sort: filters.sort, columns: [...columnsNow()] };
    void send(view, body, (saved) => {
      const { filter, sort, columns } = view;
      const undo = () =>
        void send(saved, { filter, sort, columns }, () => toast({ message: `${label} is as it was` }));
      toast({
        message: `${label} updated to the filter, order and columns shown`,
        action: { label: 'Undo', run: undo },
      });
    });
  };
  return (
    <Button
      variant="ghost"
      size="sm"
      className={narrowClass}
      title={label}
      isBusy={update.isPending}
      onClick={press}
    >
      <bdi className="max-w-40 truncate">Update “{view.name}”</bdi>
    </Button>
  );
};
