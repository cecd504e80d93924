import { useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';
import { MAX_LABEL, MAX_LABELS } from '#contract/numbers/limits.ts';
import { changedClass, type FormControl } from '#client/components/form/form-sheet-field.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { classes } from '#client/lib/classes.ts';
import { addLabels } from '#client/features/number-fields/typed/add-labels.ts';
import { useAfterPress } from '#client/lib/pointer/use-after-press.ts';

// All the labels that a number may have, typed at once with commas between them.
const LONGEST = MAX_LABELS * (MAX_LABEL + 1);

interface LabelsInputProps {
  ref?: Ref<HTMLInputElement>;
  control: FormControl;
  labels: readonly string[];
  onChange: (labels: string[]) => void;
  /** What is typed behind them, and no label yet. */
  typed: string;
  onTyped: (typed: string) => void;
  onBlur: () => void;
  /** Shown while there is none. */
  placeholder?: string;
}

/** Labels as chips, with the next one typed behind them. */
export const LabelsInput = ({
  ref,
  control,
  labels,
  onChange,
  typed,
  onTyped,
  onBlur,
  placeholder = 'Add a label',
}: LabelsInputProps) => {
  const [announcement, announce] = useState('');

  const afterPress = useAfterPress();

  const add = (text: string) => {
    const { labels: next, added, duplicates } = addLabels(labels, text);
    onTyped('');
    if (added.length > 0) onChange(next);
    if (duplicates.length > 0) announce(`${duplicates.join(', ')} is there already`);
    else if (added.length > 0) announce(`Added ${added.join(', ')}`);
  };
  const remove = (label: string) => {
    onChange(labels.filter((other) => other !== label));
    announce(`Removed ${label}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = labels.at(-1);
    if (event.key === 'Backspace' && typed === '' && last !== undefined) remove(last);
    else if ((event.key === 'Enter' || event.key === ',') && typed.trim() !== '') add(typed);
    else if (event.key !== 'Enter' && event.key !== ',') return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text');
    if (!/[,\n\t]/.test(text)) return;
    event.preventDefault();
    add(typed + text);
  };

  return (
    <div
      className={classes(
        controlClass,
        'flex min-h-8.5 flex-wrap items-center gap-1 px-1.5 py-1 focus-within:border-ring focus-within:ring-3 focus-within:ring-ring/30',
        changedClass,
      )}
      data-changed={control['data-changed']}
    >
      {labels.map((label) => (
        <span
          key={label}
          className="inline-flex h-6 max-w-full items-center rounded-[5px] border border-line-2 bg-surface pl-1.5 text-xs"
        >
          <bdi className="truncate" title={label}>
            {label}
          </bdi>
          <button
            type="button"
            aria-label={`Remove the label ${label}`}
            className="size-6 shrink-0 rounded-sm text-ink-3 hover:text-ink"
            onClick={() => remove(label)}
          >
            ×
          </button>
        </span>
      ))}
      <input
        {...control}
        ref={ref}
        value={typed}
        autoComplete="off"
        maxLength={LONGEST}
        placeholder={labels.length === 0 ? placeholder : undefined}
        className="h-6 min-w-20 flex-1 bg-transparent px-1 outline-hidden placeholder:text-ink-3 coarse:text-[1rem]"
        onChange={({ target }) => onTyped(target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => {
          // What was typed and not yet confirmed is meant, not thrown away.
          if (typed.trim() !== '') afterPress(() => add(typed));
          onBlur();
        }}
      />
      <output className="sr-only">{announcement}</output>
    </div>
  );
};
