/** Numbers between 0 and 1, the same ones for the same seed (mulberry32): a test that fails fails again. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const wholeFrom = (random: () => number, below: number): number => Math.floor(random() * below);

export const oneOf = <T>(random: () => number, list: readonly [T, ...T[]]): T =>
  list[wholeFrom(random, list.length)] ?? list[0];

export const shuffled = <T>(list: readonly T[], random: () => number): T[] =>
  list
    .map((each) => ({ each, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ each }) => each);
