import type { AuditEvent } from '#contract/audit-events.ts';
import { jobHref } from '#client/features/bulk/job-words.ts';

/** Where what an event is about is shown; null where it has no page. */
export const subjectHref = ({ kind, id }: AuditEvent['subject']): string | null => {
  if (kind === 'phone_number') return `/numbers/${encodeURIComponent(id)}`;
  if (kind === 'agent') return `/numbers?agent_id=${encodeURIComponent(id)}`;
  if (kind === 'business_hours') return '/business-hours';
  if (kind === 'connection') return '/connections';
  if (kind === 'bulk_job') return jobHref(id);
  if (kind === 'operator') return '/settings/operators';
  if (kind === 'settings') return '/settings/limits';
  return kind === 'api_key' ? '/settings/api-keys' : null;
};
