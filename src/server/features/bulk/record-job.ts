import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import type { AuditAction } from '#contract/audit-events.ts';
import type { AuditRecord, RecordedBy } from '#server/platform/audit/record.ts';
import type { JobRow } from './rows/job-store.ts';
import type { StoredChange } from './rows/stored-change.ts';

const labelOf = (name: string) => (isFieldName(name) ? fieldOf(name).label : name);

/** A change in the words of the log: what it sets, and never to what. */
const wordsOf = ({ kind, fields, credential, file_name: fileName }: StoredChange): string => {
  switch (kind) {
    case 'patch':
      return `Sets ${fields.map(labelOf).join(', ')}`;
    case 'replace_agent':
      return 'Puts one agent in another’s place';
    case 'rotate':
      return `Sets ${labelOf(credential ?? '')}`;
    case 'delete':
      return 'Deletes them';
    case 'restore':
      return 'Restores them';
    case 'import':
      return `Imports them from ${fileName === undefined ? 'a file' : `“${fileName}”`}`;
    case 'undo':
      return 'Takes an earlier job back';
  }
};

const countOf = (total: number) =>
  `${total.toLocaleString('en')} ${total === 1 ? 'phone number' : 'phone numbers'}`;

const reasonWords = {
  asked: 'Somebody asked to stop',
  actor_lost: 'Whoever started it may no longer do so',
  restored: 'The database was restored from a backup',
};

type Ending = Extract<AuditAction, `bulk_job.${string}`> extends `bulk_job.${infer Name}` ? Name : never;

export const jobEvent = (
  { id, total, change }: Pick<JobRow, 'id' | 'total' | 'change'>,
  what: Ending,
  reason: JobRow['cancel_reason'] = null,
): AuditRecord => ({
  action: `bulk_job.${what}`,
  subject: { kind: 'bulk_job', id, name: countOf(total) },
  detail: [wordsOf(change), ...(reason === null ? [] : [reasonWords[reason]])].join('. '),
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
