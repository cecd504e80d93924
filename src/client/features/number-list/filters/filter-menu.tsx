import { CheckIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  Command,
  CommandEmpty,
  CommandInput,
  CommandItem,
  CommandList,
} from '#client/components/ui/command.tsx';
import { Popover, PopoverAnchor, PopoverContent } from '#client/components/ui/popover.tsx';
import { matches } from '#client/lib/matches.ts';
import { useAnchored } from '#client/features/numbers/use-anchored.ts';

export interface FilterOption {
  value: string;
  label: string;
  hint?: string;
}

export interface MenuPlace {
  anchor: HTMLElement;
  /** Takes the focus when the chip goes with its last value. */
  back: () => HTMLElement | null;
  onClose: () => void;
}

interface FilterMenuProps extends MenuPlace {
  label: string;
  options: readonly FilterOption[];
  /** What is chosen now. */
  values: readonly string[];
  /** Told of all that are chosen then; none takes the filter away. */
  onChoose: (values: string[]) => void;
  /** One can be chosen, and that closes the menu. Else it stays open, and each press adds or takes one away. */
  isSingle?: boolean;
  /** Asks for text to find an option by, when there are many. */
  placeholder?: string;
  /** Told what is typed, where somebody else finds more options by it. */
  onType?: (typed: string) => void;
  /** Said where no option is left. */
  none?: string;
  children?: ReactNode;
  /** Below the choices. */
  foot?: ReactNode;
}

/** The choices of one filter chip. */
export const FilterMenu = ({
  anchor,
  back,
  label,
  options,
  values,
  onChoose,
  onClose,
  isSingle = false,
  placeholder,
  onType,
  none = 'Nothing is called that.',
  children,
  foot,
}: FilterMenuProps) => {
  const [typed, setTyped] = useState('');
  const [announcement, announce] = useState('');
  const anchored = useAnchored(anchor, back);
  const type = (text: string) => {
    setTyped(text);
    onType?.(text);
  };
  const choose = ({ value, label: name }: FilterOption) => {
    const isChosen = values.includes(value);
    const kept = isSingle ? [] : values.filter((other) => other !== value);
    if (isSingle) onClose();
    else if (typed !== '') type('');
    onChoose(isChosen ? kept : [...kept, value]);
    announce(`${isChosen ? 'Removed' : 'Added'} ${name}`);
  };
  // Also of those that were found elsewhere by less than is typed by now: Enter takes nothing else.
  const shown = options.filter((option) => matches(option.label, typed));
  // They come and go while one types: the choice stays where it was, or goes to the first.
  const [pointed, point] = useState(values[0]);
  const active = shown.find(({ value }) => value === pointed) ?? shown[0];
  return (
    <Popover open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <PopoverAnchor virtualRef={{ current: anchor }} />
      <PopoverContent aria-label={label} className="w-72 p-0" {...anchored}>
        {children}
        <Command shouldFilter={false} label={label} loop value={active?.value ?? ''} onValueChange={point}>
          {placeholder === undefined ? (
            // The list itself must hold the focus for its keys to work.
            <CommandInput value="" readOnly className="sr-only" aria-label={label} />
          ) : (
            <CommandInput value={typed} onValueChange={type} placeholder={placeholder} />
          )}
          <CommandList>
            {shown.map((option) => (
              <CommandItem key={option.value} value={option.value} onSelect={() => choose(option)}>
                <bdi className="truncate" title={option.label}>
                  {option.label}
                </bdi>
                {option.hint !== undefined && (
                  <span className="ml-auto shrink-0 text-xs text-ink-3">{option.hint}</span>
                )}
                {values.includes(option.value) && (
                  <CheckIcon
                    aria-label="chosen now"
                    className={option.hint === undefined ? 'ml-auto text-ink' : 'text-ink'}
                  />
                )}
              </CommandItem>
            ))}
            <CommandEmpty>{none}</CommandEmpty>
          </CommandList>
        </Command>
        {foot}
        <output className="sr-only">{announcement}</output>
      </PopoverContent>
    </Popover>
  );
};
