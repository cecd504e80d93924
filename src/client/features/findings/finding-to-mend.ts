import type { EstateFinding } from '#contract/numbers/route.ts';

/** What the sheet says of why it was opened: kept in the tab's history, where a reload finds it. */
export type FindingToMend = Pick<EstateFinding, 'severity' | 'message' | 'fix'>;

/** The state of the sheet's address. `fromList`: closing it goes back by one step. */
export const stateOf = ({ severity, message, fix }: EstateFinding) => ({
  fromList: true,
  finding: { severity, message, fix },
});

export const findingToMend = (): FindingToMend | undefined =>
  (history.state as { finding?: FindingToMend } | null)?.finding;
