import type { ComponentProps } from 'react';
import { changedClass } from '#client/components/form/form-sheet-field.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { classes } from '#client/lib/classes.ts';

interface ChoiceSelectProps<T extends string> extends Omit<ComponentProps<'select'>, 'value' | 'onChange'> {
  value: T;
  names: Record<T, string>;
  mayEdit: boolean;
  onChange: (value: T) => void;
}

/** One of a few, by the browser's own list; its name alone for those who only read. */
export const ChoiceSelect = <T extends string>({
  value,
  names,
  mayEdit,
  onChange,
  className,
  ...props
}: ChoiceSelectProps<T>) =>
  mayEdit ? (
    <select
      {...props}
      value={value}
      className={classes(controlClass, 'h-8.5 px-2', changedClass, className)}
      onChange={({ target }) => onChange(target.value as T)}
    >
      {(Object.keys(names) as T[]).map((option) => (
        <option key={option} value={option}>
          {names[option]}
        </option>
      ))}
    </select>
  ) : (
    <div className="py-1.75">{names[value]}</div>
  );
