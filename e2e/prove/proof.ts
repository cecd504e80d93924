/** What one proof says. It has failed when a check does not hold, or when a planted fault went unseen. */
export interface Report {
  /** Something that must hold, with the figures that were seen. */
  check(what: string, holds: boolean, seen: string): void;
  /** A fault planted on purpose: a check that cannot see it proves nothing. */
  control(fault: string, isCaught: boolean): void;
  /** Where this machine cannot prove it; says why. */
  skip(reason: string): void;
}

export type Proof = (report: Report) => Promise<void>;

export interface Line {
  kind: 'check' | 'control' | 'skip';
  ok: boolean;
  text: string;
  seen: string;
}

export const collectReport = (onLine: (line: Line) => void): Report => ({
  check: (text, ok, seen) => onLine({ kind: 'check', ok, text, seen }),
  control: (fault, isCaught) =>
    onLine({
      kind: 'control',
      ok: isCaught,
      text: `planted: ${fault}`,
      seen: isCaught ? 'caught' : 'NOT CAUGHT',
    }),
  skip: (reason) => onLine({ kind: 'skip', ok: true, text: reason, seen: '' }),
});

const grouped = new Intl.NumberFormat('en-GB');
export const count = (value: number) => grouped.format(value);
export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
export const longest = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, value), 0);

/** The machines are noisy: what holds as a rule is judged by the median. */
export const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
