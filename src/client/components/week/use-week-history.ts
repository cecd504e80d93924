import { useState } from 'react';
import type { WeeklyInterval } from '#contract/clock-times.ts';

const STEPS_KEPT = 50;

/**
 * The weeks before each change, so that a preset or a slip of the hand can be taken back without losing the
 * rest.
 */
export const useWeekHistory = (
  value: readonly WeeklyInterval[],
  onChange: (weekly: WeeklyInterval[]) => void,
) => {
  const [before, setBefore] = useState<readonly (readonly WeeklyInterval[])[]>([]);
  const last = before.at(-1);
  return {
    change: (next: WeeklyInterval[]) => {
      setBefore([...before.slice(-STEPS_KEPT), value]);
      onChange(next);
    },
    /** Absent where nothing was changed yet. */
    undo:
      last &&
      (() => {
        setBefore(before.slice(0, -1));
        onChange([...last]);
      }),
  };
};
