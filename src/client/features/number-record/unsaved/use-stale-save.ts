import { useCallback, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { FormFieldName, PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { committed } from '#client/features/number-fields/typed/committed.ts';
import { keepMine, mergeStale, takeTheirs, type Conflict, type Merge } from './stale-save.ts';

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
  /** Lays what is typed over what is stored now, and says what came of it. */
  merge: (stored: PhoneNumber, typed?: { from: PhoneNumber; values: PhoneNumberValues }) => Merge;
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
    merge: (stored, typed = { from: base, values: form.getValues() }) => {
      const mine = committed(structuredClone(typed.values));
      const met = mergeStale(typed.from, stored, mine);
      form.reset(met.values);
      setBase(stored);
      setStale({ merged: met.merged, conflicts: met.conflicts, decisions: [], mine, stored });
      return met;
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
