import { useEffect, useRef } from 'react';
import { ProgressBar } from '#client/components/progress-bar.tsx';
import { Button } from '#client/components/ui/button.tsx';
import type { Sending } from './use-import-file.ts';

const MEGABYTE = 1_000_000;
const sizeWords = (bytes: number) =>
  bytes < MEGABYTE ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;

/** How much of the file is on its way, and the way to stop. */
export const SendingProgress = ({
  file: { name, blob },
  bytes,
  onCancel,
}: Sending & { onCancel: () => void }) => {
  // What was pressed is gone: without this, so were the focus.
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  const isSent = bytes >= blob.size;
  return (
    <section
      aria-label="Sending"
      className="grid content-start gap-3 self-start rounded-xl border border-line-2 px-6 py-5"
    >
      <p className="font-medium wrap-anywhere">{name}</p>
      <ProgressBar label={`Sending ${name}`} done={bytes} total={isSent ? 0 : blob.size} />
      <div className="flex items-center gap-3">
        <span className="text-ink-2 tabular-nums">
          {isSent ? 'Looking at each row' : `${sizeWords(bytes)} of ${sizeWords(blob.size)} sent`}
        </span>
        <Button ref={cancel} variant="outline" className="ml-auto" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </section>
  );
};
