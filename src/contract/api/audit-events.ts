import { auditEventListQuerySchema, auditEventListSchema } from '#contract/audit-events.ts';
import { endpoint } from '#contract/endpoint.ts';

export const auditEventsApi = {
  'GET /v1/audit-events': endpoint({
    summary: 'Read the audit log, newest first',
    tag: 'Audit',
    access: { role: 'admin', scope: 'audit:read' },
    query: auditEventListQuerySchema,
    status: 200,
    output: auditEventListSchema,
    errors: ['invalid_page_token', 'too_many_requests'],
  }),
};
