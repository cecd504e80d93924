import type { BulkJob } from '#contract/bulk/jobs.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';

export const jobHref = (id: string) => `/jobs/${encodeURIComponent(id)}`;

const labelOf = (field: string) => (isFieldName(field) ? fieldOf(field).label : field.replaceAll('_', ' '));
/** `Inbound agent` → `inbound agent`; `SIP …` and `SID` stay. */
const withinSentence = (label: string) =>
  /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

const NAMED = 3;
/** `inbound agent, labels and 2 more` */
const listed = (fields: readonly string[]) => {
  const names = fields.map((field) => withinSentence(labelOf(field)));
  const [last, more] = [names.slice(0, NAMED), names.length - NAMED];
  return more > 0 ? `${last.join(', ')} and ${more} more` : last.join(', ');
};

type Facts = Pick<BulkJob, 'kind' | 'fields' | 'replace_agent' | 'credential' | 'file_name'>;

/** What a job does, in the words of its act: `Replace Farid by Asha`. */
export const jobTitle = (
  { kind, fields, replace_agent: replaced, credential, file_name: fileName }: Facts,
  agentName: (id: string) => string | undefined,
): string => {
  switch (kind) {
    case 'patch':
      return `Change ${listed(fields)}`;
    case 'replace_agent': {
      const nameOf = (id: string | undefined) => (id && agentName(id)) ?? 'a missing agent';
      return `Replace ${nameOf(replaced?.from)} by ${nameOf(replaced?.to)}`;
    }
    case 'delete':
      return 'Delete numbers';
    case 'restore':
      return 'Restore numbers';
    case 'rotate':
      return `Replace the ${withinSentence(labelOf(credential ?? 'credential'))}`;
    case 'import':
      return fileName === null ? 'Import' : `Import ${fileName}`;
    case 'undo':
      return 'Undo a job';
  }
};

const pastOf: Record<BulkJob['kind'], string> = {
  patch: 'changed',
  replace_agent: 'changed',
  delete: 'deleted',
  restore: 'restored',
  rotate: 'changed',
  import: 'changed',
  undo: 'put back',
};

/** How many numbers a job has made other than they were. */
export const madeBy = ({ counts: { created, changed } }: Pick<BulkJob, 'counts'>): number =>
  created + changed;

/** What became of its numbers: `11,512 numbers changed, 214 refused, 12 changed by others meanwhile`. */
export const outcomeWords = (job: Pick<BulkJob, 'kind' | 'counts'>): string => {
  const { created, changed, skipped, refused, conflict } = job.counts;
  const done =
    created > 0
      ? [`${plural(created, 'number')} added`, ...(changed > 0 ? [`${formatCount(changed)} changed`] : [])]
      : [`${plural(changed, 'number')} ${pastOf[job.kind]}`];
  return [
    ...done,
    ...(skipped > 0 ? [`${formatCount(skipped)} left alone`] : []),
    ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
    ...(conflict > 0 ? [`${formatCount(conflict)} changed by others meanwhile`] : []),
  ].join(', ');
};

const endings: Record<NonNullable<BulkJob['cancel_reason']>, string> = {
  asked: 'Cancelled',
  actor_lost: 'Cancelled: who started it may no longer change numbers',
  restored: 'Cancelled: the database was restored from a backup',
};

/** How it stands: `Running`, `Done`, `Cancelled: …`. */
export const stateWords = ({ state, cancel_reason: reason }: BulkJob): string => {
  if (state === 'cancelled') return endings[reason ?? 'asked'];
  return { queued: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed' }[state];
};

/** Whether it can be asked to be taken back; the server has the last word. */
export const isUndoable = (job: BulkJob): boolean =>
  job.ended_at !== null && job.kind !== 'rotate' && job.undone_by === null && madeBy(job) > 0;

const isCredential = (field: string) => isFieldName(field) && fieldOf(field).kind === 'credential';

/** How many numbers an ended job refused, left alone or never came to. */
export const leftCount = ({ counts: { total, done, refused, conflict } }: BulkJob): number =>
  refused + conflict + (total - done);

/** Whether it can be tried again on those: of credentials nothing is kept, and files are imported anew. */
export const isRetryable = (job: BulkJob): boolean =>
  job.ended_at !== null &&
  ['patch', 'replace_agent', 'delete', 'restore'].includes(job.kind) &&
  !job.fields.some(isCredential) &&
  leftCount(job) > 0;
