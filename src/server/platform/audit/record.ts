import type { AuditAction, AuditChange, AuditSubjectKind } from '#contract/audit-events.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';

/*
 * The promise: an audit event is written in the transaction of the act it records, so there is neither an act
 * without an event nor an event without an act. Nothing secret is handed to this file.
 */

export interface AuditRecord {
  action: AuditAction;
  subject: { kind: AuditSubjectKind; id: string; name: string };
  version?: number;
  changes?: Record<string, AuditChange>;
  detail?: string;
  /** Where it is said to have happened earlier. */
  at?: Date | null;
}

/** As much of a request as an event tells. */
export interface RecordedBy extends Pick<RequestContext, 'address' | 'bulkJobId'> {
  actor: Pick<Actor, 'kind' | 'id' | 'name'>;
  requestId: string | null;
}

const columns = {
  action: 'text',
  actor_kind: 'text',
  actor_id: 'text',
  actor_name: 'text',
  subject_kind: 'text',
  subject_id: 'text',
  subject_name: 'text',
  version: 'integer',
  changes: 'jsonb',
  detail: 'text',
  address: 'text',
  request_id: 'text',
  bulk_job_id: 'text',
};

// Each in the order given: the ids are the order of the log.
const insertRows = forRows('insert_audit_events', { ...columns, at: 'timestamptz' }, ({ rows }) => {
  const names = Object.keys(columns).join(', ');
  return `insert into audit_event (${names}, at) select ${names}, coalesce(at, now()) from ${rows}`;
});

/** The events of a set of acts that were asked for at once. */
export const recordAudits = async (
  tx: Transaction,
  { actor, address, requestId, bulkJobId }: RecordedBy,
  records: readonly AuditRecord[],
): Promise<void> => {
  if (records.length === 0) return;
  const by = {
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    address,
    request_id: requestId,
    bulk_job_id: bulkJobId,
  };
  const rows = records.map(({ at, action, subject, version, changes, detail }) => ({
    ...by,
    at,
    action,
    subject_kind: subject.kind,
    subject_id: subject.id,
    subject_name: subject.name,
    version,
    changes: changes ?? {},
    detail,
  }));
  await insertRows(tx, rows);
};

export const recordAudit = (tx: Transaction, context: RecordedBy, record: AuditRecord): Promise<void> =>
  recordAudits(tx, context, [record]);

/** The fields that differ, before → after. Values are compared as JSON. */
export const changesBetween = (
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, AuditChange> => {
  const changes: Record<string, AuditChange> = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[field] ?? null, after[field] ?? null];
    if (old !== now && JSON.stringify(old) !== JSON.stringify(now))
      changes[field] = { before: old, after: now };
  }
  return changes;
};
