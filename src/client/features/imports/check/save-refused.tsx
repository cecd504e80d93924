import type { Import } from '#contract/bulk/imports.ts';
import { Button } from '#client/components/ui/button.tsx';
import type { FileInHand } from '#client/features/imports/csv/read-head.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { useSaveRefused } from './use-save-refused.ts';

/** The way to repair what was refused: its rows as a file, which is dropped here again. */
export const SaveRefused = ({ plan, file }: { plan: Import; file: FileInHand | null }) => {
  const { read, message, save, stop } = useSaveRefused(plan, file);
  const { refused } = plan.counts;
  if (file === null)
    return (
      <p className="text-ink-2">
        The file is not in hand any more, so its refused rows cannot be saved. Drop it here again to do so.
      </p>
    );
  return (
    <>
      <span className="text-ink-2">
        {read === null
          ? 'Save them, repair them, and drop that file here.'
          : `Reading why: ${formatCount(read)} of ${formatCount(refused)}`}
      </span>
      {message !== null && (
        <span role="alert" className="text-harm">
          {message}
        </span>
      )}
      <Button
        variant="outline"
        className="ml-auto max-sm:ml-0"
        onClick={() => (read === null ? void save() : stop())}
      >
        {read === null
          ? `Save the ${refused === 1 ? 'refused row' : plural(refused, 'refused row')}…`
          : 'Cancel'}
      </Button>
    </>
  );
};
