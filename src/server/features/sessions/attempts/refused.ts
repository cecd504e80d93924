import { WINDOW_SECONDS } from './store.ts';
import type { TriedOperator } from './unrecorded.ts';

export interface Refused {
  /** Until when, by the monotonic clock (`performance.now()`). */
  until: number;
  /** The account it is about, where there is one. */
  operator: TriedOperator | null;
}

const MAX_ENTRIES = 10_000;

/**
 * Who has no attempt left, so that they are refused without asking the database. Whoever is dropped is
 * refused by it.
 */
export const createRefusedMemory = () => {
  const refused = new Map<string, Refused>();
  return {
    find(key: string): Refused | null {
      const found = refused.get(key);
      if (found === undefined || found.until > performance.now()) return found ?? null;
      refused.delete(key);
      return null;
    },
    remember(key: string, seconds: number, operator: TriedOperator | null): void {
      const [oldest] = refused.keys();
      if (oldest !== undefined && refused.size >= MAX_ENTRIES) refused.delete(oldest);
      refused.set(key, { until: performance.now() + Math.min(seconds, WINDOW_SECONDS) * 1000, operator });
    },
  };
};
