import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { createGate } from './gate.ts';
import { actorKey, type Actor } from '#server/request-context.ts';

const gate = createGate({ perActor: Infinity, maxTotalSize: 1 });

/**
 * Does what takes milliseconds in a task of its own of the event loop, one such piece of work after another
 * and one actor after another: between any two everybody else is answered, and much of one delays another by
 * one piece.
 */
export const inOwnTask = async <T>(asker: Actor, work: () => T): Promise<T> => {
  const leave = await gate.enter(actorKey(asker));
  try {
    await yieldToEventLoop();
    return work();
  } finally {
    leave();
  }
};
