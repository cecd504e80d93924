import { classes } from '#client/lib/classes.ts';
import { useEffect, useRef } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import { formatCount } from '#client/lib/words/format.ts';
import { durationWords } from '#routing/words/value-words.ts';

interface Props {
  done: number;
  total: number;
  secondsLeft: number | null;
  onStop: () => void;
}

/** How far it is, how long it takes, and the way to stop. */
export const CopyProgress = ({ done, total, secondsLeft, onStop }: Props) => {
  // The button that was pressed is gone: without this, so were the focus.
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => stop.current?.focus(), []);
  return (
    <div className="flex w-full items-center gap-3">
      <progress
        aria-label="Copying"
        value={done}
        max={total}
        className={classes(
          'h-1.5 min-w-0 flex-1 appearance-none overflow-hidden rounded-full border-0 bg-press',
          '[&::-moz-progress-bar]:bg-ink-2 [&::-webkit-progress-bar]:bg-press',
          '[&::-webkit-progress-value]:bg-ink-2',
        )}
      />
      <span className="text-ink-2">
        {formatCount(done)} / {formatCount(total)}
        {secondsLeft !== null && secondsLeft > 0 && `, ${durationWords(secondsLeft)} left`}
      </span>
      <Button ref={stop} variant="outline" onClick={onStop}>
        Stop
      </Button>
    </div>
  );
};
