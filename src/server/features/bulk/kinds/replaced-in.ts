import { isDeepStrictEqual } from 'node:util';
import { replacePlaces, type ReplacedIn } from '#contract/bulk/plans.ts';
import type { AuditChange } from '#contract/audit-events.ts';
import type { Routing } from '#contract/numbers/routing.ts';
import type { Verdict } from '#server/features/bulk/rows/kind.ts';

export const noneReplaced = () => Object.fromEntries(replacePlaces.map((place) => [place, 0])) as ReplacedIn;

type Changes = Readonly<Record<string, AuditChange>>;

const partsOf = (change: AuditChange | undefined) => {
  if (change === undefined || 'secret' in change) return null;
  return { before: change.before as Routing | null, after: change.after as Routing | null };
};

/** The places in which an agent is replaced by these changes. */
const placesIn = (changes: Changes): string[] => {
  const routing = partsOf(changes['routing']);
  const inRouting = (['rules', 'fallback'] as const).filter(
    (part) => routing !== null && !isDeepStrictEqual(routing.before?.[part], routing.after?.[part]),
  );
  return [...Object.keys(changes), ...inRouting];
};

/** In how many numbers an agent is replaced in each place. */
export const replacedInOf = (verdicts: readonly Verdict[]): ReplacedIn => {
  const counts = noneReplaced();
  // Numbers that are alike are told of by one object.
  const known = new Map<Changes, string[]>();
  for (const { changes } of verdicts) {
    if (changes === undefined) continue;
    const places = known.get(changes) ?? placesIn(changes);
    known.set(changes, places);
    for (const place of replacePlaces) if (places.includes(place)) counts[place] += 1;
  }
  return counts;
};
