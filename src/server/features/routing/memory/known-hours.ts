import type { Hours } from '#contract/business-hours.ts';

export interface VersionedHours extends Hours {
  id: string;
  version: number;
}

/** The same object while hours stay the same: the arithmetic compiles each object once. */
export const createKnownHours = () => {
  let known = new Map<string, VersionedHours>();
  const keep = (hours: VersionedHours): VersionedHours => {
    const kept = known.get(hours.id);
    return kept?.version === hours.version ? kept : hours;
  };
  return {
    /** These are all there are. */
    keepAll(all: readonly VersionedHours[]): void {
      known = new Map(all.map((hours) => [hours.id, keep(hours)]));
    },
    /** For hours read elsewhere: the object that is kept, where it is the same version. Keeps nothing. */
    sameAs: (hours: VersionedHours): Hours => keep(hours),
    find: (id: string): Hours | undefined => known.get(id),
  };
};

export type KnownHours = ReturnType<typeof createKnownHours>;
