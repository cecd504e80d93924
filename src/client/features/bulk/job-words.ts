import type { BulkJob, JobFacts } from '#contract/bulk/jobs.ts';
import type { RowOutcome } from '#contract/bulk/plans.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { inSentence, patchTitle } from './patch-title.ts';

export const jobHref = (id: string) => `/jobs/${encodeURIComponent(id)}`;

type Facts = Pick<JobFacts, 'kind' | 'fields' | 'sets' | 'replace_agent' | 'credential' | 'file_name'> & {
  /** Of an undo: what the job did that it takes back. */
  undone?: JobFacts | null;
};

/** What a job does, in the words of its act: `Replace Farid with Asha`. */
export const jobTitle = (
  { kind, fields, sets, replace_agent: replaced, credential, file_name: fileName, undone }: Facts,
  agentName: (id: string) => string | undefined,
): string => {
  switch (kind) {
    case 'patch':
      return patchTitle(fields, sets, agentName);
    case 'replace_agent': {
      const nameOf = (id: string | undefined) => (id && agentName(id)) ?? 'a missing agent';
      return `Replace ${nameOf(replaced?.from)} with ${nameOf(replaced?.to)}`;
    }
    case 'delete':
      return 'Delete numbers';
    case 'restore':
      return 'Restore numbers';
    case 'link':
      return 'Link numbers';
    case 'unlink':
      return 'Unlink numbers';
    case 'rotate':
      return `Replace the ${inSentence(credential ?? 'credential')}`;
    case 'import':
      return fileName === null ? 'Import' : `Import ${fileName}`;
    case 'connection_import':
      return `Import from ${fileName ?? 'a connection'}`;
    case 'undo':
      if (!undone) return 'Undo a job';
      return undone.kind === 'undo' ? 'Undo an undo' : `Undo: ${jobTitle(undone, agentName)}`;
  }
};

const pastOf: Record<BulkJob['kind'], string> = {
  patch: 'changed',
  replace_agent: 'changed',
  delete: 'deleted',
  restore: 'restored',
  rotate: 'changed',
  link: 'linked',
  unlink: 'unlinked',
  import: 'changed',
  connection_import: 'changed or linked',
  undo: 'put back',
};

const outcomeNames: Record<Exclude<RowOutcome, 'changed'>, string> = {
  created: 'Added',
  unchanged: 'Unchanged',
  skipped: 'Skipped',
  refused: 'Refused',
  conflict: 'Changed meanwhile',
  pending: 'Waits for the platform',
};
/** What became of a number, by the verb of the act: `Changed`, `Put back`. */
export const outcomeName = (kind: BulkJob['kind'], outcome: RowOutcome): string =>
  outcome === 'changed' ? pastOf[kind].replace(/^./, (first) => first.toUpperCase()) : outcomeNames[outcome];
export const isOutcome = (text: string): text is RowOutcome =>
  text === 'changed' || Object.hasOwn(outcomeNames, text);

/** How many numbers a job ended before. */
export const notDoneCount = ({ ended_at, counts: { total, done } }: Pick<BulkJob, 'ended_at' | 'counts'>) =>
  ended_at === null ? 0 : Math.max(0, total - done);

/** How many numbers are done of those that were to be: with the others a job is done from the start. */
export const progressOf = ({ planned, counts: { total, done } }: Pick<BulkJob, 'planned' | 'counts'>) => ({
  done: Math.max(0, done - (total - planned)),
  total: planned,
});

/** How many numbers a job has made other than they were. */
export const madeBy = ({ counts: { created, changed } }: Pick<BulkJob, 'counts'>): number =>
  created + changed;

/** What became of its numbers: `11,512 numbers changed, 214 refused, 12 changed by others meanwhile`. */
export const outcomeWords = (job: Pick<BulkJob, 'kind' | 'counts' | 'ended_at'>): string => {
  const { created, changed, unchanged, skipped, refused, conflict, pending = 0 } = job.counts;
  const notDone = notDoneCount(job);
  const done =
    created > 0
      ? [
          `${plural(created, 'number')} added`,
          ...(changed > 0 ? [`${formatCount(changed)} ${pastOf[job.kind]}`] : []),
        ]
      : [`${plural(changed, 'number')} ${pastOf[job.kind]}`];
  return [
    ...done,
    ...(unchanged > 0 && job.kind === 'import' ? [`${formatCount(unchanged)} were so already`] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} left as they are`] : []),
    ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
    ...(conflict > 0 ? [`${formatCount(conflict)} changed by others meanwhile`] : []),
    ...(pending > 0 ? [`${formatCount(pending)} not on the platform yet`] : []),
    ...(notDone > 0 ? [`${formatCount(notDone)} not done`] : []),
  ].join(', ');
};

const endings: Record<NonNullable<BulkJob['cancel_reason']>, string> = {
  asked: 'Cancelled',
  actor_lost: 'Cancelled: who started it may no longer change numbers',
  restored: 'Cancelled: the database was restored from a backup',
};

// What the API tells whoever patches one number, which could leave the field out.
const oneNumbers = /^Remove this field: only (.+) numbers have it\.$/;

/** Why a number was not changed, where many were asked for: `Only SIP trunk numbers have this field.` */
export const reasonForMany = (message: string): string =>
  message.replace(oneNumbers, 'Only $1 numbers have this field.');

/** How it stands: `Running`, `Done`, `Cancelled: …`. */
export const stateWords = ({ state, cancel_reason: reason }: BulkJob): string => {
  if (state === 'cancelled') return endings[reason ?? 'asked'];
  return { queued: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed' }[state];
};

/** Whether it can be asked to be taken back; the server has the last word. */
export const isUndoable = (job: BulkJob): boolean =>
  job.ended_at !== null && job.kind !== 'rotate' && job.undone_by === null && madeBy(job) > 0;

export const isCredential = (field: string) => isFieldName(field) && fieldOf(field).kind === 'credential';

/** How many numbers an ended job refused, left alone or never came to. */
export const leftCount = ({ counts: { total, done, refused, conflict } }: BulkJob): number =>
  refused + conflict + (total - done);

/** Whether it is an undo that ended before it had put everything back: the rest of it can be undone. */
export const isUndoToGoOn = ({ undoes, state }: Pick<BulkJob, 'undoes' | 'state'>): boolean =>
  undoes !== null && (state === 'cancelled' || state === 'failed');

/** What trying it again is: of one that ended before its time, also what it had not tried. */
export const againWords = (job: Pick<BulkJob, 'ended_at' | 'counts'>): string =>
  notDoneCount(job) > 0 ? 'Run the rest…' : 'Try again…';

/** Whether it can be tried again on those: of credentials nothing is kept, and files are imported anew. */
export const isRetryable = (job: BulkJob): boolean =>
  job.ended_at !== null &&
  ['patch', 'replace_agent', 'delete', 'restore'].includes(job.kind) &&
  !job.fields.some(isCredential) &&
  leftCount(job) > 0;
