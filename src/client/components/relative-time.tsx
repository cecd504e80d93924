import { useSyncExternalStore } from 'react';
import { exactTime, relativeTime, timeAgo } from '#client/lib/words/format.ts';

const TICK_MS = 30_000;
const subscribers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

// One clock for the page: a list would otherwise keep a timer in every row.
const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tick of subscribers) tick();
  }, TICK_MS);
  return () => {
    subscribers.delete(notify);
    if (subscribers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

interface Props {
  at: string;
  /** As part of a sentence: `on 12 Nov`. */
  inSentence?: boolean;
  className?: string;
}

/** How long ago, kept true; the exact time on hover. */
export const RelativeTime = ({ at, inSentence = false, className }: Props) => {
  const words = useSyncExternalStore(subscribe, () =>
    (inSentence ? timeAgo : relativeTime)(at, Math.max(now, Date.parse(at))),
  );
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {words}
    </time>
  );
};
