import { z } from 'zod';
import {
  givenInstantSchema,
  idSchema,
  instantSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
} from './primitives.ts';

/** Every act that is recorded. The words are those of the buttons and the toasts. */
export const auditActions = [
  'phone_number.added',
  'phone_number.updated',
  'phone_number.deleted',
  'phone_number.restored',
  'phone_number.deleted_for_good',
  'phone_number.linked',
  'phone_number.unlinked',
  'phone_numbers.export_begun',
  'phone_numbers.exported',
  'phone_number.purged',
  'credential.revealed',
  'credential.reveal_refused',
  'credential.reveal_burst',
  'credential.set_burst',
  'agent.added',
  'agent.updated',
  'agent.retired',
  'agent.reinstated',
  'business_hours.added',
  'business_hours.updated',
  'business_hours.deleted',
  'operator.added',
  'operator.updated',
  'operator.disabled',
  'operator.enabled',
  'operator.signed_in',
  'operator.signed_out',
  'operator.sign_in_refused',
  'operator.password_changed',
  'operator.password_confirmed',
  'session.ended',
  'api_key.added',
  'api_key.revoked',
  'api_key.taken_over',
  'master_key.checked',
  'master_key.rotated',
  'database.backed_up',
  'database.restored',
  'database.moved',
  'settings.updated',
  'view.added',
  'view.updated',
  'view.deleted',
  'connection.added',
  'connection.updated',
  'connection.paused',
  'connection.resumed',
  'connection.checked',
  'connection.removed',
  'bulk_job.started',
  'bulk_job.cancelled',
  'bulk_job.done',
  'bulk_job.failed',
] as const;
export const auditActionSchema = z.enum(auditActions);
export type AuditAction = z.infer<typeof auditActionSchema>;

export const auditSubjectKindSchema = z.enum([
  'phone_number',
  'agent',
  'business_hours',
  'operator',
  'session',
  'api_key',
  'master_key',
  'database',
  'settings',
  'view',
  'connection',
  'export',
  'bulk_job',
]);
export type AuditSubjectKind = z.infer<typeof auditSubjectKindSchema>;

/**
 * One field, before → after. A credential shows only that it was set, and the fingerprints, in the form that
 * records show to who asks.
 */
export const auditChangeSchema = z.union([
  z.strictObject({ before: z.unknown(), after: z.unknown() }),
  z.strictObject({
    secret: z.literal(true),
    before_fingerprint: z.string().nullable(),
    after_fingerprint: z.string().nullable(),
  }),
]);
export type AuditChange = z.infer<typeof auditChangeSchema>;

/** Who did something, as it is recorded. */
export const actorSchema = z.strictObject({
  kind: z.enum(['operator', 'api_key', 'system']),
  id: z.string().nullable(),
  name: z.string().describe('The name at the time.'),
});

export const auditEventSchema = z.strictObject({
  audit_event_id: idSchema,
  at: instantSchema,
  action: auditActionSchema,
  actor: actorSchema.describe('Who did it.'),
  subject: z
    .strictObject({
      kind: auditSubjectKindSchema,
      id: z.string(),
      name: z.string().describe('The phone number, name or e-mail at the time.'),
      phone_number_international: z
        .string()
        .nullable()
        .describe('Of a phone number that is still known: as people read it; else null.'),
      friendly_name: z
        .string()
        .nullable()
        .describe('Of a phone number that is still known: what it is called now; else null.'),
    })
    .describe('To what it was done.'),
  version: z
    .number()
    .int()
    .nullable()
    .describe('The version that this change made of what it was done to; null where that has none.'),
  changes: z.record(z.string(), auditChangeSchema).describe('By field, before and after.'),
  detail: z
    .string()
    .nullable()
    .describe('What the fields do not say, for example which credential was revealed.'),
  address: z
    .string()
    .nullable()
    .describe('The network address the request came from; null for those who may not read the audit log.'),
  request_id: z.string().nullable(),
  bulk_job_id: idSchema
    .nullable()
    .describe('The bulk job, import or undo that this is a part of; null of what was done by itself.'),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

const paging = { page_size: pageSizeSchema, page_token: pageTokenSchema.optional() };

export const historyQuerySchema = z.strictObject(paging);

export const auditEventListQuerySchema = z.strictObject({
  ...paging,
  actor_id: idSchema.optional().describe('Events of this operator or API key.'),
  action: auditActionSchema.optional(),
  subject_kind: auditSubjectKindSchema.optional(),
  subject_id: idSchema.optional(),
  bulk_job_id: idSchema.optional().describe('Events of this bulk job.'),
  since: givenInstantSchema.optional().describe('Events at or after this instant.'),
  until: givenInstantSchema.optional().describe('Events before this instant.'),
});
export type AuditEventListQuery = z.infer<typeof auditEventListQuerySchema>;

/** Newest first. */
export const auditEventListSchema = z.strictObject({
  audit_events: z.array(auditEventSchema),
  next_page_token: nextPageTokenSchema,
});
export type AuditEventList = z.infer<typeof auditEventListSchema>;
