import type { Rule } from '#contract/numbers/routing.ts';
import { isSame } from './value-words.ts';

export interface Paired {
  rule: Rule;
  place: number;
  /** What it was; undefined for a rule that is new. */
  old?: { rule: Rule; place: number };
}

const isSameButId = ({ id: _one, ...rule }: Rule, { id: _other, ...other }: Rule) => isSame(rule, other);

/**
 * Which rule became which: the one of the same id; then, as rules that were copied from another number have
 * other ids, the one that says the same; then the one of the same name.
 */
export const pairRules = (
  before: readonly Rule[],
  after: readonly Rule[],
): { paired: Paired[]; left: { rule: Rule; place: number }[] } => {
  const paired: Paired[] = after.map((rule, place) => ({ rule, place }));
  let left = before.map((rule, place) => ({ rule, place }));
  const isIt = [
    (old: Rule, now: Rule) => old.id === now.id,
    isSameButId,
    (old: Rule, now: Rule) => old.name !== null && old.name === now.name,
  ];
  for (const is of isIt) {
    for (const each of paired) {
      if (each.old !== undefined) continue;
      const old = left.find(({ rule }) => is(rule, each.rule));
      if (old === undefined) continue;
      each.old = old;
      left = left.filter((other) => other !== old);
    }
  }
  return { paired, left };
};

/** Those that kept their order among themselves, as many as can be: the others were moved. */
export const unmoved = (paired: readonly Paired[]): ReadonlySet<Paired> => {
  let best: Paired[] = [];
  const runs: Paired[][] = [];
  for (const each of paired) {
    const { old } = each;
    if (old === undefined) continue;
    const follows = runs.filter((run) => (run.at(-1)?.old?.place ?? -1) < old.place);
    const run = [
      ...follows.reduce<Paired[]>((longest, other) => (other.length > longest.length ? other : longest), []),
      each,
    ];
    runs.push(run);
    if (run.length > best.length) best = run;
  }
  return new Set(best);
};
