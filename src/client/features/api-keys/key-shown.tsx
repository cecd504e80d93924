import { useRef, useState } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#client/components/ui/dialog.tsx';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { toast } from '#client/lib/toast.ts';

/** The one time a key is seen. A stray click beside the dialog must not take it away. */
export const KeyShown = ({ value, onClose }: { value: string; onClose: () => void }) => {
  const [isCopied, setCopied] = useState(false);
  // Nor does Back, no more than Escape.
  useBackCloses(() => undefined);
  const copyButton = useRef<HTMLButtonElement>(null);
  const copy = () =>
    void navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () =>
        toast({ message: 'The browser does not allow copying. Select the key and copy it.', tone: 'harm' }),
    );
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        showCloseButton={false}
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => event.preventDefault()}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          copyButton.current?.focus();
        }}
      >
        <DialogHeader>
          <DialogTitle>Copy the key now</DialogTitle>
          <DialogDescription>It is shown this once. Cordboard keeps only a hash of it.</DialogDescription>
        </DialogHeader>
        <output
          aria-label="API key"
          className="rounded-lg border border-line-3 bg-paper px-3 py-2.5 font-mono text-xs break-all select-all"
        >
          {value}
        </output>
        <DialogFooter>
          <Button variant="outline" onClick={onClose}>
            Done
          </Button>
          <Button ref={copyButton} onClick={copy}>
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
        </DialogFooter>
        <output className="sr-only">{isCopied && 'Copied'}</output>
      </DialogContent>
    </Dialog>
  );
};
