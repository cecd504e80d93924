import type { JobKind } from '#contract/bulk/plans.ts';
import type { Kind } from './rows/kind.ts';

/** What can be done to many numbers; other features add theirs before anything is done. */
export interface Kinds {
  of(kind: JobKind): Kind;
  add(kind: JobKind, what: Kind): void;
}

export const createKinds = (): Kinds => {
  const kinds = new Map<JobKind, Kind>();
  return {
    of(kind) {
      const found = kinds.get(kind);
      if (found === undefined) throw new Error(`Nothing does bulk changes of the kind ${kind}`);
      return found;
    },
    add: (kind, what) => void kinds.set(kind, what),
  };
};
