import { CopyIcon, PencilIcon, Trash2Icon } from 'lucide-react';
import type { BusinessHours } from '#contract/business-hours.ts';
import { weekWords } from '#routing/words/hours-words.ts';
import { RowMenu } from '#client/components/row-menu.tsx';
import { Td, Tr } from '#client/components/table.tsx';
import { WeekSketch } from '#client/components/week/week-view.tsx';
import { DropdownMenuItem } from '#client/components/ui/dropdown-menu.tsx';
import { classes } from '#client/lib/classes.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { openNow } from '#client/features/business-hours/open-words.ts';
import { clockIn, zoneWords } from '#client/components/time-zone/time-zones.ts';

export type HoursAct = 'open' | 'duplicate' | 'delete';

interface Props {
  hours: BusinessHours;
  now: number;
  mayEdit: boolean;
  onAct: (act: HoursAct, hours: BusinessHours) => void;
}

const Now = ({ hours, now }: Pick<Props, 'hours' | 'now'>) => {
  const state = openNow(hours, now);
  if (state === null) return <span className="text-ink-3">Zone unknown here</span>;
  return (
    <span className="flex items-baseline gap-1.5 whitespace-nowrap">
      <span
        aria-hidden="true"
        className={classes(
          'size-1.75 shrink-0 self-center rounded-full',
          state.isOpen ? 'bg-ok' : 'bg-line-3',
        )}
      />
      {state.isOpen ? 'Open' : 'Closed'}
      {state.until && <span className="text-xs text-ink-3">{state.until}</span>}
      {state.exception && (
        <bdi className="max-w-32 truncate text-xs text-ink-3 max-lg:hidden">{state.exception}</bdi>
      )}
    </span>
  );
};

export const BusinessHoursRow = ({ hours, now, mayEdit, onAct }: Props) => {
  const { name, time_zone: zone, weekly, phone_number_count: count } = hours;
  const clock = clockIn(zone, now);
  return (
    <Tr>
      <Td className="w-full max-w-0">
        <button
          type="button"
          title={name}
          className="grid max-w-full rounded-sm py-1 text-left font-medium"
          onClick={() => onAct('open', hours)}
        >
          <bdi className="truncate underline decoration-transparent underline-offset-3 hover:decoration-line-3">
            {name}
          </bdi>
        </button>
        {/* A narrow screen has no room for both side by side. */}
        <div className="grid gap-0.5 overflow-hidden pb-2 sm:hidden">
          <Now hours={hours} now={now} />
          <span className="truncate text-xs text-ink-3">
            {clock?.time} {zoneWords(zone)}
          </span>
        </div>
      </Td>
      <Td className="max-md:hidden">
        <span className="flex items-baseline gap-2 whitespace-nowrap">
          {zoneWords(zone)}
          {clock && <span className="text-xs text-ink-3">{clock.time}</span>}
        </span>
      </Td>
      <Td className="max-sm:hidden">
        <Now hours={hours} now={now} />
      </Td>
      <Td className="max-sm:hidden">
        <span className="sr-only">{weekWords(weekly)}</span>
        <div title={weekWords(weekly)}>
          <WeekSketch weekly={weekly} />
        </div>
      </Td>
      <Td className={classes('text-right', count === 0 && 'text-ink-3')}>{formatCount(count)}</Td>
      {mayEdit && (
        <Td className="w-10">
          <RowMenu label={`Actions for ${name}`}>
            <DropdownMenuItem onSelect={() => onAct('open', hours)}>
              <PencilIcon aria-hidden="true" />
              Edit
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => onAct('duplicate', hours)}>
              <CopyIcon aria-hidden="true" />
              Duplicate
            </DropdownMenuItem>
            <DropdownMenuItem variant="harm" onSelect={() => onAct('delete', hours)}>
              <Trash2Icon aria-hidden="true" />
              Delete
            </DropdownMenuItem>
          </RowMenu>
        </Td>
      )}
    </Tr>
  );
};
