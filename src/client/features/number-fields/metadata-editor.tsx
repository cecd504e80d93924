import { useImperativeHandle, useRef, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { changedClass, type FormControl } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
import type { MetadataRow } from './phone-number-values.ts';

interface MetadataEditorProps {
  ref?: Ref<{ focus: () => void }>;
  control: FormControl;
  rows: readonly MetadataRow[];
  onChange: (rows: MetadataRow[]) => void;
  onBlur: () => void;
  isReadOnly: boolean;
}

/** Keys of the operators' own, each with its value. */
export const MetadataEditor = ({ ref, control, rows, onChange, onBlur, isReadOnly }: MetadataEditorProps) => {
  const group = useRef<HTMLFieldSetElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => group.current?.querySelector<HTMLElement>('input,button')?.focus(),
  }));
  const change = (at: number, part: Partial<MetadataRow>) =>
    onChange(rows.map((row, other) => (other === at ? { ...row, ...part } : row)));
  const addButton = useRef<HTMLButtonElement>(null);
  /** The key at this place takes the focus, once it is drawn. */
  const setRows = (next: MetadataRow[], at: number) => {
    flushSync(() => onChange(next));
    const keys = group.current?.querySelectorAll<HTMLElement>('[data-part=key]');
    (keys?.[at] ?? addButton.current)?.focus();
  };

  if (isReadOnly) {
    return (
      <dl
        id={control.id}
        aria-labelledby={control['aria-labelledby']}
        className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] gap-x-3 gap-y-1 py-1.75"
      >
        {rows.length === 0 && <dd className="text-ink-3">None</dd>}
        {rows.map(({ key, value }) => (
          <div key={key} className="contents">
            <dt className="font-mono text-xs wrap-anywhere text-ink-2">{key}</dt>
            <dd className="wrap-anywhere whitespace-pre-wrap">{value}</dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    // What leaves one of its inputs leaves the field.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      ref={group}
      id={control.id}
      aria-labelledby={control['aria-labelledby']}
      aria-describedby={control['aria-describedby']}
      className="grid min-w-0 gap-1.5"
      onBlur={onBlur}
    >
      {rows.map(({ key, value }, at) => (
        // Rows have no identity of their own: a key may be empty, or typed twice on the way.
        <div key={at} className="flex gap-1.5">
          <Input
            data-part="key"
            aria-label={`Key ${at + 1}`}
            aria-invalid={control['aria-invalid']}
            data-changed={control['data-changed']}
            className={`flex-1 font-mono ${changedClass}`}
            placeholder="key"
            spellCheck={false}
            autoComplete="off"
            value={key}
            onChange={({ target }) => change(at, { key: target.value })}
          />
          <Input
            aria-label={key.trim() === '' ? `Value ${at + 1}` : `Value of ${key}`}
            data-changed={control['data-changed']}
            className={`flex-2 ${changedClass}`}
            placeholder="value"
            autoComplete="off"
            dir="auto"
            value={value}
            onChange={({ target }) => change(at, { value: target.value })}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove ${key.trim() === '' ? `row ${at + 1}` : key}`}
            onClick={() =>
              setRows(
                rows.filter((_, other) => other !== at),
                Math.max(0, at - 1),
              )
            }
          >
            ×
          </Button>
        </div>
      ))}
      <Button
        ref={addButton}
        variant="outline"
        size="sm"
        className="justify-self-start"
        onClick={() => setRows([...rows, { key: '', value: '' }], rows.length)}
      >
        Add a field
      </Button>
    </fieldset>
  );
};
