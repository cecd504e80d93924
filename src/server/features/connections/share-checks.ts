import { createGate, GaveUp } from '#server/platform/fairness/gate.ts';
import { Problem } from '#server/problem.ts';

/*
 * The promise: however many ask for checks, few are under way. Those who ask the same meanwhile share one; it
 * is broken off when nobody waits for it any more, or when the server stops.
 */

const IN_ALL = 4;
const PER_ACTOR = 2;
const WAIT_MS = 5000;

interface Asker {
  actor: string;
  /** Comes when whoever asked went away. */
  signal: AbortSignal;
}

interface SharedCheck {
  result: Promise<void>;
  stop: AbortController;
  askers: number;
}

const refusal = (error: unknown, { aborted }: AbortSignal): unknown => {
  if (aborted) return new Problem('invalid_request', 'The check was given up before it was answered.');
  if (!(error instanceof GaveUp)) return error;
  return new Problem(
    'too_many_requests',
    `${IN_ALL} connections are checked at once, and as many were waiting. Ask again in a moment.`,
    { retry_after_seconds: 5 },
  );
};

export const createSharedChecks = () => {
  const gate = createGate({ perActor: PER_ACTOR, maxTotalSize: IN_ALL });
  const underWay = new Map<string, SharedCheck>();

  const begin = (what: string, actor: string, work: (signal: AbortSignal) => Promise<void>): SharedCheck => {
    const stop = new AbortController();
    const { signal } = stop;
    const run = async () => {
      try {
        const leave = await gate.enter(actor, { signal, withinMs: WAIT_MS });
        await work(signal).finally(leave);
      } catch (error) {
        throw refusal(error, signal);
      } finally {
        if (underWay.get(what)?.stop === stop) underWay.delete(what);
      }
    };
    const check = { result: run(), stop, askers: 0 };
    underWay.set(what, check);
    return check;
  };

  return {
    /**
     * Does the work, or waits for the same that is under way. Throws what it throws; `too_many_requests`
     * after five seconds, `invalid_request` where it was broken off.
     */
    async join(
      what: string,
      { actor, signal }: Asker,
      work: (signal: AbortSignal) => Promise<void>,
    ): Promise<void> {
      const check = underWay.get(what) ?? begin(what, actor, work);
      const leave = () => {
        check.askers -= 1;
        if (check.askers > 0) return;
        // Whoever asks from here on begins another.
        if (underWay.get(what) === check) underWay.delete(what);
        check.stop.abort();
      };
      check.askers += 1;
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
      try {
        await check.result;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },

    /** Breaks all of them off. */
    stop(): void {
      for (const { stop } of underWay.values()) stop.abort();
    },
  };
};
