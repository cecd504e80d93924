import { Dialog, DialogContent, DialogTitle } from '#client/components/ui/dialog.tsx';
import { Kbd } from '#client/components/ui/kbd.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { modKey } from '#client/lib/keyboard.ts';
import { closeOverlay } from './overlay.ts';

const sections: { title: string; keys: { does: string; keys: string[]; isEdit?: true }[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      { does: 'Go to a number, an agent or a screen', keys: [modKey, 'K'] },
      { does: 'Show these keys', keys: ['?'] },
      { does: 'Step back', keys: ['Esc'] },
    ],
  },
  {
    title: 'In the list of numbers',
    keys: [
      { does: 'Find', keys: ['/'] },
      { does: 'Add a number', keys: ['n'], isEdit: true },
      { does: 'Next and previous number', keys: ['j', 'k'] },
      { does: 'First number', keys: [modKey, 'Home'] },
      { does: 'Last number', keys: [modKey, 'End'] },
      { does: 'Open the number', keys: ['Enter'] },
      { does: 'Assign the inbound agent', keys: ['a'], isEdit: true },
      { does: 'Assign the outbound agent', keys: ['Shift', 'a'], isEdit: true },
    ],
  },
  {
    title: 'In a number',
    keys: [
      { does: 'Save', keys: [modKey, 'S'], isEdit: true },
      { does: 'Save and add another', keys: [modKey, 'Enter'], isEdit: true },
    ],
  },
];

export const KeysDialog = () => {
  const mayEdit = useMay('operator');
  const offered = sections
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
