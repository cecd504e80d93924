import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { toast } from '#client/lib/toast.ts';
import { useDeletePhoneNumberForGood } from '#client/features/numbers/record-queries.ts';

interface DeleteForGoodDialogProps {
  record: PhoneNumber;
  onClose: () => void;
  onDeleted: () => void;
}

export const DeleteForGoodDialog = ({ record, onClose, onDeleted }: DeleteForGoodDialogProps) => {
  const erase = useDeletePhoneNumberForGood();
  const number = record.phone_number_international;
  const run = async () => {
    await erase.mutateAsync(record);
    onDeleted();
    toast({ message: `${number} deleted for good` });
  };
  return (
    <ConfirmDialog title={`Delete ${number} for good?`} verb="Delete for good" run={run} onClose={onClose}>
      Its credentials are erased, and nothing brings it back. Its history stays.
    </ConfirmDialog>
  );
};
