import { useEffect, useRef, useState } from 'react';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { RowOutcome } from '#contract/bulk/plans.ts';
import { failedMessage } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import { toast } from '#client/lib/toast.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { saveOutcomes } from './save-outcomes.ts';

interface Props {
  job: BulkJob;
  title: string;
  /** Those that are shown; all where none is chosen. */
  outcome: RowOutcome | undefined;
}

/** Saves the outcomes that are shown; pressed again while it reads them, it stops. */
export const SaveButton = ({ job, title, outcome }: Props) => {
  const [read, setRead] = useState<number | null>(null);
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const save = async () => {
    const abort = new AbortController();
    reading.current = abort;
    setRead(0);
    try {
      await saveOutcomes(job, { title, outcome }, setRead, abort.signal);
    } catch (thrown) {
      if (!abort.signal.aborted)
        toast({ tone: 'harm', message: failedMessage('The outcomes', 'were not saved', thrown) });
    } finally {
      setRead(null);
    }
  };
  return (
    <Button variant="outline" onClick={() => (read === null ? void save() : reading.current?.abort())}>
      {read === null
        ? outcome === undefined
          ? 'Save outcomes'
          : 'Save these outcomes'
        : `Stop saving, ${formatCount(read)} read`}
    </Button>
  );
};
