import { useState } from 'react';
import type { AuditAction, AuditSubjectKind } from '#contract/audit-events.ts';
import { isDate } from '#contract/clock-times.ts';
import { DateInput } from '#client/components/date/date-input.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useApiKeys } from '#client/features/api-keys/queries.ts';
import { useOperators } from '#client/features/operators/queries.ts';
import { periods, type ActivityFilters, type Period } from './activity-filters.ts';
import { actionNames, subjectKindNames } from './audit-words.ts';
import { FilterSelect } from './filter-select.tsx';

const BETWEEN = 'between';
const optionsOf = (names: Record<string, string>) =>
  Object.entries(names).map(([value, name]) => ({ value, name }));
const actionOptions = optionsOf(actionNames);
const kindOptions = optionsOf(subjectKindNames);
const timeOptions = [...optionsOf(periods), { value: BETWEEN, name: 'Between days' }];

const useActorOptions = (chosen: string | undefined) => {
  const operators = useOperators().data ?? [];
  const keys = useApiKeys().data ?? [];
  const options = [
    ...operators.map(({ operator_id, name }) => ({ value: operator_id, name })),
    ...keys.map(({ api_key_id, name }) => ({ value: api_key_id, name: `${name} (API key)` })),
  ];
  // Whoever is gone may still be asked for, by a link.
  if (chosen !== undefined && options.every(({ value }) => value !== chosen))
    options.push({ value: chosen, name: `Someone gone, ${chosen}` });
  return options;
};

interface Props {
  filters: ActivityFilters;
  onChange: (filters: ActivityFilters) => void;
}

interface DayProps {
  label: string;
  value: string | undefined;
  error?: string;
  onChange: (day: string | undefined) => void;
}

/** What cannot be read filters nothing, and stays to be put right. */
const Day = ({ label, value, error, onChange }: DayProps) => {
  const [unread, setUnread] = useState<string | null>(null);
  return (
    <DateInput
      isLow
      aria-label={label}
      className="w-36 max-sm:flex-1"
      value={unread ?? value ?? ''}
      error={error}
      today={today()}
      onChange={(typed) => {
        const isRead = typed === '' || isDate(typed);
        setUnread(isRead ? null : typed);
        if (isRead) onChange(typed || undefined);
      }}
    />
  );
};

const Days = ({ filters, onChange }: Props) => {
  const { since, until } = filters;
  const isBackwards = since !== undefined && until !== undefined && until < since;
  return (
    <span className="flex items-start gap-1.5 text-ink-2 max-sm:w-full">
      <Day label="First day" value={since} onChange={(day) => onChange({ ...filters, since: day })} />
      <span className="leading-7">to</span>
      <Day
        label="Last day"
        value={until}
        error={isBackwards ? 'It ends before it begins. Choose a later last day.' : undefined}
        onChange={(day) => onChange({ ...filters, until: day })}
      />
    </span>
  );
};

const today = () => new Intl.DateTimeFormat('en-CA').format();

export const ActivityBar = ({ filters, onChange }: Props) => {
  const isBetween = filters.since !== undefined || filters.until !== undefined;
  const setTime = (chosen: string | undefined) =>
    onChange({
      ...filters,
      time: chosen === BETWEEN ? undefined : (chosen as Period | undefined),
      since: chosen === BETWEEN ? today() : undefined,
      until: chosen === BETWEEN ? today() : undefined,
    });
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <>
      <FilterSelect
        label="Who"
        anyName="Anyone"
        value={filters.actor_id}
        options={useActorOptions(filters.actor_id)}
        onChange={(actor_id) => onChange({ ...filters, actor_id })}
      />
      <FilterSelect
        label="What was done"
        anyName="Any action"
        value={filters.action}
        options={actionOptions}
        onChange={(action) => onChange({ ...filters, action: action as AuditAction | undefined })}
      />
      <FilterSelect
        label="To what"
        anyName="To anything"
        value={filters.subject_kind}
        options={kindOptions}
        onChange={(kind) =>
          onChange({ ...filters, subject_kind: kind as AuditSubjectKind | undefined, subject_id: undefined })
        }
      />
      <FilterSelect
        label="When"
        anyName="At any time"
        value={isBetween ? BETWEEN : filters.time}
        options={timeOptions}
        onChange={setTime}
      />
      {isBetween && <Days filters={filters} onChange={onChange} />}
      {filters.subject_id !== undefined && (
        <Button variant="outline" size="sm" onClick={() => onChange({ ...filters, subject_id: undefined })}>
          One of them only
          <span aria-hidden="true">×</span>
          <span className="sr-only">, remove</span>
        </Button>
      )}
      {isFiltered && (
        <Button variant="ghost" size="sm" onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </>
  );
};
