import { useState } from 'react';

// Before that, a guess would jump about.
const WORTH_ESTIMATING_MS = 2000;

/**
 * How many seconds are left, by how fast it went since it is watched here; null while that is not known.
 * `readAt`: when `done` was read, in milliseconds; 0 where it was not.
 */
export const useTimeLeft = (done: number, total: number, readAt: number): number | null => {
  const [first, setFirst] = useState({ readAt, done });
  // Nothing was read yet: what is known of it is of some other time.
  if (first.readAt === 0 && readAt > 0) setFirst({ readAt, done });
  if (first.readAt === 0) return null;
  const [spent, made] = [readAt - first.readAt, done - first.done];
  return made > 0 && spent >= WORTH_ESTIMATING_MS
    ? Math.ceil(((spent / made) * (total - done)) / 1000)
    : null;
};
