/** How much may be inside at once. */
export interface GateOptions {
  /** So many of one actor. */
  perActor: number;
  /** So much of all actors together, by size. */
  maxTotalSize: number;
}

export interface EnterOptions {
  signal?: AbortSignal | undefined;
  /** How long to wait for; for ever where it is not said. */
  withinMs?: number | undefined;
  /** How much of `maxTotalSize` this one takes: 1 where it is not said. */
  size?: number | undefined;
}

interface Waiter {
  size: number;
  start: () => void;
}

export class GaveUp extends Error {
  override readonly name = 'GaveUp';
  readonly reason: 'late' | 'gone';
  constructor(reason: 'late' | 'gone') {
    super(reason === 'late' ? 'It was waited long enough' : 'Whoever waited went away');
    this.reason = reason;
  }
}

/**
 * The promise: actors are let in one by one in turn, and each actor's own in the order in which they came;
 * however many of one wait, another waits for at most one of them.
 */
export const createGate = ({ perActor, maxTotalSize }: GateOptions) => {
  const inside = new Map<string, number>();
  // Whoever was let in goes to the back of the round.
  const waiting = new Map<string, Set<Waiter>>();
  let all = 0;

  const isOpen = (actor: string, size: number) =>
    all + size <= maxTotalSize && (inside.get(actor) ?? 0) < perActor;

  const go = (actor: string, size: number): (() => void) => {
    all += size;
    inside.set(actor, (inside.get(actor) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      all -= size;
      const rest = (inside.get(actor) ?? 1) - 1;
      if (rest > 0) inside.set(actor, rest);
      else inside.delete(actor);
      letIn();
    };
  };

  const letIn = (): void => {
    for (const [actor, queue] of waiting) {
      if (all >= maxTotalSize) return;
      const [first] = queue;
      if (first === undefined || !isOpen(actor, first.size)) continue;
      waiting.delete(actor);
      queue.delete(first);
      if (queue.size > 0) waiting.set(actor, queue);
      first.start();
    }
  };

  return {
    /**
     * Resolves to the function that leaves the gate; call it once done. Throws GaveUp on abort or after
     * `withinMs`.
     */
    enter(actor: string, { signal, withinMs, size = 1 }: EnterOptions = {}): Promise<() => void> {
      if (signal?.aborted) return Promise.reject(new GaveUp('gone'));
      if (isOpen(actor, size)) return Promise.resolve(go(actor, size));
      return new Promise((resolve, reject) => {
        const queue = waiting.get(actor) ?? new Set();
        waiting.set(actor, queue);
        const stopWaiting = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
        };
        const giveUp = (reason: 'late' | 'gone') => {
          stopWaiting();
          queue.delete(waiter);
          if (queue.size === 0) waiting.delete(actor);
          reject(new GaveUp(reason));
        };
        const onAbort = () => giveUp('gone');
        const start = () => {
          stopWaiting();
          resolve(go(actor, size));
        };
        const waiter: Waiter = { size, start };
        const timer = withinMs === undefined ? undefined : setTimeout(() => giveUp('late'), withinMs);
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.add(waiter);
      });
    },
    inside: (): number => all,
    waiting: (): number => [...waiting.values()].reduce((sum, { size }) => sum + size, 0),
  };
};
