import { classes } from '#client/lib/classes.ts';

interface Props<T extends string> {
  name: string;
  label: string;
  options: readonly T[];
  names: Record<T, string>;
  /** Null where nothing has been chosen yet. */
  chosen: T | null;
  onChoose: (option: T) => void;
}

/** A few options side by side, at most one of them chosen. */
export const Choice = <T extends string>({ name, label, options, names, chosen, onChoose }: Props<T>) => (
  <fieldset className="inline-flex max-w-full gap-0.5 rounded-lg border border-line-2 p-0.5">
    <legend className="sr-only">{label}</legend>
    {options.map((option) => (
      <label
        key={option}
        className={classes(
          'relative flex h-7 cursor-pointer items-center rounded-[5px] px-3 has-focus-visible:outline-2 has-focus-visible:outline-ring',
          option === chosen ? 'bg-press font-medium' : 'text-ink-2 hover:text-ink',
        )}
      >
        <input
          type="radio"
          name={name}
          className="sr-only"
          checked={option === chosen}
          onChange={() => onChoose(option)}
        />
        {names[option]}
      </label>
    ))}
  </fieldset>
);
