import { CheckIcon, ChevronDownIcon } from 'lucide-react';
import { useState } from 'react';
import { Field } from '#client/components/form/field.tsx';
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '#client/components/ui/command.tsx';
import { controlClass } from '#client/components/ui/input.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '#client/components/ui/popover.tsx';
import { classes } from '#client/lib/classes.ts';
import { findZones, type FoundZone } from './find-zones.ts';
import { clockIn, ownZone, zoneWords } from './time-zones.ts';
import { useNow } from '#client/lib/use-now.ts';

interface Props {
  value: string;
  onChange: (zone: string) => void;
  error: string | undefined;
}

// Asking the clocks of all four hundred at once would hold the list up; whoever seeks one types it.
const ZONES_SHOWN = 60;

interface ZoneProps extends FoundZone {
  now: number;
  isChosen: boolean;
  onSelect: () => void;
}

const Zone = ({ zone, by, now, isChosen, onSelect }: ZoneProps) => {
  const clock = clockIn(zone, now);
  return (
    <CommandItem value={zone} onSelect={onSelect} className="data-[selected=true]:bg-press">
      <span className="truncate">
        {zoneWords(zone)}
        {by !== null && <span className="text-ink-3"> · {zoneWords(by)}</span>}
      </span>
      <span className="ml-auto shrink-0 text-xs text-ink-3">
        {clock && `${clock.time} · ${clock.offset}`}
      </span>
      {isChosen && <CheckIcon aria-label="chosen now" className="text-ink" />}
    </CommandItem>
  );
};

/** The zone by whose clock the hours are read. A name this browser does not know stays as it is. */
export const TimeZoneField = ({ value, onChange, error }: Props) => {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const now = useNow();
  const clock = clockIn(value, now);
  const near = [...new Set([ownZone(), ...(value === '' ? [] : [value])])];
  const found = isOpen ? findZones(typed, now) : [];
  // A stored name that is no longer the zone's own is offered where nothing is sought.
  const first =
    typed.trim() === ''
      ? near.map((zone) => ({ zone, by: null }))
      : found.filter(({ zone }) => near.includes(zone));
  const rest = found.filter(({ zone }) => !near.includes(zone));
  const choose = (zone: string) => {
    setOpen(false);
    setTyped('');
    onChange(zone);
  };
  const option = ({ zone, by }: FoundZone) => (
    <Zone key={zone} {...{ zone, by, now }} isChosen={zone === value} onSelect={() => choose(zone)} />
  );
  const hint = clock
    ? `There it is ${clock.time} now, ${clock.offset}.`
    : value !== '' && 'This browser does not know the zone.';
  return (
    <Field label="Time zone" hint={hint} error={error}>
      {(control) => (
        <Popover open={isOpen} onOpenChange={setOpen} modal>
          <PopoverTrigger
            {...control}
            className={classes(
              controlClass,
              'flex h-8.5 items-center justify-between gap-2 px-2.5 text-left',
            )}
          >
            <span className={classes('truncate', value === '' && 'text-ink-3')}>
              {value === '' ? 'Choose a time zone' : zoneWords(value)}
            </span>
            <ChevronDownIcon className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
          </PopoverTrigger>
          <PopoverContent
            aria-label="Choose the time zone"
            className="w-(--radix-popover-trigger-width) min-w-72 p-0"
          >
            {/* Enter, pressed once too often, must not move the hours to another zone: the list starts at the one chosen now. */}
            <Command shouldFilter={false} label="Time zones" loop defaultValue={value}>
              <CommandInput
                value={typed}
                onValueChange={setTyped}
                placeholder="City or region, as in Dhaka"
              />
              <CommandList>
                {first.length > 0 && (
                  <CommandGroup heading={first.length > 1 ? 'Yours, and the one chosen' : undefined}>
                    {first.map(option)}
                  </CommandGroup>
                )}
                {rest.length > 0 && (
                  <CommandGroup heading="All">{rest.slice(0, ZONES_SHOWN).map(option)}</CommandGroup>
                )}
                {rest.length > ZONES_SHOWN && (
                  <p className="px-2 py-1.5 text-xs text-ink-3">
                    {rest.length - ZONES_SHOWN} more: type to find them.
                  </p>
                )}
                <CommandEmpty>No time zone is called that.</CommandEmpty>
              </CommandList>
            </Command>
          </PopoverContent>
        </Popover>
      )}
    </Field>
  );
};
