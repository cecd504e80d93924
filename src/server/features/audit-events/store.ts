import type {
  AuditAction,
  AuditChange,
  AuditEvent,
  AuditEventListQuery,
  AuditSubjectKind,
} from '#contract/audit-events.ts';
import type { Queryable } from '#server/platform/db/database.ts';

export interface AuditEventRow {
  id: number;
  at: Date;
  action: AuditAction;
  actor_kind: AuditEvent['actor']['kind'];
  actor_id: string | null;
  actor_name: string;
  subject_kind: AuditSubjectKind;
  subject_id: string;
  subject_name: string;
  /** Of a phone number that is still known. */
  phone_number_international: string | null;
  friendly_name: string | null;
  version: number | null;
  changes: Record<string, AuditChange>;
  detail: string | null;
  address: string | null;
  request_id: string | null;
  bulk_job_id: string | null;
}

export type AuditFilter = Omit<AuditEventListQuery, 'page_size' | 'page_token'>;

const conditions: Record<keyof AuditFilter, string> = {
  actor_id: 'actor_id =',
  action: 'action =',
  subject_kind: 'subject_kind =',
  subject_id: 'subject_id =',
  bulk_job_id: 'bulk_job_id =',
  since: 'at >=',
  until: 'at <',
};

/** Newest first, of those before the event `beforeId`. */
export const selectAuditEvents = (
  queryable: Queryable,
  filter: AuditFilter,
  beforeId: string | undefined,
  limit: number,
): Promise<AuditEventRow[]> => {
  const values: unknown[] = [limit];
  const wanted = Object.entries(conditions).flatMap(([field, condition]) => {
    const value = filter[field as keyof AuditFilter];
    return value === undefined ? [] : [`${condition} $${values.push(value)}`];
  });
  if (beforeId !== undefined) wanted.push(`id < $${values.push(beforeId)}`);
  // Each set of filters has its own text, planned for its own values: a named plan would be made for the
  // average value.
  return queryable.query(
    `select event.*, number.phone_number_international, number.friendly_name
     from (select id, at, action, actor_kind, actor_id, actor_name, subject_kind, subject_id, subject_name, version, changes, detail, address, request_id, bulk_job_id
       from audit_event ${wanted.length > 0 ? `where ${wanted.join(' and ')}` : ''} order by id desc limit $1) event
     left join phone_number number on event.subject_kind = 'phone_number' and number.id = event.subject_id
     order by event.id desc`,
    values,
  );
};

/** A subject, and the version somebody believes it to have. */
export interface ExpectedVersion {
  id: string;
  version: number;
}

const changedFieldsText = `select distinct expected.id, field
  from unnest($2::text[], $3::int[]) as expected (id, version)
  join audit_event on subject_kind = $1 and subject_id = expected.id and audit_event.version > expected.version and action in ($1 || '.updated', $1 || '.paused', $1 || '.resumed'),
  jsonb_object_keys(changes) as field order by expected.id, field`;

/** By id, the fields that changed since; of what has not changed nothing. */
export const selectFieldsChangedSince = async (
  queryable: Queryable,
  kind: 'phone_number' | 'business_hours' | 'settings' | 'view' | 'connection',
  expected: readonly ExpectedVersion[],
): Promise<Map<string, string[]>> => {
  const rows = await queryable.query<{ id: string; field: string }>(changedFieldsText, [
    kind,
    expected.map(({ id }) => id),
    expected.map(({ version }) => version),
  ]);
  const fields = new Map<string, string[]>();
  for (const { id, field } of rows) fields.set(id, [...(fields.get(id) ?? []), field]);
  return fields;
};

/** What became first of each field after this version, by field. */
export const selectChangesAfter = async (
  queryable: Queryable,
  kind: AuditSubjectKind,
  { id, version }: ExpectedVersion,
): Promise<Record<string, AuditChange>> => {
  // Which event first, by name alone; then the values of those few, of which each may be large.
  const text = `with firsts as (
      select field, min(version) as version from audit_event, jsonb_object_keys(changes) as field
      where subject_kind = $1 and subject_id = $2 and version > $3 group by field
    )
    select firsts.field, event.changes -> firsts.field as change from firsts
    join audit_event event on event.subject_kind = $1 and event.subject_id = $2
      and event.version = firsts.version and event.changes ? firsts.field`;
  const rows = await queryable.query<{ field: string; change: AuditChange }>(text, [kind, id, version]);
  return Object.fromEntries(rows.map(({ field, change }) => [field, change]));
};

/** The act that made this version; undefined where none did. */
export const selectActionOf = async (
  queryable: Queryable,
  kind: AuditSubjectKind,
  { id, version }: ExpectedVersion,
): Promise<AuditAction | undefined> => {
  const text =
    'select action from audit_event where subject_kind = $1 and subject_id = $2 and version = $3 order by id limit 1';
  return (await queryable.query<{ action: AuditAction }>(text, [kind, id, version]))[0]?.action;
};

const actsText = `select made.id, event.action, event.changes from unnest($2::text[], $3::int[]) as made (id, version),
  lateral (select action, changes from audit_event
    where subject_kind = $1 and subject_id = made.id and version = made.version order by audit_event.id limit 1) event`;

/** The acts that made these versions, by id of the subject. */
export const selectActs = async (
  queryable: Queryable,
  kind: AuditSubjectKind,
  made: readonly ExpectedVersion[],
): Promise<Map<string, Pick<AuditEventRow, 'action' | 'changes'>>> => {
  const rows = await queryable.query<{ id: string } & Pick<AuditEventRow, 'action' | 'changes'>>(actsText, [
    kind,
    made.map(({ id }) => id),
    made.map(({ version }) => version),
  ]);
  return new Map(rows.map(({ id, ...act }) => [id, act]));
};

/** Who did this last to each of these, by id. */
export const selectLastActors = async (
  queryable: Queryable,
  kind: AuditSubjectKind,
  ids: readonly string[],
  action: AuditAction,
): Promise<Map<string, AuditEvent['actor']>> => {
  const text = `select asked.id, event.actor_kind, event.actor_id, event.actor_name from unnest($2::text[]) as asked (id),
    lateral (select actor_kind, actor_id, actor_name from audit_event
      where subject_kind = $1 and subject_id = asked.id and action = $3 order by audit_event.id desc limit 1) event`;
  const rows = await queryable.query<
    { id: string } & Pick<AuditEventRow, 'actor_kind' | 'actor_id' | 'actor_name'>
  >(text, [kind, ids, action]);
  return new Map(
    rows.map((row) => [row.id, { kind: row.actor_kind, id: row.actor_id, name: row.actor_name }]),
  );
};

export const hasEventsOf = async (
  queryable: Queryable,
  kind: AuditSubjectKind,
  subjectId: string,
): Promise<boolean> =>
  (
    await queryable.query('select 1 from audit_event where subject_kind = $1 and subject_id = $2 limit 1', [
      kind,
      subjectId,
    ])
  ).length > 0;

const setBeforeText = `select asked.id, asked.field,
    (select earlier.version from audit_event earlier
     where earlier.subject_id = asked.subject_id and earlier.version < asked.version
       and earlier.changes @? '$.*.secret' and earlier.changes ? asked.field
     order by earlier.version desc limit 1) as version
  from unnest($1::bigint[], $2::text[], $3::int[], $4::text[]) as asked (id, subject_id, version, field)`;

interface SecretSet {
  id: number;
  subject_id: string;
  version: number;
  field: string;
}

/**
 * For each of these changes of a credential, the version at which it had been set before. Keyed
 * `${event id} ${field}`; absent where it had not been.
 */
export const selectSetBefore = async (
  queryable: Queryable,
  sets: readonly SecretSet[],
): Promise<Map<string, number>> => {
  const rows = await queryable.query<{ id: number; field: string; version: number | null }>(setBeforeText, [
    sets.map(({ id }) => id),
    sets.map(({ subject_id }) => subject_id),
    sets.map(({ version }) => version),
    sets.map(({ field }) => field),
  ]);
  return new Map(
    rows.flatMap(({ id, field, version }) => (version === null ? [] : [[`${id} ${field}`, version]])),
  );
};
