import { PlusIcon, SearchIcon, SunMoonIcon } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import {
  Command,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '#client/components/ui/command.tsx';
import { Dialog, DialogContent, DialogTitle } from '#client/components/ui/dialog.tsx';
import { setTheme, useTheme } from '#client/lib/looks/appearance.ts';
import { plural } from '#client/lib/words/format.ts';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { matches } from '#client/lib/matches.ts';
import { editBusinessHours } from '#client/features/business-hours/questions.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import {
  useFindingEntries,
  useHoursEntries,
  useNumberEntries,
  useViewEntries,
  useAgentEntries,
  useLabelEntries,
  type Entry,
} from './found-entries.tsx';
import { navIcons } from './nav-icons.tsx';
import { closeOverlay, openOverlay, setPaletteText, usePaletteText } from './overlay.ts';

const usePlaces = (): Entry[] => {
  const [, go] = useLocation();
  const isAdmin = useMay('admin');
  const mayEdit = useMay('operator');
  const theme = useTheme();
  const place = (name: string, href: string, icon: ReactNode): Entry => ({
    id: href,
    name,
    icon,
    run: () => go(href),
  });
  return [
    ...(mayEdit
      ? [
          place('Add number', '/numbers/new', <PlusIcon aria-hidden="true" />),
          place('Import numbers', '/imports/new', <PlusIcon aria-hidden="true" />),
          place('Add agent', '/agents?add', <PlusIcon aria-hidden="true" />),
          {
            id: 'add-business-hours',
            name: 'Add business hours',
            icon: <PlusIcon aria-hidden="true" />,
            run: () => void editBusinessHours({ businessHoursId: null }),
          },
        ]
      : []),
    place('Numbers', '/numbers', navIcons.numbers),
    place('Unassigned numbers', '/numbers?agent_id=none', navIcons.numbers),
    place('Deleted numbers', '/numbers?deleted=true', navIcons.numbers),
    place('Agents', '/agents', navIcons.agents),
    place('Business hours', '/business-hours', navIcons.businessHours),
    place('Findings', '/findings', navIcons.findings),
    place('Connections', '/connections', navIcons.connections),
    place('Jobs', '/jobs', navIcons.jobs),
    ...(isAdmin ? [place('Activity', '/activity', navIcons.activity)] : []),
    place('My account', '/settings/account', navIcons.settings),
    ...(isAdmin
      ? [
          place('Operators', '/settings/operators', navIcons.settings),
          place('API keys', '/settings/api-keys', navIcons.settings),
          place('Limits', '/settings/limits', navIcons.settings),
        ]
      : []),
    place('Appearance', '/settings/appearance', navIcons.settings),
    ...(['light', 'dark', 'system'] as const)
      .filter((choice) => choice !== theme)
      .map((choice) => ({
        id: `theme-${choice}`,
        name: `Theme: ${choice}`,
        icon: <SunMoonIcon aria-hidden="true" />,
        run: () => setTheme(choice),
      })),
    {
      id: 'keys',
      name: 'Show keys',
      icon: <SearchIcon aria-hidden="true" />,
      run: () => openOverlay('keys'),
    },
  ];
};

const digitsOf = (text: string) => text.replaceAll(/\D/g, '');

/** Whether an entry is plainly one of those that are sought. */
const isFoundBy = ({ name, note = '' }: Entry, q: string): boolean =>
  matches(`${name} ${note}`, q) || (digitsOf(q) !== '' && digitsOf(name).includes(digitsOf(q)));

const Group = ({ heading, entries }: { heading: string; entries: Entry[] }) =>
  entries.length > 0 && (
    <CommandGroup heading={heading}>
      {entries.map(({ id, name, icon, note, run }) => (
        <CommandItem
          key={id}
          value={id}
          onSelect={() => {
            closeOverlay();
            run();
          }}
        >
          <span className="shrink-0 text-ink-2">{icon}</span>
          <span className="truncate">{name}</span>
          {note && (
            <span className="ml-auto max-w-1/2 shrink-0 truncate pl-4 text-xs text-ink-3">{note}</span>
          )}
        </CommandItem>
      ))}
    </CommandGroup>
  );

export const CommandPalette = () => {
  const typed = usePaletteText();
  useBackCloses(closeOverlay);
  const input = useRef<HTMLInputElement>(null);
  // Not deferred: Enter takes the first of what is shown, and a quick hand presses it right behind the last
  // letter.
  const q = typed.trim();
  const numbers = useNumberEntries(q);
  const agents = useAgentEntries(q);
  const hours = useHoursEntries(q);
  const views = useViewEntries(q);
  const labels = useLabelEntries(q);
  const findings = useFindingEntries(q);
  const places = usePlaces().filter(({ name }) => matches(name, q));
  const groups: { heading: string; entries: Entry[]; isOld?: boolean }[] = [
    { heading: q === '' ? 'Go to' : 'Screens and actions', entries: places },
    { heading: 'Views', entries: views },
    { heading: 'Agents', entries: agents },
    { heading: 'Business hours', entries: hours },
    { heading: 'Numbers', entries: numbers.entries, isOld: numbers.isOld },
    { heading: 'Labels', entries: labels.entries, isOld: labels.isOld },
    // Behind what is meant more often: their names are of common words.
    { heading: 'Findings', entries: findings },
  ];
  // Digits mean a number. Words, also with a digit in them, mean a screen or an agent, and numbers, which are
  // asked for, do not push them away.
  if (/^[^\p{L}]*\d[^\p{L}]*$/u.test(q))
    groups.sort((a, b) => Number(b.heading === 'Numbers') - Number(a.heading === 'Numbers'));
  const shown = groups.flatMap(({ entries }) => entries);
  // What was found for the letters before stays in its place, but Enter does not take it for these.
  const offered = groups.flatMap(({ entries, isOld = false }) =>
    isOld ? entries.filter((entry) => isFoundBy(entry, q)) : entries,
  );
  // Results come while one reads: the choice stays where it was, or goes to the top when it is gone.
  const [chosen, choose] = useState('');
  const active = offered.some(({ id }) => id === chosen) ? chosen : (offered[0]?.id ?? '');
  const isFetching = numbers.isFetching || labels.isFetching;
  const isNothingFound = shown.length === 0 && !isFetching;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && closeOverlay()}>
      <DialogContent
        aria-describedby={undefined}
        showCloseButton={false}
        onOpenAutoFocus={(event) => {
          // Radix would select what is already written, and the next key would replace it.
          event.preventDefault();
          input.current?.focus();
        }}
        className="top-[12dvh] max-w-140 translate-y-0 grid-cols-1 gap-0 overflow-hidden p-0"
      >
        <DialogTitle className="sr-only">Go to</DialogTitle>
        <Command shouldFilter={false} loop label="Go to" value={active} onValueChange={choose}>
          <CommandInput
            ref={input}
            placeholder="Number, agent, label, business hours, screen or action"
            value={typed}
            onValueChange={(text) => {
              setPaletteText(text);
              choose('');
            }}
            className="h-11 px-4"
          />
          <CommandList className="max-h-[min(26rem,60dvh)]">
            {groups.map((group) => (
              <Group key={group.heading} heading={group.heading} entries={group.entries} />
            ))}
            {numbers.isError && (
              <p className="px-2 py-2 text-harm">Numbers cannot be searched at the moment.</p>
            )}
            {isNothingFound && !numbers.isError && (
              <p className="px-2 py-6 text-center text-ink-2 wrap-anywhere">Nothing matches “{q}”.</p>
            )}
          </CommandList>
        </Command>
        <output className="sr-only">{q !== '' && !isFetching && `${plural(shown.length, 'result')}`}</output>
      </DialogContent>
    </Dialog>
  );
};
