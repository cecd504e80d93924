import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { lookOf } from '#contract/reading/text.ts';
import { forwardTargets, routedAgentIds } from '#routing/destinations.ts';
import { answersByHoursState } from '#routing/answers-by-hours-state.ts';
import type { Changeable, Fixed, NumberToStore, PhoneNumberRow } from './row.ts';
import { nameKeyOf, searchTextOf } from './search-text.ts';

/*
 * How a phone number is stored, each column once: its type, and what it holds. The SQL that reads and writes
 * numbers is made of these tables, so a field that is missing here does not compile, and none is counted by
 * its position.
 */

type ColumnType = 'text' | 'text[]' | 'jsonb' | 'timestamptz';

const fixed = {
  id: 'text',
  phone_number: 'text',
  phone_number_international: 'text',
  country: 'text',
  provider: 'text',
} as const satisfies Record<keyof Fixed, ColumnType>;

const changeable = {
  friendly_name: 'text',
  inbound_agent_id: 'text',
  outbound_agent_id: 'text',
  labels: 'text[]',
  metadata: 'jsonb',
  notes: 'text',
  routing: 'jsonb',
  call_handling: 'jsonb',
  temporary_reassignment: 'jsonb',
  settings: 'jsonb',
  credential_fingerprints: 'jsonb',
} as const satisfies Record<keyof Changeable | 'credential_fingerprints', ColumnType>;

const stamps = {
  version: 'integer',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const satisfies Record<Exclude<keyof PhoneNumberRow, keyof NumberToStore | 'links'>, string>;

// An agent that stands in for outbound calls alone answers nothing.
const standInOf = ({ temporary_reassignment: reassignment }: Changeable) =>
  reassignment?.direction === 'outbound' ? null : reassignment;

/**
 * What the fields say again, in a form that an index finds. Those of `routing` are null without it, so most
 * numbers pay nothing for them.
 */
const derived: Readonly<Record<string, [ColumnType, (number: NumberToStore) => unknown]>> = {
  label_keys: ['text[]', ({ labels }) => labels.map(lookOf)],
  name_key: ['text', ({ friendly_name }) => nameKeyOf(friendly_name)],
  search_text: ['text', searchTextOf],
  business_hours_id: ['text', ({ routing }) => routing?.business_hours_id ?? null],
  routed_agent_ids: ['text[]', ({ routing }) => routing && routedAgentIds(routing)],
  forwards_to: ['text[]', ({ routing }) => routing && forwardTargets(routing)],
  answers: ['text[]', ({ routing }) => answersByHoursState(routing)],
  stand_in_id: ['text', (number) => standInOf(number)?.agent_id ?? null],
  stand_in_from: ['timestamptz', (number) => standInOf(number)?.starts_at ?? null],
  stand_in_until: ['timestamptz', (number) => standInOf(number)?.ends_at ?? null],
};

/** The condition that a number was deleted and can be restored. */
export const isRestorable = `deleted_at > now() - interval '${RESTORABLE_DAYS * 24} hours'`;

const namesOf = <T extends object>(columns: T) => Object.keys(columns) as (keyof T & string)[];

const inUtc = (instant: string) => `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

// Reading all numbers of an account writes nothing of those that are as they were, only when it began. What waits
// to be sent it leaves alone.
const seenAt = `case when l.seen_at is null or l.state = 'gone' or w.role is not null then l.seen_at
  else greatest(l.seen_at, c.watched_at) end`;

// Nearly always none, which one look into an index says.
const links = `(select coalesce(jsonb_agg(jsonb_build_object(
    'role', l.role, 'connection_id', l.connection_id, 'state', l.state, 'reason', l.reason, 'message', l.message,
    'since', ${inUtc('l.since')}, 'seen_at', ${inUtc(seenAt)}, 'next_try_at', ${inUtc('w.due_at')}) order by l.role), '[]')
  from number_link l join connection c on c.id = l.connection_id left join pending_change w on w.phone_number_id = l.phone_number_id and w.role = l.role
  where l.phone_number_id = p.id) as links`;

/** The record's columns, of `phone_number` under the alias p. */
export const recordColumns: string = [
  ...[...namesOf(fixed), ...namesOf(changeable), ...namesOf(stamps)].map((name) => `p.${name}`),
  links,
].join(', ');

export type Stamp = 'id' | keyof typeof stamps;
/** What of it the database says, and by which id. */
export const stampColumns: string = ['id', ...namesOf(stamps)].map((name) => `p.${name}`).join(', ');

/** What each write sets. */
export const changeableColumns: readonly string[] = [...namesOf(changeable), ...namesOf(derived)];
/** The same of rows that are given, as `forRows` does. */
export const givenColumns: string = changeableColumns.map((name) => `given.${name}`).join(', ');

// The clock and not the transaction's start: writers that waited for each other are dated in the order they
// wrote.
export const nextVersion = 'version = p.version + 1, updated_at = clock_timestamp()';

export const columnTypes: Readonly<Record<string, ColumnType>> = {
  ...fixed,
  ...changeable,
  ...Object.fromEntries(Object.entries(derived).map(([name, [type]]) => [name, type])),
};
export const hasColumn = (name: string): boolean => Object.hasOwn(columnTypes, name);
export const writtenColumns: readonly string[] = Object.keys(columnTypes);

const storedFields = [...namesOf(fixed), ...namesOf(changeable)];
const derivedFields = Object.entries(derived).map(([name, [, of]]) => [name, of] as const);

/** The number as a row of these. */
export const columnsOf = (number: NumberToStore): Record<string, unknown> => {
  const columns: Record<string, unknown> = {};
  for (const name of storedFields) columns[name] = number[name];
  for (const [name, of] of derivedFields) columns[name] = of(number);
  return columns;
};
