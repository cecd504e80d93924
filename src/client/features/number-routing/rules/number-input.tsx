import { useState, type ComponentProps } from 'react';
import { changedClass } from '#client/components/form/form-sheet-field.tsx';
import { Input } from '#client/components/ui/input.tsx';
import { classes } from '#client/lib/classes.ts';

const numberOf = (text: string, empty: number | null): number | null =>
  text.trim() === '' ? empty : Number(text);

interface NumberInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  value: number | null;
  /** What an empty field stands for. */
  empty?: number | null;
  /** Null where nothing is written; NaN where it is no number, for the schema to say so. */
  onChange: (value: number | null) => void;
}

/** A whole number. What is typed stays as it is typed, right or wrong. */
export const NumberInput = ({ value, empty = null, onChange, className, ...props }: NumberInputProps) => {
  const [text, setText] = useState(value === null ? '' : String(value));
  if (!Object.is(numberOf(text, empty), value)) setText(value === null ? '' : String(value));
  return (
    <Input
      {...props}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      className={classes(changedClass, className)}
      onChange={({ target }) => {
        setText(target.value);
        onChange(numberOf(target.value, empty));
      }}
    />
  );
};
