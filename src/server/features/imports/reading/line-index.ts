/*
 * On which line each number of a file stood first. A file has up to millions of them, and a Map takes four
 * times as much for each.
 */

const FIRST_SLOTS = 1024;
/** So full the table may be before it grows. */
const FULL = 0.7;
const HALF = 2 ** 26;

const hashOf = (digits: number): number => {
  const mixed = Math.imul(digits % HALF, 0x9e3779b1) ^ Math.imul(Math.floor(digits / HALF), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
};

export interface LineIndex {
  /** The line on which these digits stood before; undefined where this is the first, which is kept. */
  findOrAdd(digits: number, line: number): number | undefined;
}

/** Digits are those of E.164 as a number: 1 to 15 of them, never 0. */
export const createLineIndex = (): LineIndex => {
  // An empty slot holds no digits, 0. The size is a power of two.
  let held = new Float64Array(FIRST_SLOTS);
  let lines = new Int32Array(FIRST_SLOTS);
  let count = 0;

  const slotOf = (digits: number): number => {
    const last = held.length - 1;
    let slot = hashOf(digits) & last;
    while (held[slot] !== 0 && held[slot] !== digits) slot = (slot + 1) & last;
    return slot;
  };

  const grow = () => {
    const [oldHeld, oldLines] = [held, lines];
    held = new Float64Array(2 * oldHeld.length);
    lines = new Int32Array(2 * oldHeld.length);
    for (const [at, digits] of oldHeld.entries()) {
      if (digits === 0) continue;
      const slot = slotOf(digits);
      held[slot] = digits;
      lines[slot] = oldLines[at] ?? 0;
    }
  };

  return {
    findOrAdd(digits, line) {
      const slot = slotOf(digits);
      if (held[slot] === digits) return lines[slot];
      held[slot] = digits;
      lines[slot] = line;
      count += 1;
      if (count > FULL * held.length) grow();
      return undefined;
    },
  };
};
