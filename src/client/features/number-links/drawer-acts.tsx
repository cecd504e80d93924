import { useState } from 'react';
import type { Link, LinkDetail } from '#contract/connections/links.ts';
import { Button } from '#client/components/ui/button.tsx';
import { SheetFooter } from '#client/components/ui/sheet.tsx';
import { mayRetry } from './link-words.ts';
import { UnlinkDialog } from './unlink-dialog.tsx';
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
        <UnlinkDialog
          name={name}
          unlink={acting.unlink}
          onUnlinked={onUnlinked}
          onClose={() => setUnlinking(false)}
        />
      )}
    </SheetFooter>
  );
};
