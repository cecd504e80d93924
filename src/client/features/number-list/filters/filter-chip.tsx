import type { Ref } from 'react';
import { classes } from '#client/lib/classes.ts';

interface FilterChipProps {
  ref?: Ref<HTMLButtonElement>;
  name: string;
  /** What pressing it does, where that is not to filter by its name. */
  label?: string;
  /** What is chosen; without it the chip only offers itself. */
  value?: string;
  /** Absent where the filter has no menu, only a way out. */
  onOpen?: (anchor: HTMLElement) => void;
  onClear?: () => void;
  onIntent?: () => void;
  /** Shows only what is chosen, where room is scarce. */
  isTerse?: boolean;
  className?: string;
}

const partClass = 'inline-flex h-7 items-center gap-1.5 whitespace-nowrap hover:bg-hover';

/** A filter of the list: dashed while it is only offered, solid with its way out once it is set. */
export const FilterChip = ({
  name,
  label = `Filter by ${name.toLowerCase()}`,
  value,
  onOpen,
  onClear,
  onIntent,
  isTerse,
  className,
  ref,
}: FilterChipProps) => {
  const words =
    value === undefined ? (
      `+ ${name}`
    ) : (
      <>
        <span className={isTerse ? 'sr-only' : undefined}>{name}</span>
        <bdi className="max-w-44 truncate font-medium min-[64rem]:max-lg:max-w-26">{value}</bdi>
      </>
    );
  return (
    <span
      className={classes(
        'inline-flex items-center rounded-md border',
        value === undefined ? 'border-dashed border-line-3 text-ink-2' : 'border-line-2 text-ink',
        className,
      )}
    >
      {onOpen ? (
        <button
          ref={ref}
          type="button"
          aria-haspopup="dialog"
          aria-label={value === undefined ? label : `${name}: ${value}`}
          className={classes(partClass, 'rounded-md px-2')}
          onClick={({ currentTarget }) => onOpen(currentTarget)}
          onPointerEnter={onIntent}
          onFocus={onIntent}
        >
          {words}
        </button>
      ) : (
        <span className="inline-flex h-7 items-center gap-1.5 px-2 whitespace-nowrap">{words}</span>
      )}
      {value !== undefined && onClear && (
        <button
          type="button"
          aria-label={`Remove the filter ${name}`}
          className={classes(partClass, 'w-6 justify-center rounded-r-md text-ink-3 hover:text-ink')}
          onClick={onClear}
        >
          ×
        </button>
      )}
    </span>
  );
};
