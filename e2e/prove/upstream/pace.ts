import type { StandInRequest } from '#server/testing/verbex/faults.ts';

/** The most requests that came within any so long a time. */
export const mostWithin = (requests: readonly Pick<StandInRequest, 'at'>[], ms: number): number => {
  const times = requests.map(({ at }) => at).toSorted((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= ms) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
};
