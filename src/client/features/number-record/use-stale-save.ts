import { useCallback, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { FormFieldName, PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { keepMine, mergeStale, takeTheirs, type Conflict } from './stale-save.ts';

export type Decision = 'mine' | 'theirs';

interface Stale {
  merged: FormFieldName[];
  conflicts: Conflict[];
  decisions: (Decision | undefined)[];
  /** What I had typed when the two met, so that a decision can be turned round. */
  mine: PhoneNumberValues;
  stored: PhoneNumber;
}

export interface StaleSave {
  stale: Stale | null;
  /** A field that both changed still waits for its decision. */
  isUndecided: boolean;
  merge: (stored: PhoneNumber) => void;
  decide: (at: number, decision: Decision) => void;
  settle: () => void;
}

/** Someone else saved first: their changes and mine, laid together in the form. */
export const useStaleSave = (
  form: UseFormReturn<PhoneNumberValues>,
  base: PhoneNumber,
  setBase: (record: PhoneNumber) => void,
): StaleSave => {
  const [stale, setStale] = useState<Stale | null>(null);
  return {
    stale,
    isUndecided: stale !== null && stale.conflicts.some((_, at) => stale.decisions[at] === undefined),
    merge: (stored) => {
      const mine = structuredClone(form.getValues());
      const { values, merged, conflicts } = mergeStale(base, stored, mine);
      form.reset(values);
      setBase(stored);
      setStale({ merged, conflicts, decisions: [], mine, stored });
    },
    decide: (at, decision) => {
      const conflict = stale?.conflicts[at];
      if (stale === null || conflict === undefined) return;
      const values = form.getValues();
      form.reset(
        decision === 'theirs'
          ? takeTheirs(values, conflict, stale.stored)
          : keepMine(values, conflict, stale.mine),
      );
      setStale({
        ...stale,
        decisions: stale.conflicts.map((_, other) => (other === at ? decision : stale.decisions[other])),
      });
    },
    settle: useCallback(() => setStale(null), []),
  };
};
