import { useRef, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { mayDrop, useLeaveGuard } from '#client/lib/leave-guard.ts';
import { FormError } from './field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#client/components/ui/dialog.tsx';

interface Props {
  title: string;
  about?: string;
  /** The verb of the act, as on the button that led here. */
  verb: string;
  isDirty: boolean;
  isSubmitting: boolean;
  messages: readonly string[];
  onSubmit: (event: FormEvent) => void;
  onClose: () => void;
  children: ReactNode;
}

const UNSAVED = 'What you wrote here has not been saved.';

const saveByKey = (event: KeyboardEvent<HTMLFormElement>) => {
  if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
    return;
  // A form beneath listens for the same keys.
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.requestSubmit();
};

/** A short form in a dialog. What was typed is dropped only after a question. */
export const FormDialog = ({
  title,
  about,
  verb,
  isDirty,
  isSubmitting,
  messages,
  onSubmit,
  onClose,
  children,
}: Props) => {
  useLeaveGuard(isDirty && !isSubmitting, UNSAVED);
  const isAsking = useRef(false);
  const close = async () => {
    if (isSubmitting || isAsking.current) return;
    isAsking.current = true;
    // Only of what is written here, whatever is unsaved beneath.
    const mayClose = !isDirty || (await mayDrop(UNSAVED));
    isAsking.current = false;
    if (mayClose) onClose();
  };
  useBackCloses(() => void close());
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : void close())}>
      <DialogContent {...(about === undefined && { 'aria-describedby': undefined })}>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          {about && <DialogDescription>{about}</DialogDescription>}
        </DialogHeader>
        {/* The key that saves, wherever in the form the focus is. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <form
          noValidate
          className="grid gap-4"
          onSubmit={(event) => {
            // The dialog may have been opened from another form, which is not sent with it.
            event.stopPropagation();
            onSubmit(event);
          }}
          onKeyDown={saveByKey}
        >
          {children}
          <FormError messages={messages} />
          <DialogFooter>
            <Button variant="outline" onClick={() => void close()}>
              Cancel
            </Button>
            <Button type="submit" isBusy={isSubmitting}>
              {verb}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
};
