import type { AuditAction, AuditSubjectKind } from '#contract/audit-events.ts';
import { mendSearch } from '#client/lib/address/mended-search.ts';
import { actionNames, subjectKindNames } from './audit-words.ts';

/**
 * The filters of the log, as the address has them. `since` and `until` are days, read in the reader's zone.
 */
export interface ActivityFilters {
  actor_id?: string;
  action?: AuditAction;
  subject_kind?: AuditSubjectKind;
  subject_id?: string;
  time?: Period;
  since?: string;
  until?: string;
}

export const periods = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
} as const;
export type Period = keyof typeof periods;

const HOUR = 3_600_000;
const periodMs: Record<Period, number> = {
  '1h': HOUR,
  '24h': 24 * HOUR,
  '7d': 168 * HOUR,
  '30d': 720 * HOUR,
};

const oneOf = <T extends string>(known: Record<T, string>, given: string | null) =>
  given !== null && Object.hasOwn(known, given) ? (given as T) : undefined;
const id = (given: string | null) => (given !== null && /^[\w-]{1,64}$/.test(given) ? given : undefined);

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);
// A 31st of February is read as a day in March, and there are years that no instant can be written of.
const day = (given: string | null) =>
  given !== null &&
  /^[1-9]\d{3}-\d\d-\d\d$/.test(given) &&
  given < '9999' &&
  !Number.isNaN(Date.parse(given)) &&
  dayOf(new Date(given)) === given
    ? given
    : undefined;

/** Only what the API takes: an address that is old or made by hand shows what of it can be shown. */
export const readActivityFilters = (search: string): ActivityFilters => {
  const params = new URLSearchParams(search);
  const time = oneOf(periods, params.get('time'));
  return {
    actor_id: id(params.get('actor_id')),
    action: oneOf(actionNames, params.get('action')),
    subject_kind: oneOf(subjectKindNames, params.get('subject_kind')),
    subject_id: id(params.get('subject_id')),
    time,
    // A period says already from when until when.
    since: time === undefined ? day(params.get('since')) : undefined,
    until: time === undefined ? day(params.get('until')) : undefined,
  };
};

const paramsOf = (filters: ActivityFilters): URLSearchParams => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) params.set(name, value);
  return params;
};

export const activityHref = (filters: ActivityFilters): string => {
  const params = paramsOf(filters);
  return params.size > 0 ? `/activity?${params}` : '/activity';
};

const names: (keyof ActivityFilters)[] = [
  'actor_id',
  'action',
  'subject_kind',
  'subject_id',
  'time',
  'since',
  'until',
];
export const mendActivitySearch = (search: string): string =>
  mendSearch(search, names, paramsOf(readActivityFilters(search)));

/** The instants the filters mean. The last day named is within the range. */
export const rangeOf = (
  { time, since, until }: ActivityFilters,
  now: number = Date.now(),
): { since?: string; until?: string } => {
  if (time !== undefined) return { since: new Date(now - periodMs[time]).toISOString() };
  const startOf = (date: string, daysLater = 0) => {
    const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
    return new Date(year, month - 1, dayOfMonth + daysLater).toISOString();
  };
  return { since: since && startOf(since), until: until && startOf(until, 1) };
};
