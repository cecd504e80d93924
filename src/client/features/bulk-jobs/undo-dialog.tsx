import type { BulkJob } from '#contract/bulk/jobs.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { useUndoJob } from '#client/features/bulk/acts.ts';
import { isCredential, jobHref, madeBy } from '#client/features/bulk/job-words.ts';
import { goTo } from '#client/lib/location.ts';
import { plural } from '#client/lib/words/format.ts';

const about = ({ kind, fields, counts }: BulkJob): string => {
  if (kind === 'delete') return 'The numbers that it deleted are restored.';
  if (kind === 'restore')
    return 'The numbers that it restored are deleted again, where nobody has changed them since.';
  return [
    'Each field is put back where it still has the value that this job gave it. What somebody has changed since stays as it is, and is said.',
    ...(counts.created > 0 ? ['A number that it added is deleted, if it is unchanged.'] : []),
    // A file may have held them in any row.
    ...(kind === 'connection_import'
      ? ['The links that it made are removed here; nothing changes there.']
      : []),
    ...(kind === 'import' || kind === 'connection_import' || fields.some(isCredential)
      ? ['Credentials are not put back: those of before are not kept.']
      : []),
  ].join(' ');
};

/** Says what undoing a job does, and does it as a job of its own. */
export const UndoDialog = ({ job, title, onClose }: { job: BulkJob; title: string; onClose: () => void }) => {
  const undo = useUndoJob();
  return (
    <ConfirmDialog
      title={`Undo: ${title}?`}
      verb={`Undo on ${plural(madeBy(job), 'number')}`}
      isHarm={false}
      run={async () => {
        const { bulk_job_id: id } = await undo.mutateAsync(job.bulk_job_id);
        // Once the dialog has left its place in the history.
        setTimeout(() => goTo(jobHref(id)));
      }}
      onClose={onClose}
    >
      {about(job)}
    </ConfirmDialog>
  );
};
