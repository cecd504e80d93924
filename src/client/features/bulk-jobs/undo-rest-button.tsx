import { failedMessage } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import { useUndoJob } from '#client/features/bulk/acts.ts';
import { jobHref } from '#client/features/bulk/job-words.ts';
import { goTo } from '#client/lib/location.ts';
import { toast } from '#client/lib/toast.ts';

/** Goes on with an undo that ended before its time, as a job of its own. */
export const UndoRestButton = ({ undoes }: { undoes: string }) => {
  const undo = useUndoJob();
  return (
    <Button
      variant="outline"
      isBusy={undo.isPending}
      onClick={() =>
        undo.mutate(undoes, {
          onSuccess: ({ bulk_job_id: id }) => goTo(jobHref(id)),
          onError: (thrown) =>
            toast({ tone: 'harm', message: failedMessage('The rest', 'was not undone', thrown) }),
        })
      }
    >
      Undo the rest
    </Button>
  );
};
