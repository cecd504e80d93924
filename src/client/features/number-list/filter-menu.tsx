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

interface FilterMenuProps {
  anchor: HTMLElement;
  label: string;
  options: readonly FilterOption[];
  value: string | undefined;
  /** Undefined takes the filter away. */
  onChoose: (value: string | undefined) => void;
  onClose: () => void;
  /** Asks for text to find an option by, when there are many. */
  placeholder?: string;
  children?: ReactNode;
}

/** The choices of one filter chip. */
export const FilterMenu = ({
  anchor,
  label,
  options,
  value,
  onChoose,
  onClose,
  placeholder,
  children,
}: FilterMenuProps) => {
  const [typed, setTyped] = useState('');
  const anchored = useAnchored(anchor);
  const choose = (chosen: string) => {
    onClose();
    onChoose(chosen === value ? undefined : chosen);
  };
  return (
    <Popover open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <PopoverAnchor virtualRef={{ current: anchor }} />
      <PopoverContent aria-label={label} className="w-72 p-0" {...anchored}>
        {children}
        <Command shouldFilter={false} label={label} loop defaultValue={value}>
          {placeholder === undefined ? (
            // The list itself must hold the focus for its keys to work.
            <CommandInput value="" readOnly className="sr-only" aria-label={label} />
          ) : (
            <CommandInput value={typed} onValueChange={setTyped} placeholder={placeholder} />
          )}
          <CommandList>
            {options
              .filter((option) => matches(option.label, typed))
              .map((option) => (
                <CommandItem key={option.value} value={option.value} onSelect={() => choose(option.value)}>
                  <bdi className="truncate">{option.label}</bdi>
                  {option.hint !== undefined && (
                    <span className="ml-auto shrink-0 text-xs text-ink-3">{option.hint}</span>
                  )}
                  {option.value === value && (
                    <CheckIcon
                      aria-label="chosen now"
                      className={option.hint === undefined ? 'ml-auto text-ink' : 'text-ink'}
                    />
                  )}
                </CommandItem>
              ))}
            <CommandEmpty>Nothing is called that.</CommandEmpty>
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
};
