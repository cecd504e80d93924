import { randomBytes } from 'node:crypto';

/*
 * The promise: what was read after a position was taken, and a stream that begins there, miss nothing between
 * them. A position is good for this process alone, and for the latest changes that it has told.
 */

export const KEPT_CHANGES = 500;

export const createChangeRing = () => {
  let instance = '';
  let count = 0;
  let kept: Uint8Array[] = [];

  /** Something may have been missed: no position taken before is good any more. */
  const restart = () => {
    instance = randomBytes(6).toString('hex');
    count = 0;
    kept = [];
  };
  restart();

  return {
    restart,
    position: (): string => `${instance}-${count}`,
    add(change: Uint8Array): void {
      count += 1;
      kept.push(change);
      if (kept.length > KEPT_CHANGES) kept.shift();
    },
    /** What was told since; null where that is not known, or not known any more. */
    since(position: string): readonly Uint8Array[] | null {
      const [of, seen = ''] = position.split('-');
      const missed = /^\d{1,15}$/.test(seen) ? count - Number(seen) : -1;
      if (of !== instance || missed < 0 || missed > kept.length) return null;
      return kept.slice(kept.length - missed);
    },
  };
};

export type ChangeRing = ReturnType<typeof createChangeRing>;
