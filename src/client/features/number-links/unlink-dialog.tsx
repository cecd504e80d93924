import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { toast } from '#client/lib/toast.ts';

interface Props {
  /** What the connection is called. */
  name: string;
  unlink: () => Promise<unknown>;
  onUnlinked?: () => void;
  onClose: () => void;
}

/** Asks before a link is forgotten. */
export const UnlinkDialog = ({ name, unlink, onUnlinked, onClose }: Props) => (
  <ConfirmDialog
    title={`Unlink from ${name}?`}
    verb="Unlink"
    run={async () => {
      await unlink();
      toast({ message: `Unlinked from ${name}` });
      onUnlinked?.();
    }}
    onClose={onClose}
  >
    Nothing changes on {name}. What is saved here is not sent there any more, and what waits is dropped.
  </ConfirmDialog>
);
