/** What the doctor says of one thing. */
export interface Finding {
  what: string;
  /** `warning`: it runs, but not as it should for long. */
  state: 'good' | 'warning' | 'bad';
  seen: string;
  /** What to do about it; none where all is well. */
  repair?: string;
}

export const good = (what: string, seen: string): Finding => ({ what, state: 'good', seen });
export const warning = (what: string, seen: string, repair: string): Finding => ({
  what,
  state: 'warning',
  seen,
  repair,
});
export const bad = (what: string, seen: string, repair: string): Finding => ({
  what,
  state: 'bad',
  seen,
  repair,
});

const marks: Record<Finding['state'], string> = { good: 'good', warning: 'warn', bad: 'BAD ' };
const WIDTH = 16;

export const linesOf = ({ what, state, seen, repair }: Finding): string[] => [
  `${marks[state]}  ${what.padEnd(WIDTH)}${seen}`,
  ...(repair === undefined ? [] : [`${' '.repeat(marks[state].length + 2 + WIDTH)}→ ${repair}`]),
];
