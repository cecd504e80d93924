import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import type { JobKind, JobOutcome } from '#contract/bulk/plans.ts';
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
    case 'link':
      return 'Links them to a connection';
    case 'unlink':
      return 'Unlinks them';
    case 'import':
      return `Imports them from ${fileName === undefined ? 'a file' : `“${fileName}”`}`;
    case 'connection_import':
      return `Imports them from the connection “${fileName ?? ''}”`;
    case 'undo':
      return 'Takes an earlier job back';
  }
};

const countOf = (total: number, kind: JobKind) => {
  const one = kind === 'import' ? 'row' : 'phone number';
  return `${total.toLocaleString('en')} ${total === 1 ? one : `${one}s`}`;
};

const made: Partial<Record<JobKind, string>> = {
  delete: 'deleted',
  restore: 'restored',
  link: 'linked',
  unlink: 'unlinked',
  undo: 'put back',
  connection_import: 'changed or linked',
};

type Counts = Pick<JobRow, 'total' | 'done' | JobOutcome>;

/** What became of an ended job's numbers: `: 2,000 added, 1,000 refused`. */
const outcomesOf = (job: Counts, kind: JobKind): string => {
  const counts: [number, string][] = [
    [job.created, 'added'],
    [job.changed, made[kind] ?? 'changed'],
    [job.unchanged, 'were so already'],
    [job.skipped, 'left as they are'],
    [job.refused, 'refused'],
    [job.conflict, 'changed by others meanwhile'],
    [job.total - job.done, 'not done'],
  ];
  const words = counts.flatMap(([count, became]) =>
    count > 0 ? [`${count.toLocaleString('en')} ${became}`] : [],
  );
  return words.length === 0 ? '' : `: ${words.join(', ')}`;
};

const reasonWords = {
  asked: 'Somebody asked to stop',
  actor_lost: 'Whoever started it may no longer do so',
  restored: 'The database was restored from a backup',
};

type Ending = Extract<AuditAction, `bulk_job.${string}`> extends `bulk_job.${infer Name}` ? Name : never;

export const jobEvent = (
  { id, change, ...job }: Pick<JobRow, 'id' | 'change'> & Counts,
  what: Ending,
  reason: JobRow['cancel_reason'] = null,
): AuditRecord => ({
  action: `bulk_job.${what}`,
  subject: { kind: 'bulk_job', id, name: countOf(job.total, change.kind) },
  detail: [
    `${wordsOf(change)}${what === 'started' ? '' : outcomesOf(job, change.kind)}`,
    ...(reason === null ? [] : [reasonWords[reason]]),
  ].join('. '),
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
