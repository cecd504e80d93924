import { useEffect, useState } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { Button } from '#client/components/ui/button.tsx';
import { SheetFooter } from '#client/components/ui/sheet.tsx';
import { FormError } from '#client/components/form/field.tsx';
import { useConnectionNames } from '#client/features/connections/queries.ts';
import { savedWords } from '#client/features/numbers/saved-where.ts';
import { plural } from '#client/lib/words/format.ts';
import { modKey } from '#client/lib/keyboard.ts';
import { fieldLabels, type FormFieldName } from '#client/features/number-fields/phone-number-values.ts';

interface SaveBarProps {
  changed: readonly FormFieldName[];
  problems: readonly string[];
  isSaving: boolean;
  /** Why saving has to wait. */
  waitsFor?: string;
  onSave: () => void;
  onDiscard: () => void;
}

/** What will be saved, by name. It comes with the first change and goes with the last. */
export const SaveBar = ({ changed, problems, isSaving, waitsFor, onSave, onDiscard }: SaveBarProps) => (
  <SheetFooter className="flex-wrap">
    {problems.length > 0 && (
      <div className="w-full">
        <FormError messages={problems} />
      </div>
    )}
    {/* As far from Save as the bar is wide: no hand takes one for the other. */}
    <Button variant="outline" onClick={onDiscard} disabled={isSaving}>
      Discard
    </Button>
    <output className="min-w-0 flex-1 basis-40">
      <span className="font-medium">{plural(changed.length, 'change')}</span>{' '}
      <span className="text-ink-2">{waitsFor ?? changed.map((field) => fieldLabels[field]).join(', ')}</span>
    </output>
    <Button
      onClick={onSave}
      isBusy={isSaving}
      disabled={waitsFor !== undefined}
      aria-keyshortcuts="Control+S"
    >
      Save
      <kbd className="ml-1 rounded-sm border border-paper/40 px-1 font-sans text-2xs opacity-75 coarse:hidden">
        {modKey === '⌘' ? '⌘S' : 'Ctrl S'}
      </kbd>
    </Button>
  </SheetFooter>
);

const NOTE_MS = 2500;
const LONG_NOTE_MS = 6000;

/** What the bar leaves behind for a moment: of a linked number also where the save has arrived. */
export const SavedNote = ({ record }: { record: PhoneNumber }) => {
  const [isOver, setIsOver] = useState(false);
  const isLinked = record.links.length > 0;
  const names = useConnectionNames(isLinked);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), isLinked ? LONG_NOTE_MS : NOTE_MS);
    return () => clearTimeout(timer);
  }, [isLinked]);
  return (
    <output className="pointer-events-none absolute right-4 bottom-3 rounded-lg bg-toast px-3 py-1.5 text-toast-foreground empty:hidden sm:right-6">
      {isOver ? null : savedWords(record, names)}
    </output>
  );
};
