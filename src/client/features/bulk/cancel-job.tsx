import { useState } from 'react';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { useCancelJob } from './acts.ts';
import { cancelWords } from './cancel-words.ts';

/** Ends a job that goes on, once that is confirmed; wherever it is shown. */
export const CancelJob = ({ job }: { job: BulkJob }) => {
  const mayCancel = useMay('operator');
  const cancel = useCancelJob();
  const [isAsking, setAsking] = useState(false);
  if (!mayCancel) return null;
  return (
    <>
      <Button variant="outline" onClick={() => setAsking(true)}>
        Cancel the rest…
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Cancel the rest of this job?"
          verb="Cancel the rest"
          back="Go on"
          run={() => cancel.mutateAsync(job.bulk_job_id)}
          onClose={() => setAsking(false)}
        >
          {cancelWords(job)}
        </ConfirmDialog>
      )}
    </>
  );
};
