import { createGate, GaveUp } from '#server/platform/fairness/gate.ts';
import { Problem } from '#server/problem.ts';

/*
 * The promise: large bodies, finished or not, never fill the memory, and whoever sends many waits behind
 * themselves. Of an actor two are under way at once, of all so many bytes; more are not read, wait at most
 * two seconds and are refused.
 */

const PER_ACTOR = 2;
const BYTES_IN_ALL = 32 * 1024 * 1024;
const WAIT_MS = 2000;
// Whoever sends slowly keeps a place from others: no longer than this.
const COMPLETE_WITHIN_MS = 15_000;

const refusal = (error: unknown): unknown => {
  if (!(error instanceof GaveUp)) return error;
  if (error.reason === 'gone')
    return new Problem('invalid_request', 'The request was given up before its body was read.');
  return new Problem(
    'too_many_requests',
    'Too many large bodies are under way. Send it again in a moment, and fewer at once.',
    {
      retry_after_seconds: 1,
    },
  );
};

export const openLargeBodies = (withinMs = COMPLETE_WITHIN_MS) => {
  const gate = createGate({ perActor: PER_ACTOR, maxTotalSize: BYTES_IN_ALL });
  return {
    /** How long a body may take to arrive once it is let in. */
    withinMs,
    /**
     * Resolves to the function that leaves the gate; call it once the request is answered. Throws
     * `too_many_requests` after two seconds, `invalid_request` on abort.
     */
    enter: (actor: string, size: number, signal: AbortSignal): Promise<() => void> =>
      gate.enter(actor, { size, signal, withinMs: WAIT_MS }).catch((error: unknown) => {
        throw refusal(error);
      }),
  };
};

export type LargeBodies = ReturnType<typeof openLargeBodies>;
