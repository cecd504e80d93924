import type { LinkState } from '#contract/connections/links.ts';
import type {
  UpstreamFields,
  UpstreamNumber,
} from '#server/features/connections/kinds/upstream/connection-kind.ts';
import {
  differenceOf,
  differenceOfUnknown,
  NO_SECRET,
  secretDifferenceOf,
  WITHHELD,
  type Difference,
  type Values,
} from './link-values.ts';
import type { Mine } from './mine.ts';

/*
 * What is to be sent of a number, and what came of it: decided by what it is here, what both last had, and
 * what the platform says now. Nothing is overwritten that somebody changed there meanwhile.
 */

/** What both last had: fields, and of secrets their marks. */
export interface Base {
  seen: Values;
  marks: Values;
}

export interface Theirs {
  values: Values;
  marks: Values;
  /** Those that are answered in clear: they are sent back, and kept nowhere. */
  secrets: UpstreamNumber['secrets'];
}

interface Compared {
  kept: Pick<UpstreamFields, 'editable' | 'secret'>;
  mine: Pick<Mine, 'values' | 'marks' | 'secrets' | 'unknownAgents'>;
  base: Base;
  theirs: Theirs;
}

/** By field, who changed it. */
export const differencesOf = ({ kept, mine, base, theirs }: Compared): Map<string, Difference> =>
  new Map([
    ...kept.editable.map((field): [string, Difference] => [
      field,
      // Whom the platform does not know it cannot have.
      mine.unknownAgents.includes(field)
        ? differenceOfUnknown({ seen: base.seen, theirs: theirs.values }, field)
        : differenceOf({ mine: mine.values, seen: base.seen, theirs: theirs.values }, field),
    ]),
    ...kept.secret.map((field): [string, Difference] => [
      field,
      secretDifferenceOf({ mine: mine.marks, seen: base.marks, theirs: theirs.marks }, field),
    ]),
  ]);

/** The secrets that the platform does not tell and that are not here: what is left out may be wiped. */
export const missingSecrets = ({ kept, mine, base, theirs }: Compared): string[] =>
  kept.secret.filter(
    (field) =>
      mine.marks[field] === NO_SECRET &&
      (theirs.marks[field] ?? WITHHELD) === WITHHELD &&
      base.marks[field] !== NO_SECRET,
  );

/** A secret that is set here and was never sent, of one that the platform does not tell. */
const isUntold = ({ kept, mine, base, theirs }: Compared, field: string): boolean =>
  kept.secret.includes(field) &&
  (theirs.marks[field] ?? WITHHELD) === WITHHELD &&
  (mine.marks[field] ?? NO_SECRET) !== base.marks[field];

export type SavePlan =
  | { does: 'nothing' }
  /** `changed`: what of it is otherwise there. */
  | { does: 'send'; body: Record<string, string | null>; changed: string[] }
  | {
      does: 'wait';
      state: Extract<LinkState, 'conflict' | 'held' | 'refused'>;
      reason: string;
      fields: string[];
    };

/** The whole editable record, with those of `fields` as they are here and all others as they are there. */
export const planSave = (compared: Compared, fields: readonly string[]): SavePlan => {
  const { kept, mine, theirs } = compared;
  const differences = differencesOf(compared);
  const asked = fields.filter((field) => differences.has(field));
  const conflicts = asked.filter((field) => differences.get(field) === 'both');
  if (conflicts.length > 0)
    return { does: 'wait', state: 'conflict', reason: 'changed_on_both_sides', fields: conflicts };
  const toSend = asked.filter((field) => differences.get(field) === 'mine' || isUntold(compared, field));
  if (toSend.length === 0) return { does: 'nothing' };
  const unknown = toSend.filter((field) => mine.unknownAgents.includes(field));
  if (unknown.length > 0)
    return { does: 'wait', state: 'refused', reason: 'agent_not_upstream', fields: unknown };
  const missing = missingSecrets(compared);
  if (missing.length > 0)
    return { does: 'wait', state: 'held', reason: 'credential_missing', fields: missing };
  const body: Record<string, string | null> = {};
  for (const field of kept.editable) {
    const theirValue = theirs.values[field];
    const value = toSend.includes(field) || theirValue === undefined ? mine.values[field] : theirValue;
    body[field] = value ?? null;
  }
  for (const field of kept.secret) {
    const secret = theirs.secrets[field];
    body[field] =
      !toSend.includes(field) && secret?.state === 'clear' ? secret.value : (mine.secrets[field] ?? null);
  }
  return { does: 'send', body, changed: toSend };
};

/** How it stands once the platform's record has been read, and what both have from now on. */
export const settle = (
  compared: Compared,
): { base: Base; state: LinkState; reason: string | null; fields: string[] } => {
  const { mine, base, theirs } = compared;
  const differences = differencesOf(compared);
  const seen = { ...base.seen };
  const marks = { ...base.marks };
  for (const [field, difference] of differences) {
    if (difference !== 'same') continue;
    if (field in mine.marks) {
      // What is withheld is what it was; what it was is not known where it was never told.
      if ((theirs.marks[field] ?? WITHHELD) !== WITHHELD) marks[field] = theirs.marks[field] ?? WITHHELD;
    } else seen[field] = mine.values[field] ?? null;
  }
  const having = (...which: Difference[]) =>
    [...differences].filter(([, each]) => which.includes(each)).map(([field]) => field);
  const standing = (state: LinkState, reason: string | null, fields: string[]) => ({
    base: { seen, marks },
    state,
    reason,
    fields,
  });
  const both = having('both');
  if (both.length > 0) return standing('conflict', 'changed_on_both_sides', both);
  const missing = missingSecrets(compared);
  if (missing.length > 0) return standing('held', 'credential_missing', missing);
  const there = having('theirs');
  if (there.length > 0) return standing('drift', 'changed_there', there);
  const here = having('mine');
  return here.length > 0 ? standing('drift', 'differs', here) : standing('synced', null, []);
};
