import { useRef } from 'react';
import type { Connection } from '#contract/connections/connections.ts';
import { FormError } from '#client/components/form/field.tsx';
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
import { goTo } from '#client/lib/location.ts';
import { ConnectionFacts } from './connection-facts.tsx';
import { kindNames } from './connection-words.ts';
import { connectionImportHref, usePlanImport } from './plan-import.ts';
import { useActing } from './use-acting.ts';

interface Props {
  connection: Connection;
  checking: 'under way' | 'done' | { failed: string };
  onCheck: () => void;
  onReplace: () => void;
  onClose: () => void;
}

const aboutOf = ({ kind, state }: Connection, checking: Props['checking']): string => {
  const there = kindNames[kind];
  if (checking === 'under way') return `Asking ${there} whether it takes the key…`;
  if (checking !== 'done') return 'It was added, but not checked.';
  if (state === 'ok') return `${there} takes the key.`;
  return state === 'refused'
    ? `It was added, but ${there} refuses the key.`
    : `It was added, but ${there} gave no answer that could be used.`;
};

/** What came of the check of a connection that has just been added. */
export const CheckedDialog = ({ connection, checking, onCheck, onReplace, onClose }: Props) => {
  useBackCloses(onClose);
  const done = useRef<HTMLButtonElement>(null);
  const planImport = usePlanImport();
  const { acting, act } = useActing();
  const beginImport = async () => {
    const plan = await planImport.mutateAsync(connection);
    onClose();
    goTo(connectionImportHref(plan));
  };
  const isUnderWay = checking === 'under way';
  const isWrong = checking !== 'done' || connection.state !== 'ok';
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          done.current?.focus();
        }}
      >
        <DialogHeader>
          <DialogTitle>{connection.name}</DialogTitle>
          <DialogDescription>
            <output>{aboutOf(connection, checking)}</output>
          </DialogDescription>
        </DialogHeader>
        {checking === 'done' && <ConnectionFacts connection={connection} />}
        <FormError messages={typeof checking === 'object' ? [checking.failed] : []} />
        <DialogFooter>
          {!isUnderWay && isWrong && (
            <>
              <Button variant="outline" onClick={onCheck}>
                Check again
              </Button>
              <Button variant="outline" onClick={onReplace}>
                Replace key
              </Button>
            </>
          )}
          {!isUnderWay && !isWrong && (
            <Button
              variant="outline"
              isBusy={acting === 'import'}
              onClick={() => void act('import', beginImport)}
            >
              Import its numbers
            </Button>
          )}
          <Button ref={done} onClick={onClose}>
            Done
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
};
