import type { AuditAction } from '#contract/audit-events.ts';
import type { AuditRecord, RecordedBy } from '#server/platform/audit/record.ts';
import type { JobRow } from './rows/job-store.ts';
import type { StoredChange } from './rows/stored-change.ts';

/** A change in the words of the log: what it sets, and never to what. */
const wordsOf = ({ kind, fields, replace_agent, credential, undoes }: StoredChange): string => {
  if (kind === 'patch') return `sets ${fields.join(', ')}`;
  if (kind === 'replace_agent')
    return `puts agent ${replace_agent?.to} in the place of ${replace_agent?.from}`;
  if (kind === 'rotate') return `sets ${credential}`;
  return kind === 'undo' ? `takes back ${undoes}` : kind;
};

type Ending = Extract<AuditAction, `bulk_job.${string}`> extends `bulk_job.${infer Name}` ? Name : never;

export const jobEvent = (
  { id, total, change }: Pick<JobRow, 'id' | 'total' | 'change'>,
  what: Ending,
  reason: string | null = null,
): AuditRecord => ({
  action: `bulk_job.${what}`,
  subject: { kind: 'bulk_job', id, name: `${total} phone numbers` },
  detail: [wordsOf(change), ...(reason === null ? [] : [reason])].join('; '),
});

/** What a job does by itself is done in the name of who started it. */
export const actingForJob = ({
  actor_kind: kind,
  actor_id: id,
  actor_name: name,
}: Pick<JobRow, 'actor_kind' | 'actor_id' | 'actor_name'>): RecordedBy => ({
  actor: { kind, id, name },
  address: null,
  requestId: null,
});
