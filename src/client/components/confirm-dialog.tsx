import { useState, type ReactNode } from 'react';
import { toApiError } from '#client/api/api-error.ts';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
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

interface Props {
  title: string;
  children?: ReactNode;
  /** What must be answered before, below the text. */
  questions?: ReactNode;
  /** The verb of the act, as on the button that led here. */
  verb: string;
  /** What the way back is called. */
  back?: string;
  isHarm?: boolean;
  /** False where there is nothing to do but to close it. */
  hasCancel?: boolean;
  run: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before an act that cannot be taken back at once. Stays open, and says why, when the act fails. */
export const ConfirmDialog = ({
  title,
  children,
  questions,
  verb,
  back = 'Cancel',
  isHarm = true,
  hasCancel = true,
  run,
  onClose,
}: Props) => {
  const [isBusy, setBusy] = useState(false);
  const [messages, setMessages] = useState<string[]>([]);
  const confirm = async () => {
    setBusy(true);
    try {
      await run();
      onClose();
    } catch (thrown) {
      setMessages([toApiError(thrown).detail]);
      setBusy(false);
    }
  };
  const close = () => (isBusy ? undefined : onClose());
  useBackCloses(close);
  return (
    <AlertDialog open onOpenChange={(isOpen) => !isOpen && close()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          {children && (
            <AlertDialogDescription asChild>
              <div>{children}</div>
            </AlertDialogDescription>
          )}
        </AlertDialogHeader>
        {questions}
        <FormError messages={messages} />
        <AlertDialogFooter>
          {hasCancel && <AlertDialogCancel>{back}</AlertDialogCancel>}
          <Button variant={isHarm ? 'harm' : 'default'} isBusy={isBusy} onClick={() => void confirm()}>
            {verb}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
};
