import { useState } from 'react';
import { failedMessage } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import { toast } from '#client/lib/toast.ts';

/** Fills an empty estate with something to look around in. */
export const LoadSample = () => {
  const [isBusy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    try {
      const { importSample } = await import('./import-sample.ts');
      // Nobody stops it by leaving: once it is sent, the numbers come.
      const { counts } = await importSample(new AbortController().signal);
      // What was added is seen: the list fills.
      if (counts.created === 0)
        toast({ tone: 'harm', message: 'No sample number could be added: all were refused.' });
    } catch (thrown) {
      toast({ tone: 'harm', message: failedMessage('Sample data', 'was not loaded', thrown) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="outline" isBusy={isBusy} onClick={() => void load()}>
      {isBusy ? 'Loading sample data' : 'Load sample data'}
    </Button>
  );
};
