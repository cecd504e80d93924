import { setTimeout as delay } from 'node:timers/promises';
import type { Egress } from '#server/platform/egress/egress.ts';

/**
 * The pace of who reads everything: a request, and the next one so much after its answer. Counted from the
 * answer, since each may wait for the account's own pace before it goes out.
 */
export interface SlowPace {
  /** Waits until the next request may go out. Rejects with the signal. */
  rest(signal: AbortSignal): Promise<void>;
  /** The same egress, each request of which rests before it. */
  slow(egress: Egress, signal: AbortSignal): Egress;
}

// Too many requests: none of it was done, and the account's own pace waits as long as the platform asks for.
const TRIES = 3;

export const createSlowPace = (everyMs: number): SlowPace => {
  let nextAt = -Infinity;

  const rest = async (signal: AbortSignal): Promise<void> => {
    // Timers may come a little early.
    for (let ms = nextAt - performance.now(); ms > 0; ms = nextAt - performance.now())
      await delay(Math.ceil(ms), undefined, { signal });
  };

  return {
    rest,
    slow: (egress, signal) => ({
      async request(asked) {
        for (let tries = 1; ; tries += 1) {
          await rest(signal);
          try {
            const answer = await egress.request(asked);
            if (answer.status !== 429 || tries === TRIES) return answer;
          } finally {
            nextAt = performance.now() + everyMs;
          }
        }
      },
    }),
  };
};
