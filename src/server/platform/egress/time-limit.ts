export interface TimeLimit {
  signal: AbortSignal;
  /** The time is over, rather than that whoever asked has broken it off. */
  isOver: () => boolean;
  /** To be called when what was limited has ended. */
  end: () => void;
}

/**
 * A signal that comes after `ms`, or when the outer one does. Made by hand: in Node 20 what `AbortSignal.any`
 * makes of `AbortSignal.timeout` may be collected before it comes, and a long-lived outer one keeps them all.
 */
export const limitTime = (ms: number, outer?: AbortSignal): TimeLimit => {
  const controller = new AbortController();
  let isOver = false;
  const follow = () => controller.abort();
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort();
  }, ms);
  outer?.addEventListener('abort', follow);
  if (outer?.aborted === true) follow();
  return {
    signal: controller.signal,
    isOver: () => isOver,
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
};

/** Gives up waiting when the signal says so, whatever becomes of what was waited for. */
export const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
