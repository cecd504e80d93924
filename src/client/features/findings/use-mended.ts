import { useCallback, useState } from 'react';
import type { EstateFinding } from '#contract/numbers/route.ts';
import { keyOf } from './finding-words.ts';

/** What was done about a finding here. */
export interface Mended {
  /** What is so now: `Night desk`, `Switched off`. */
  now: string;
  /** Absent where what was there can be given to no number any more. */
  undo?: () => void;
}

interface Kept extends Mended {
  finding: EstateFinding;
  at: number;
}

// A list that was on its way when the finding was mended may still have it.
const ON_ITS_WAY_MS = 10_000;

/**
 * What was mended stays where it stood, and says so, until the page is left: nothing slides under the hand.
 * Reported again by a later look, it is a finding again.
 */
export const useMended = (reported: readonly EstateFinding[], lookedAt: number) => {
  const [kept, setKept] = useState<ReadonlyMap<string, Kept>>(new Map());
  const forget = useCallback(
    (finding: EstateFinding) =>
      setKept((before) => {
        const next = new Map(before);
        next.delete(keyOf(finding));
        return next;
      }),
    [],
  );
  const keep = useCallback(
    (finding: EstateFinding, mended: Mended) =>
      setKept((before) => new Map(before).set(keyOf(finding), { ...mended, finding, at: Date.now() })),
    [],
  );
  const known = new Set(reported.map(keyOf));
  const isStill = ({ finding, at }: Kept) => known.has(keyOf(finding)) && lookedAt > at + ON_ITS_WAY_MS;
  const mended = new Map([...kept].filter(([, each]) => !isStill(each)));
  const gone = [...mended.values()].map(({ finding }) => finding).filter((each) => !known.has(keyOf(each)));
  return {
    /** The findings that are, and those that were mended here. */
    shown: [...reported, ...gone],
    mendedOf: (finding: EstateFinding): Mended | undefined => mended.get(keyOf(finding)),
    keep,
    forget,
  };
};

export type KeepMended = ReturnType<typeof useMended>['keep'];
export type ForgetMended = ReturnType<typeof useMended>['forget'];
