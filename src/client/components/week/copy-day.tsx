import { useState, type FormEvent } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import { Popover, PopoverAnchor, PopoverContent } from '#client/components/ui/popover.tsx';
import { dayName, longDays } from './to-days.ts';

interface Props {
  anchor: HTMLElement;
  day: number;
  onCopy: (days: number[]) => void;
  onClose: () => void;
}

const allDays = longDays.map((_, day) => day);

/** The days that shall be as this one is. What they had is replaced. */
export const CopyDay = ({ anchor, day, onCopy, onClose }: Props) => {
  const [chosen, choose] = useState<readonly number[]>([]);
  const others = allDays.filter((each) => each !== day);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (chosen.length > 0) onCopy(chosen.toSorted((a, b) => a - b));
  };
  return (
    <Popover open modal onOpenChange={(isOpen) => !isOpen && onClose()}>
      <PopoverAnchor virtualRef={{ current: anchor }} />
      <PopoverContent
        aria-label={`Copy ${dayName(day)} to`}
        className="w-56 p-3"
        align="end"
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <form className="grid gap-2" onSubmit={onSubmit}>
          <p className="text-xs text-ink-2">Copy {dayName(day)} to</p>
          <div className="flex gap-1.5">
            <Button size="sm" variant="outline" onClick={() => choose(others.filter((each) => each < 5))}>
              Weekdays
            </Button>
            <Button size="sm" variant="outline" onClick={() => choose(others)}>
              All days
            </Button>
          </div>
          <div className="grid">
            {others.map((each) => (
              <label key={each} className="flex min-h-7 items-center gap-2">
                <Checkbox
                  checked={chosen.includes(each)}
                  onCheckedChange={(isOn) =>
                    choose(isOn === true ? [...chosen, each] : chosen.filter((one) => one !== each))
                  }
                />
                {dayName(each)}
              </label>
            ))}
          </div>
          <Button type="submit" aria-disabled={chosen.length === 0}>
            Copy
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
};
