import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGate } from './gate.ts';
import { nameOf, type Actor } from '#server/request-context.ts';

const gate = createGate({ perActor: Infinity, inAll: 1 });

/**
 * Does what takes milliseconds in a turn of the event loop of its own, one such piece of work after another
 * and one actor after another: between any two everybody else is answered, and much of one delays another by
 * one piece.
 */
export const inOwnTurn = async <T>(asker: Actor, work: () => T): Promise<T> => {
  const leave = await gate.enter(nameOf(asker));
  try {
    await nextTurn();
    return work();
  } finally {
    leave();
  }
};
