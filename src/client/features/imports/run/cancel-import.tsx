import { useState } from 'react';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useCancelJob } from '#client/features/bulk/acts.ts';

/** Ends an import that goes on, once that is confirmed: no job imports the rest of its file. */
export const CancelImport = ({ jobId }: { jobId: string }) => {
  const cancel = useCancelJob();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="outline" onClick={() => setAsking(true)}>
        Cancel…
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Cancel the rest of the import?"
          verb="Cancel the rest"
          back="Go on importing"
          run={() => cancel.mutateAsync(jobId)}
          onClose={() => setAsking(false)}
        >
          What is imported by now stays, and can be undone afterwards. The rows that are left are not
          imported; to have them, import the file again, and of numbers that are there already choose “Leave
          them as they are”.
        </ConfirmDialog>
      )}
    </>
  );
};
