import { useState } from 'react';
import { changedClass, type FormControl } from '#client/components/form/form-sheet-field.tsx';
import { Textarea } from '#client/components/ui/textarea.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { classes } from '#client/lib/classes.ts';

const entriesOf = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const isSameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((entry, at) => entry === b[at]);

interface EntryListProps {
  control: FormControl;
  pointer: string;
  entries: readonly string[];
  placeholder: string;
  mayEdit: boolean;
  onChange: (entries: string[]) => void;
}

/** Numbers, one a line: hundreds can be pasted at once, in whatever way they are written. */
export const EntryList = ({ control, pointer, entries, placeholder, mayEdit, onChange }: EntryListProps) => {
  const place = usePlace();
  const [text, setText] = useState(entries.join('\n'));
  // Changed from elsewhere, as by Discard: what was typed is no longer what is there.
  if (!isSameList(entriesOf(text), entries)) setText(entries.join('\n'));
  if (!mayEdit)
    return (
      <div className="max-h-40 overflow-y-auto py-1.75 font-mono text-xs whitespace-pre-wrap">
        {entries.join('\n')}
      </div>
    );
  return (
    <Textarea
      {...control}
      {...place(pointer)}
      value={text}
      rows={2}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      dir="ltr"
      className={classes('field-sizing-content max-h-48 min-h-14 font-mono text-xs', changedClass)}
      onChange={({ target }) => {
        setText(target.value);
        onChange(entriesOf(target.value));
      }}
    />
  );
};

/** What is said of the entries, with the line it is about. */
export const entryError = (messages: ReadonlyMap<string, string>, pointer: string): string | undefined => {
  for (const [place, message] of messages) {
    if (place === pointer) return message;
    if (place.startsWith(`${pointer}/`)) return `Line ${Number(place.split('/').at(-1)) + 1}: ${message}`;
  }
  return undefined;
};
