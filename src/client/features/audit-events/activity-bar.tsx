import type { AuditAction, AuditSubjectKind } from '#contract/audit-events.ts';
import { Button } from '#client/components/ui/button.tsx';
import { Input } from '#client/components/ui/input.tsx';
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

const Days = ({ filters, onChange }: Props) => (
  <span className="flex items-center gap-1.5 text-ink-2 max-sm:w-full">
    <Input
      type="date"
      aria-label="First day"
      className="h-7! w-auto! max-sm:flex-1"
      value={filters.since ?? ''}
      max={filters.until}
      onChange={({ target }) => onChange({ ...filters, since: target.value || undefined })}
    />
    to
    <Input
      type="date"
      aria-label="Last day"
      className="h-7! w-auto! max-sm:flex-1"
      value={filters.until ?? ''}
      min={filters.since}
      onChange={({ target }) => onChange({ ...filters, until: target.value || undefined })}
    />
  </span>
);

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
