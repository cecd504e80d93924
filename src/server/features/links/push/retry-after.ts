const FIRST_MS = 2000;
const LONGEST_MS = 15 * 60_000;
/** So long it is tried at all. */
export const TRIED_FOR_MS = 24 * 3_600_000;

/** With full jitter: many that failed at once do not come back at once. What the platform asks for is obeyed. */
export const retryAfterMs = (attempt: number, askedForMs: number | null, random = Math.random): number => {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 20));
  const jittered = Math.max(100, Math.round(random() * longest));
  return askedForMs === null ? jittered : Math.max(askedForMs, 100) + Math.round(random() * 500);
};
