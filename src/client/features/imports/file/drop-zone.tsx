import { useEffect, useId, useRef, useState } from 'react';
import { FormError } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Textarea } from '#client/components/ui/textarea.tsx';
import { consoleWords } from '#client/features/imports/plan/console-words.ts';
import { classes } from '#client/lib/classes.ts';
import { ChooseFile } from './choose-file.tsx';
import { forgetRows, rowsToEdit } from './held.ts';
import type { Failed } from './use-import-file.ts';
import { PASTED, pastedFile, type Take } from './use-drop.ts';

const Paste = ({ begun, onTake }: { begun: string; onTake: Take }) => {
  const [text, setText] = useState(begun);
  const rows = useRef<HTMLTextAreaElement>(null);
  // It was asked for to be written in.
  useEffect(() => rows.current?.focus(), []);
  const hint = useId();
  return (
    <div className="grid w-full grid-cols-1 justify-items-start gap-2">
      <Textarea
        ref={rows}
        aria-label="Rows"
        aria-describedby={hint}
        value={text}
        rows={6}
        dir="ltr"
        wrap="off"
        autoComplete="off"
        spellCheck={false}
        placeholder={'Number\tProvider\tName\n+14155550100\tPlatform\tFront desk'}
        className="max-h-48 font-mono text-xs [tab-size:16]"
        onChange={({ target }) => setText(target.value)}
      />
      <p id={hint} className="text-xs text-ink-3">
        As a spreadsheet copies them, or as CSV; the first row names the columns.
      </p>
      <Button disabled={text.trim() === ''} onClick={() => onTake(PASTED, pastedFile(text))}>
        Check the rows
      </Button>
    </div>
  );
};

/** What is wrong with a file as a whole. */
export const FileError = ({ name, error }: Failed) => (
  <FormError
    messages={[`${name} was not imported. ${consoleWords(error.errors[0]?.message ?? error.detail)}`]}
  />
);

interface Props {
  isOver: boolean;
  onTake: Take;
}

/** Where an import begins. */
export const DropZone = ({ isOver, onTake }: Props) => {
  const [begun] = useState(rowsToEdit);
  const [isPasting, setPasting] = useState(begun !== null);
  useEffect(forgetRows, []);
  return (
    <section
      aria-label="File"
      className={classes(
        'grid justify-items-start gap-4 rounded-xl border border-dashed px-6 py-8',
        isOver ? 'border-cord bg-cord-wash' : 'border-line-3',
      )}
    >
      <div className="grid gap-1">
        <h2 className="text-base font-semibold tracking-tight">Drop a file of numbers here</h2>
        <p className="text-ink-2">
          CSV with commas, semicolons or tabs, or JSON lines, up to 100 MB. The first line names the columns;
          what spreadsheets, Twilio and Telnyx call them is understood. Nothing changes before you have seen
          what would.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <ChooseFile variant={isPasting ? 'outline' : 'default'} onTake={onTake}>
          Choose a file…
        </ChooseFile>
        <Button variant="outline" aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
          Paste rows…
        </Button>
      </div>
      {isPasting && <Paste begun={begun ?? ''} onTake={onTake} />}
    </section>
  );
};
