import { Dialog, DialogContent, DialogTitle } from '#client/components/ui/dialog.tsx';
import { Kbd } from '#client/components/ui/kbd.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { keySections } from './key-sections.ts';
import { closeOverlay } from './overlay.ts';

export const KeysDialog = () => {
  const mayEdit = useMay('operator');
  useBackCloses(closeOverlay);
  const offered = keySections
    .map(({ title, keys }) => ({ title, keys: keys.filter(({ isEdit }) => mayEdit || !isEdit) }))
    .filter(({ keys }) => keys.length > 0);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && closeOverlay()}>
      <DialogContent aria-describedby={undefined}>
        <DialogTitle>Keyboard shortcuts</DialogTitle>
        {offered.map(({ title, keys }) => (
          <section key={title} className="grid gap-1">
            <h3 className="text-xs font-medium text-ink-3">{title}</h3>
            <dl>
              {keys.map(({ does, keys: pressed }) => (
                <div key={does} className="flex min-h-7.5 items-center gap-4">
                  <dt>{does}</dt>
                  <dd className="ml-auto flex gap-1">
                    {pressed.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </DialogContent>
    </Dialog>
  );
};
