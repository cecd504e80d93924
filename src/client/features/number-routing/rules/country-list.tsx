import { CheckIcon } from 'lucide-react';
import { useState } from 'react';
import type { FormControl } from '#client/components/form/form-sheet-field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import {
  Command,
  CommandEmpty,
  CommandInput,
  CommandItem,
  CommandList,
} from '#client/components/ui/command.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '#client/components/ui/popover.tsx';
import { usePlace } from '#client/features/number-fields/form-context.ts';
import { countryName } from '#client/lib/words/format.ts';
import { matches } from '#client/lib/matches.ts';
import { countries } from '#client/lib/words/countries.ts';

interface CountryListProps {
  control: FormControl;
  pointer: string;
  /** What the list is, for those who hear it. */
  label: string;
  /** What it means that none is chosen. */
  none: string;
  codes: readonly string[];
  mayEdit: boolean;
  onChange: (codes: string[]) => void;
}

const fits = (code: string, name: string, typed: string) =>
  code === typed.trim().toUpperCase() || matches(name, typed);

/** Countries as chips; more are found by name or by their two letters. */
export const CountryList = ({
  control,
  pointer,
  label,
  none,
  codes,
  mayEdit,
  onChange,
}: CountryListProps) => {
  const place = usePlace();
  const [typed, setTyped] = useState('');
  const [announcement, announce] = useState('');
  const toggle = (code: string) => {
    const isThere = codes.includes(code);
    onChange(isThere ? codes.filter((other) => other !== code) : [...codes, code].toSorted());
    announce(`${isThere ? 'Removed' : 'Added'} ${countryName(code)}`);
  };
  const offered = countries().filter(({ code, name }) => fits(code, name, typed));
  // Two letters that are a country's code mean that country first.
  const inOrder = offered.toSorted(
    (a, b) => Number(b.code === typed.trim().toUpperCase()) - Number(a.code === typed.trim().toUpperCase()),
  );
  return (
    <div className="flex min-h-8.5 min-w-0 flex-wrap items-center gap-1">
      {codes.map((code) => (
        <span
          key={code}
          title={countryName(code)}
          className="inline-flex h-6.5 max-w-full items-center rounded-md border border-line-2 pl-1.5 text-xs"
        >
          <span className="mr-1.5 font-medium">{code}</span>
          <span className="truncate pr-1.5 text-ink-2">{countryName(code)}</span>
          {mayEdit && (
            <button
              type="button"
              aria-label={`Remove ${countryName(code)}`}
              className="size-6 shrink-0 rounded-sm text-ink-3 hover:text-ink"
              onClick={() => toggle(code)}
            >
              ×
            </button>
          )}
        </span>
      ))}
      {codes.length === 0 && <span className="mr-1 text-ink-3">{none}</span>}
      {mayEdit && (
        <Popover onOpenChange={() => setTyped('')}>
          <PopoverTrigger asChild>
            <Button
              id={control.id}
              {...place(pointer)}
              aria-describedby={control['aria-describedby']}
              aria-label={`Add to ${label}`}
              variant="outline"
              size="sm"
            >
              Add a country
            </Button>
          </PopoverTrigger>
          <PopoverContent aria-label={label} className="w-72 p-0">
            <Command shouldFilter={false} label={label} loop>
              <CommandInput value={typed} onValueChange={setTyped} placeholder="Name or two letters" />
              <CommandList>
                {inOrder.map(({ code, name }) => (
                  <CommandItem key={code} value={code} onSelect={() => toggle(code)}>
                    <span className="w-6 shrink-0 text-xs text-ink-3">{code}</span>
                    <span className="truncate">{name}</span>
                    {codes.includes(code) && <CheckIcon aria-label="chosen" className="ml-auto text-ink" />}
                  </CommandItem>
                ))}
                <CommandEmpty>No country is called that.</CommandEmpty>
              </CommandList>
            </Command>
          </PopoverContent>
        </Popover>
      )}
      <output className="sr-only">{announcement}</output>
    </div>
  );
};
