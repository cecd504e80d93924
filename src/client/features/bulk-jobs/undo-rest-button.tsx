import { failedMessage } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import { useUndoJob } from '#client/features/bulk/acts.ts';
import { useJob } from '#client/features/bulk/queries.ts';
import { jobHref } from '#client/features/bulk/job-words.ts';
import { goTo } from '#client/lib/location.ts';
import { toast } from '#client/lib/toast.ts';

interface Props {
  /** An undo that ended before its time, and the job that it takes back. */
  id: string;
  undoes: string;
}

/** Goes on with an undo, as a job of its own, unless another has. */
export const UndoRestButton = ({ id, undoes }: Props) => {
  const undo = useUndoJob();
  const { data: undone } = useJob(undoes);
  if (undone?.undone_by !== id) return null;
  return (
    <Button
      variant="outline"
      isBusy={undo.isPending}
      onClick={() =>
        undo.mutate(undoes, {
          onSuccess: ({ bulk_job_id: next }) => goTo(jobHref(next)),
          onError: (thrown) =>
            toast({ tone: 'harm', message: failedMessage('The rest', 'was not undone', thrown) }),
        })
      }
    >
      Undo the rest
    </Button>
  );
};
