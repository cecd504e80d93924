import { setImmediate as nextTurn } from 'node:timers/promises';

let last: Promise<unknown> = Promise.resolve();

/**
 * Does what takes milliseconds in a turn of the event loop of its own, one such piece of work after another whoever
 * asks for it: between any two, everybody else is answered.
 */
export const inOwnTurn = <T>(work: () => T): Promise<T> => {
  const done = last.then(() => nextTurn()).then(work);
  last = done.catch(() => {});
  return done;
};
