import type { BusinessHours } from '#contract/business-hours.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { plural } from '#client/lib/words/format.ts';
import { toast } from '#client/lib/toast.ts';
import { useDeleteBusinessHours } from '#client/features/business-hours/queries.ts';

/** Hours that numbers go by stay: the dialog says so instead of offering what would be refused. */
export const DeleteDialog = ({ hours, onClose }: { hours: BusinessHours; onClose: () => void }) => {
  const remove = useDeleteBusinessHours();
  const { name, phone_number_count: count } = hours;
  if (count > 0) {
    return (
      <ConfirmDialog
        title={`${name} cannot be deleted`}
        verb="Close"
        isHarm={false}
        hasCancel={false}
        run={() => Promise.resolve()}
        onClose={onClose}
      >
        {plural(count, 'number')} {count === 1 ? 'goes' : 'go'} by it. Give {count === 1 ? 'it' : 'them'}{' '}
        other business hours first.
      </ConfirmDialog>
    );
  }
  const run = async () => {
    await remove.mutateAsync(hours);
    toast({ message: `“${name}” deleted` });
  };
  return (
    <ConfirmDialog title={`Delete ${name}?`} verb="Delete" run={run} onClose={onClose}>
      No number goes by it. It cannot be brought back.
    </ConfirmDialog>
  );
};
