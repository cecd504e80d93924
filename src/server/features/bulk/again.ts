import type { Secrets } from '#server/features/credentials/held-secrets.ts';
import { Problem } from '#server/problem.ts';
import type { JobRow } from './rows/job-store.ts';
import { noChange, type StoredChange } from './rows/stored-change.ts';

const GOES_ON = 'It is still going on. Cancel it, or wait until it has ended.';

const notUndoable = (message: string) => new Problem('job_not_undoable', message);
const notRetryable = (message: string) => new Problem('job_not_retryable', message);

/** Throws `job_not_undoable` where there is nothing that could be taken back. */
export const refuseUndo = ({ ended_at, created, changed, change }: JobRow): void => {
  if (ended_at === null) throw notUndoable(GOES_ON);
  if (change.kind === 'rotate')
    throw notUndoable('Earlier credentials are not kept, so they cannot be put back.');
  if (change.kind === 'link')
    throw notUndoable('Unlink the numbers instead: what was created on the platform stays there.');
  if (change.kind === 'unlink') throw notUndoable('Link the numbers again instead.');
  if (created + changed === 0) throw notUndoable('It changed nothing.');
};

export const undoOf = ({ id, change: { kind, fields, undone_kind } }: JobRow): StoredChange => ({
  ...noChange,
  kind: 'undo',
  fields,
  undoes: id,
  undone_kind: undone_kind ?? kind,
});

/** The change of an ended job, for those that it refused, left alone or never came to. */
export const changeAgain = ({ id, ended_at, change }: JobRow): { stored: StoredChange; secrets: Secrets } => {
  if (ended_at === null) throw notRetryable(GOES_ON);
  if (change.kind === 'import')
    throw notRetryable('Save the rows that were refused, repair them, and import that file.');
  if (change.kind === 'connection_import')
    throw notRetryable('Import from the connection again: what is here by now stays as it is.');
  if (change.kind === 'undo') throw notRetryable('An undo puts back what it can: look at what it left.');
  if (change.credential !== null || Object.keys(change.patch).length < change.fields.length)
    throw notRetryable('Its credential was erased when it ended. Ask for the change anew.');
  return { stored: { ...change, retries: id }, secrets: {} };
};
