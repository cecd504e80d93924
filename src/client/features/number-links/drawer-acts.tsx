import { useState } from 'react';
import type { Link, LinkDetail } from '#contract/connections/links.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { SheetFooter } from '#client/components/ui/sheet.tsx';
import { toast } from '#client/lib/toast.ts';
import { mayRetry } from './link-words.ts';
import type { LinkActing } from './use-link-acting.ts';

interface Props {
  link: Link;
  detail: LinkDetail | undefined;
  name: string;
  acting: LinkActing;
  onUnlinked: () => void;
}

/** What can be done with the link as a whole. */
export const DrawerActs = ({ link, detail, name, acting, onUnlinked }: Props) => {
  const [isUnlinking, setUnlinking] = useState(false);
  const differing = detail?.fields.filter(({ state }) => state !== 'same').length ?? 0;
  return (
    <SheetFooter className="flex-wrap">
      <Button variant="outline" className="mr-auto" onClick={() => setUnlinking(true)}>
        Unlink…
      </Button>
      {mayRetry(link) && (
        <Button variant="outline" isBusy={acting.acting === 'retry'} onClick={acting.retry}>
          Retry
        </Button>
      )}
      {differing > 1 && (
        <>
          <Button variant="outline" isBusy={acting.acting === 'theirs '} onClick={() => acting.takeTheirs()}>
            Take all of theirs
          </Button>
          <Button isBusy={acting.acting === 'mine '} onClick={() => acting.keepMine()}>
            Keep all of mine
          </Button>
        </>
      )}
      {isUnlinking && (
        <ConfirmDialog
          title={`Unlink from ${name}?`}
          verb="Unlink"
          run={async () => {
            await acting.unlink();
            toast({ message: `Unlinked from ${name}` });
            onUnlinked();
          }}
          onClose={() => setUnlinking(false)}
        >
          Nothing changes on {name}. What is saved here is not sent there any more, and what waits is dropped.
        </ConfirmDialog>
      )}
    </SheetFooter>
  );
};
