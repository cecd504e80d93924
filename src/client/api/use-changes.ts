import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { Change } from '#contract/changes.ts';
import { onChange, onGap } from './change-stream.ts';

/**
 * By kind, for how many milliseconds more changes are waited for before acting on all of them; other kinds do
 * not matter.
 */
export type Waits = Partial<Record<Change['subject'], number>>;

interface Options {
  /** Of these kinds, which changes matter. */
  matters?: (change: Change) => boolean;
  /** While changes go on, acts no oftener than this; by kind, where others may not wait. */
  everyMs?: number | Waits;
}

/**
 * Acts once something has changed, by whomever it was, or may have while the stream was away. A burst of
 * changes is one.
 */
export const useChanges = (
  waits: Waits,
  act: () => void,
  { matters = () => true, everyMs = 0 }: Options = {},
): void => {
  const waitOf = useEffectEvent((change: Change) => (matters(change) ? waits[change.subject] : undefined));
  const restOf = useEffectEvent((change: Change | null) =>
    typeof everyMs === 'number' ? everyMs : ((change && everyMs[change.subject]) ?? 0),
  );
  const leastWait = useEffectEvent(() => Math.min(...Object.values(waits)));
  const actNow = useEffectEvent(act);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let [dueAt, actedAt] = [Infinity, -Infinity];
    const actWithin = (waitMs: number | undefined, restMs: number) => {
      if (waitMs === undefined) return;
      const now = performance.now();
      const at = Math.max(now + waitMs, actedAt + restMs);
      // Whoever waits longer is served by what comes sooner.
      if (at >= dueAt) return;
      clearTimeout(timer);
      dueAt = at;
      timer = setTimeout(() => {
        [dueAt, actedAt] = [Infinity, performance.now()];
        actNow();
      }, at - now);
    };
    const stop = onChange((change) => actWithin(waitOf(change), restOf(change)));
    const stopGap = onGap(() => actWithin(leastWait(), restOf(null)));
    return () => {
      clearTimeout(timer);
      stop();
      stopGap();
    };
  }, []);
};

/** Asks again for what is stored under `key` once something of these kinds has changed. */
export const useRefetchOnChange = (queryKey: QueryKey, waits: Waits, options?: Options): void => {
  const client = useQueryClient();
  useChanges(waits, () => void client.invalidateQueries({ queryKey }), options);
};
