import { useState } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { failedMessage, toApiError } from '#client/api/api-error.ts';
import { FormError } from '#client/components/form/field.tsx';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '#client/components/ui/alert-dialog.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useConnectionNames } from '#client/features/connections/queries.ts';
import { DeleteWhere } from '#client/features/number-links/delete-where.tsx';
import { toast } from '#client/lib/toast.ts';
import { useDeletePhoneNumber, useRestorePhoneNumber } from '#client/features/numbers/record-queries.ts';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { newKey } from '#client/lib/new-key.ts';
import { restoredMs, restoredWords } from '#client/lib/words/restored.ts';

const UNDO_MS = 10_000;

interface DeleteDialogProps {
  record: PhoneNumber;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks once, by name; and the deletion can be taken back for ten seconds. */
export const DeleteDialog = ({ record, onClose, onDeleted }: DeleteDialogProps) => {
  const remove = useDeletePhoneNumber();
  const restore = useRestorePhoneNumber();
  useBackCloses(onClose);
  const number = record.phone_number_international;
  const platform = record.links.find(({ role }) => role === 'platform');
  const name =
    useConnectionNames(platform !== undefined)?.get(platform?.connection_id ?? '') ?? 'the platform';
  const [isThereToo, setThereToo] = useState(false);
  const error = remove.error && toApiError(remove.error);
  // Someone saved meanwhile: what is deleted now is what they left, and that is said first.
  const latest = error?.current ?? record;

  // The dialog is gone by then: only a promise outlives it, its callbacks do not.
  const undo = async () => {
    try {
      const { not_restored: lost } = await restore.mutateAsync({ id: record._id, idempotencyKey: newKey() });
      toast({ message: restoredWords(number, lost), durationMs: restoredMs(lost) });
    } catch (thrown) {
      toast({ tone: 'harm', message: failedMessage(number, 'was not restored', thrown) });
    }
  };
  const confirm = () =>
    remove.mutate(
      { ...latest, platform: isThereToo ? 'delete' : undefined },
      {
        onSuccess: () => {
          onClose();
          onDeleted();
          toast({
            message: isThereToo
              ? `${number} deleted here, and is to be deleted on ${name}`
              : `${number} deleted`,
            action: { label: 'Undo', run: () => void undo() },
            durationMs: UNDO_MS,
          });
        },
      },
    );

  return (
    <AlertDialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Delete {number}?</AlertDialogTitle>
          <AlertDialogDescription>
            {record.friendly_name !== null && (
              <>
                This is <bdi className="font-medium text-ink">{record.friendly_name}</bdi>.{' '}
              </>
            )}
            Calls to it are no longer answered. For {RESTORABLE_DAYS} days it can be restored, its credentials
            with it.
          </AlertDialogDescription>
        </AlertDialogHeader>
        {platform && <DeleteWhere name={name} isThereToo={isThereToo} onChoose={setThereToo} />}
        {error && (
          <FormError
            messages={[
              error.current
                ? 'Someone else has just changed this number. Delete it all the same?'
                : error.detail,
            ]}
          />
        )}
        <AlertDialogFooter>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
          <Button variant="harm" isBusy={remove.isPending} onClick={confirm}>
            Delete {number}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
};
