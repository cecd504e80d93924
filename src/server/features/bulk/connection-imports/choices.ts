import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { ConnectionImportChoices } from '#contract/bulk/connection-imports.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';

/** Of which account an import is, and how it was asked for, as its plan keeps them. */
export interface ImportAsked {
  connection_id: string;
  /** In which its numbers are linked to it. */
  role: ConnectionRole;
  /** Where the account was read. */
  address: string;
  choices: ConnectionImportChoices;
}

export const askedOf = ({ change }: Pick<PlanRow, 'change'>): ImportAsked => {
  if (change.kind !== 'connection_import') throw new Error('The plan is of no import from a connection');
  return change.options as unknown as ImportAsked;
};
