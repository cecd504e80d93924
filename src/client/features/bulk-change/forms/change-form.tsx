import type { ReactNode } from 'react';
import { FormError } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '#client/components/ui/dialog.tsx';
import type { Selected } from '#client/features/bulk/questions.ts';

interface Props {
  title: string;
  selected: Selected;
  about?: string;
  isShown: boolean;
  problem: string | null;
  onPreview: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A short form that leads to the preview: nothing is changed by it. */
export const ChangeFormFrame = ({
  title,
  selected,
  about,
  isShown,
  problem,
  onPreview,
  onClose,
  children,
}: Props) => (
  <form
    noValidate
    className="flex min-h-0 flex-col"
    onSubmit={(event) => {
      event.preventDefault();
      onPreview();
    }}
  >
    {/* Two titles at once would both name the dialog. */}
    {isShown && (
      <DialogHeader className="px-5 pt-5 pr-13">
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>
          On {selected.words}. {about} You see what would change before anything does.
        </DialogDescription>
      </DialogHeader>
    )}
    <div className="grid min-h-0 gap-4 overflow-y-auto px-5 py-4">
      {children}
      <FormError messages={problem === null ? [] : [problem]} />
    </div>
    <DialogFooter className="rounded-b-xl border-t bg-paper px-5 py-3">
      <Button variant="outline" onClick={onClose}>
        Cancel
      </Button>
      <Button type="submit">Preview</Button>
    </DialogFooter>
  </form>
);
