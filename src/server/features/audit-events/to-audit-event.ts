import type { AuditEvent } from '#contract/audit-events.ts';
import type { AuditEventRow } from './store.ts';

/** The one presenter of an audit event. What it is handed holds no secret: see `audit/record.ts`. */
export const toAuditEvent = (row: AuditEventRow): AuditEvent => ({
  audit_event_id: String(row.id),
  at: row.at.toISOString(),
  action: row.action,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  subject: {
    kind: row.subject_kind,
    id: row.subject_id,
    name: row.subject_name,
    phone_number_international: row.phone_number_international,
    friendly_name: row.friendly_name,
  },
  version: row.version,
  changes: row.changes,
  detail: row.detail,
  address: row.address,
  request_id: row.request_id,
  bulk_job_id: row.bulk_job_id,
});
