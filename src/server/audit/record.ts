import type { AuditAction, AuditChange, AuditSubjectKind } from '#contract/audit-events.ts';
import type { Transaction } from '#server/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';

/*
 * The promise: an audit event is written in the transaction of the act it records, so there is neither an act without
 * an event nor an event without an act. Nothing secret is handed to this file.
 */

export interface AuditRecord {
  action: AuditAction;
  subject: { kind: AuditSubjectKind; id: string; name: string };
  version?: number;
  changes?: Record<string, AuditChange>;
  detail?: string;
}

const insertAuditEvent = {
  name: 'insert_audit_event',
  text: `insert into audit_event
    (action, actor_kind, actor_id, actor_name, subject_kind, subject_id, subject_name, version, changes, detail, address, request_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
};

export const recordAudit = async (tx: Transaction, { actor, address, requestId }: RequestContext, record: AuditRecord): Promise<void> => {
  await tx.query(insertAuditEvent, [
    record.action,
    actor.kind,
    actor.id,
    actor.name,
    record.subject.kind,
    record.subject.id,
    record.subject.name,
    record.version ?? null,
    JSON.stringify(record.changes ?? {}),
    record.detail ?? null,
    address,
    requestId,
  ]);
};

/** Many at once, as a command that loads numbers writes them; `at` may lie in the past. */
export const recordAudits = async (
  tx: Transaction,
  { actor, requestId }: RequestContext,
  records: readonly (AuditRecord & { at: Date })[],
): Promise<void> => {
  await tx.query(
    `insert into audit_event (at, action, actor_kind, actor_id, actor_name, subject_kind, subject_id, subject_name, version, changes, request_id)
     select at, action, $1, $2, $3, subject_kind, subject_id, subject_name, version, changes::jsonb, $4
     from unnest($5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::int[], $11::text[])
       as record (at, action, subject_kind, subject_id, subject_name, version, changes)`,
    [
      actor.kind,
      actor.id,
      actor.name,
      requestId,
      records.map(({ at }) => at),
      records.map(({ action }) => action),
      records.map(({ subject }) => subject.kind),
      records.map(({ subject }) => subject.id),
      records.map(({ subject }) => subject.name),
      records.map(({ version }) => version ?? null),
      records.map(({ changes }) => JSON.stringify(changes ?? {})),
    ],
  );
};

/** The fields that differ, before → after. Values are compared as JSON. */
export const changesBetween = (before: Record<string, unknown>, after: Record<string, unknown>): Record<string, AuditChange> => {
  const changes: Record<string, AuditChange> = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[field] ?? null, after[field] ?? null];
    if (JSON.stringify(old) !== JSON.stringify(now)) changes[field] = { before: old, after: now };
  }
  return changes;
};
