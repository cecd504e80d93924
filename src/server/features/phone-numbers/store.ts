import type { CallHandling } from '#contract/call-handling.ts';
import type { Provider } from '#contract/providers.ts';
import type { Routing, TemporaryReassignment } from '#contract/routing.ts';
import { lookOf } from '#contract/text.ts';
import { forwardTargets, routedAgentIds, standingAnswers } from '#routing/standing.ts';
import type { Queryable, Transaction } from '#server/db/database.ts';
import type { StoredMarks } from '#server/features/credentials/fingerprints.ts';
import { nameKeyOf, searchTextOf } from './search-text.ts';

export interface PhoneNumberRow {
  id: string;
  phone_number: string;
  phone_number_international: string;
  country: string | null;
  provider: Provider;
  friendly_name: string | null;
  inbound_agent_id: string | null;
  outbound_agent_id: string | null;
  labels: string[];
  metadata: Record<string, string>;
  notes: string | null;
  routing: Routing | null;
  /** The preferences that are not the default. */
  call_handling: Partial<CallHandling> | null;
  temporary_reassignment: TemporaryReassignment | null;
  settings: Record<string, string>;
  /** By credential, as `credentials/fingerprints.ts` writes them. */
  credential_fingerprints: StoredMarks;
  version: number;
  /** ISO 8601, as answers have it. */
  created_at: string;
  updated_at: string;
}

/** What of a number may change and is no secret. */
export type Changeable = Pick<
  PhoneNumberRow,
  | 'friendly_name'
  | 'inbound_agent_id'
  | 'outbound_agent_id'
  | 'labels'
  | 'metadata'
  | 'notes'
  | 'routing'
  | 'call_handling'
  | 'temporary_reassignment'
  | 'settings'
>;

/** The record's columns, of `phone_number` under the alias p. */
export const recordColumns = `p.id, p.phone_number, p.phone_number_international, p.country, p.provider, p.friendly_name, p.inbound_agent_id,
  p.outbound_agent_id, p.labels, p.metadata, p.notes, p.routing, p.call_handling, p.temporary_reassignment, p.settings, p.credential_fingerprints, p.version, p.created_at, p.updated_at`;

const selectText = `select ${recordColumns} from phone_number p where p.id = $1 and p.deleted_at is null`;

export const selectPhoneNumber = async (queryable: Queryable, id: string): Promise<PhoneNumberRow | undefined> =>
  (await queryable.query<PhoneNumberRow>({ name: 'select_phone_number', text: selectText, instants: 'iso' }, [id]))[0];

/** Nobody else can change the number until the transaction ends. */
export const lockPhoneNumber = async (tx: Transaction, id: string): Promise<PhoneNumberRow | undefined> =>
  (await tx.query<PhoneNumberRow>({ name: 'lock_phone_number', text: `${selectText} for update`, instants: 'iso' }, [id]))[0];

// How long a deletion can be undone.
const isUndoable = `deleted_at > now() - interval '10 minutes'`;

/** The number with this id, whether it is there or was deleted so lately that it can be restored. */
export const lockRestorable = async (tx: Transaction, id: string): Promise<(PhoneNumberRow & { is_deleted: boolean }) | undefined> =>
  (
    await tx.query<PhoneNumberRow & { is_deleted: boolean }>(
      {
        text: `select ${recordColumns}, deleted_at is not null as is_deleted from phone_number p
          where p.id = $1 and (deleted_at is null or ${isUndoable}) for update`,
        instants: 'iso',
      },
      [id],
    )
  )[0];

export type NewPhoneNumber = Changeable &
  Pick<PhoneNumberRow, 'id' | 'phone_number' | 'phone_number_international' | 'country' | 'provider' | 'credential_fingerprints'>;

/** Columns that every write sets, in the order of `changeableValues`. */
export const changeable =
  'friendly_name, inbound_agent_id, outbound_agent_id, labels, label_keys, metadata, notes, settings, credential_fingerprints, name_key, search_text, ' +
  'routing, call_handling, temporary_reassignment, business_hours_id, routed_agent_ids, forwards_to, answers, stand_in_id, stand_in_from, stand_in_until';
const changeableCount = changeable.split(',').length;

type Written = Changeable & Pick<PhoneNumberRow, 'phone_number' | 'credential_fingerprints'>;

const asJson = (value: object | null) => (value === null ? null : JSON.stringify(value));

/** Routing, and what an index finds of it. */
const routingValues = ({ routing, call_handling, temporary_reassignment: reassignment }: Changeable): unknown[] => {
  // An agent that stands in for outbound calls alone answers nothing.
  const standIn = reassignment === null || reassignment.direction === 'outbound' ? null : reassignment;
  return [
    asJson(routing),
    asJson(call_handling),
    asJson(reassignment),
    routing?.business_hours_id ?? null,
    routing && routedAgentIds(routing),
    routing && forwardTargets(routing),
    standingAnswers(routing),
    standIn?.agent_id ?? null,
    standIn?.starts_at ?? null,
    standIn?.ends_at ?? null,
  ];
};

export const changeableValues = (number: Written): unknown[] => [
  number.friendly_name,
  number.inbound_agent_id,
  number.outbound_agent_id,
  number.labels,
  number.labels.map(lookOf),
  JSON.stringify(number.metadata),
  number.notes,
  JSON.stringify(number.settings),
  JSON.stringify(number.credential_fingerprints),
  nameKeyOf(number.friendly_name),
  searchTextOf(number),
  ...routingValues(number),
];

const numbered = (from: number, count: number) => Array.from({ length: count }, (_, index) => `$${from + index}`).join(', ');
const returning = recordColumns.replaceAll('p.', '');
const insertText = `insert into phone_number (id, phone_number, phone_number_international, country, provider, ${changeable})
  values (${numbered(1, 5 + changeableCount)}) on conflict (phone_number) where deleted_at is null do nothing returning ${returning}`;

/** Undefined where the number is already there. */
export const insertPhoneNumber = async (tx: Transaction, number: NewPhoneNumber): Promise<PhoneNumberRow | undefined> => {
  const { id, phone_number, phone_number_international, country, provider } = number;
  const values = [id, phone_number, phone_number_international, country, provider, ...changeableValues(number)];
  return (await tx.query<PhoneNumberRow>({ name: 'insert_phone_number', text: insertText, instants: 'iso' }, values))[0];
};

// The clock and not the transaction's start: writers that waited for each other are dated in the order they wrote.
const bump = 'version = version + 1, updated_at = clock_timestamp()';

const updateText = `update phone_number set (${changeable}) = (${numbered(2, changeableCount)}), ${bump} where id = $1 returning ${returning}`;

/** Writes the next version of a locked number. */
export const updatePhoneNumberRow = async (tx: Transaction, id: string, number: Written): Promise<PhoneNumberRow> => {
  const [row] = await tx.query<PhoneNumberRow>({ name: 'update_phone_number', text: updateText, instants: 'iso' }, [id, ...changeableValues(number)]);
  if (!row) throw new Error('The locked number is gone');
  return row;
};

export const markDeleted = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query(`update phone_number set deleted_at = now(), ${bump} where id = $1`, [id]);
};

export const unmarkDeleted = async (tx: Transaction, id: string): Promise<PhoneNumberRow | undefined> =>
  (
    await tx.query<PhoneNumberRow>(
      { text: `update phone_number set deleted_at = null, ${bump} where id = $1 returning ${returning}`, instants: 'iso' },
      [id],
    )
  )[0];

/** Housekeeping: what can no longer be undone goes, and its sealed credentials with it. */
export const purgeDeletedPhoneNumbers = async (tx: Transaction): Promise<void> => {
  await tx.query(`delete from phone_number where deleted_at is not null and not (${isUndoable})`);
};

/** Also of a number that is deleted. */
export const hasRow = async (queryable: Queryable, id: string): Promise<boolean> =>
  (await queryable.query('select 1 from phone_number where id = $1', [id])).length > 0;

/** Where these numbers of ours forward to; none of those that forward nowhere. */
export const selectForwards = (queryable: Queryable, phoneNumbers: readonly string[]): Promise<{ phone_number: string; forwards_to: string[] }[]> =>
  queryable.query(
    'select phone_number, forwards_to from phone_number where phone_number = any ($1) and forwards_to is not null and deleted_at is null',
    [phoneNumbers],
  );

// Any number, so long as no other lock has it.
const FORWARDS_LOCK = 7_412_605;

/** No other change of forwards is under way until the transaction ends. */
export const holdForwards = async (tx: Transaction): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock($1)', [FORWARDS_LOCK]);
};
