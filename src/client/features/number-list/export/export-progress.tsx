import { useEffect, useRef } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import { classes } from '#client/lib/classes.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import type { ListToExport, Progress } from './use-export.ts';

const MEGABYTE = 1_000_000;
const sizeWords = (bytes: number) =>
  bytes < MEGABYTE ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;

interface Props extends Pick<ListToExport, 'count' | 'isExact'> {
  progress: Progress;
  onStop: () => void;
}

/** How far it is, and the way to stop. */
export const ExportProgress = ({ progress: { numbers, bytes }, count, isExact, onStop }: Props) => {
  // The button that was pressed is gone: without this, so were the focus.
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => stop.current?.focus(), []);
  const total = count === undefined ? '' : ` of ${isExact ? '' : '≈\u2009'}${formatCount(count)}`;
  return (
    <div className="grid gap-3">
      <progress
        aria-label="Exporting"
        value={count === undefined ? undefined : Math.min(numbers, count)}
        max={Math.max(count ?? 1, 1)}
        className={classes(
          'h-1.5 w-full appearance-none overflow-hidden rounded-full border-0 bg-press',
          '[&::-moz-progress-bar]:bg-ink-2 [&::-webkit-progress-bar]:bg-press',
          '[&::-webkit-progress-value]:bg-ink-2',
        )}
      />
      <div className="flex items-center gap-3">
        <span className="text-ink-2 tabular-nums">
          {total === '' ? plural(numbers, 'number') : `${formatCount(numbers)}${total}`}, {sizeWords(bytes)}
        </span>
        <Button ref={stop} variant="outline" className="ml-auto" onClick={onStop}>
          Stop
        </Button>
      </div>
    </div>
  );
};
