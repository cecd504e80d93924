import type { LinkField } from '#contract/connections/links.ts';

/*
 * What a number is in each of three places, and which of them changed. Of secrets stands what they are known
 * by: a mark, never the secret.
 */

/** By field. Absent is as null. */
export type Values = Readonly<Record<string, string | null>>;

/** The mark of a secret that is not set, and of one that is not told. */
export const NO_SECRET = 'none';
export const WITHHELD = 'withheld';

export interface Sides {
  mine: Values;
  /** As both last had it. */
  seen: Values;
  theirs: Values;
}

export type Difference = LinkField['state'];

const orNull = (value: string | null | undefined) => (value === undefined || value === '' ? null : value);

/** Who changed a field since both had the same. */
export const differenceOf = ({ mine, seen, theirs }: Sides, field: string): Difference => {
  // What is left out there is empty there: some platforms leave out what is.
  const [here, there] = [orNull(mine[field]), orNull(theirs[field])];
  if (here === there) return 'same';
  const before = orNull(seen[field]);
  if (there === before) return 'mine';
  return here === before ? 'theirs' : 'both';
};

/** The same of a value here that cannot be there. */
export const differenceOfUnknown = ({ seen, theirs }: Omit<Sides, 'mine'>, field: string): Difference =>
  orNull(theirs[field]) === orNull(seen[field]) ? 'mine' : 'both';

/** The same of a secret, by marks. One that is withheld there is what was sent there last. */
export const secretDifferenceOf = ({ mine, seen, theirs }: Sides, field: string): Difference => {
  const [here, there, before] = [
    mine[field] ?? NO_SECRET,
    theirs[field] ?? WITHHELD,
    seen[field] ?? WITHHELD,
  ];
  if (there === WITHHELD) return before === WITHHELD || here === before ? 'same' : 'mine';
  if (here === there) return 'same';
  if (there === before) return 'mine';
  return here === before ? 'theirs' : 'both';
};
