/**
 * What carriers send in the place of a number that is withheld: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN,
 * UNAVAILABLE and PRIVATE on the keys of a telephone. Nobody can have these numbers, but they may be blocked,
 * or named by a rule.
 */
export const pseudoNumbers: ReadonlySet<string> = new Set([
  '+266696687',
  '+7378742833',
  '+2562533',
  '+8656696',
  '+86282452253',
  '+7748283',
]);
