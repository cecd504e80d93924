import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { ConnectionImportChoices } from '#contract/bulk/connection-imports.ts';
import type { LedTo } from '#server/features/connections/open-connection.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';

/** Of which account an import is, and how it was asked for, as its plan keeps them. */
export interface ImportAsked {
  connection_id: string;
  /** In which its numbers are linked to it. */
  role: ConnectionRole;
  /** Where the account was read. */
  address: string;
  /** Of the key with which it was. */
  key_mark: string;
  choices: ConnectionImportChoices;
}

/** The account that it is of. */
export const accountOf = ({ connection_id, address, key_mark }: ImportAsked): LedTo => ({
  id: connection_id,
  address,
  keyMark: key_mark,
});

export const askedOf = ({ change }: Pick<PlanRow, 'change'>): ImportAsked => {
  if (change.kind !== 'connection_import') throw new Error('The plan is of no import from a connection');
  return change.options as unknown as ImportAsked;
};
