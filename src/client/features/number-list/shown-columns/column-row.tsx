import { ArrowDownIcon, ArrowUpIcon, GripVerticalIcon } from 'lucide-react';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { classes } from '#client/lib/classes.ts';

interface ColumnRowProps {
  id: string;
  name: string;
  isShown: boolean;
  isCarried: boolean;
  style: CSSProperties | undefined;
  onShow: (isShown: boolean) => void;
  onStep: (step: -1 | 1) => void;
  onCarry: (event: PointerEvent<HTMLElement>) => void;
}

const steps = { '-1': { Icon: ArrowUpIcon, where: 'up' }, '1': { Icon: ArrowDownIcon, where: 'down' } };

/** One column of the panel: ticked, dragged by its handle, and moved a step by its arrows or keys. */
export const ColumnRow = ({
  id,
  name,
  isShown,
  isCarried,
  style,
  onShow,
  onStep,
  onCarry,
}: ColumnRowProps) => {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
  };
  // The keys move it from its box: a stop at each arrow would make the way through the list three times as long.
  const arrow = (step: -1 | 1) => {
    const { Icon, where } = steps[step];
    return (
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Move ${name} ${where}`}
        className="grid size-6 place-items-center rounded-sm text-ink-3 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-ink"
        onClick={() => onStep(step)}
      >
        <Icon aria-hidden="true" className="size-3.5" />
      </button>
    );
  };
  return (
    <li
      data-column={id}
      style={style}
      className={classes(
        'group flex items-center rounded-md bg-raised hover:bg-hover',
        isCarried && 'shadow-float',
      )}
    >
      <span
        aria-hidden="true"
        title="Drag"
        className="grid size-7 shrink-0 cursor-grab! touch-none place-items-center text-ink-3 active:cursor-grabbing!"
        onPointerDown={onCarry}
      >
        <GripVerticalIcon className="size-3.5" />
      </span>
      <label className="flex min-h-7.5 min-w-0 flex-1 items-center gap-2.5">
        <Checkbox
          checked={isShown}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onCheckedChange={(checked) => onShow(checked === true)}
          onKeyDown={onKeyDown}
        />
        <span className={classes('truncate', !isShown && 'text-ink-2')}>{name}</span>
      </label>
      {arrow(-1)}
      {arrow(1)}
    </li>
  );
};
