import type { ConnectionKindName, ConnectionRole } from '#contract/connections/connections.ts';
import type { ConnectionCredentials } from '#server/features/credentials/connection-credentials.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { Egress } from '#server/platform/egress/egress.ts';
import { Problem } from '#server/problem.ts';
import { addressOf } from './check-connection.ts';
import type { ConnectionKind, UpstreamClient } from './kinds/upstream/connection-kind.ts';
import { createPacedEgress } from './pace.ts';
import { selectConnection, selectSealedConnection } from './store.ts';

/** An account, ready to be asked: at its pace, with its credentials, and at no other address than theirs. */
export interface Account {
  id: string;
  name: string;
  role: ConnectionRole;
  isPaused: boolean;
  kind: ConnectionKind;
  client: UpstreamClient;
}

export interface AccountDependencies {
  database: Database;
  credentials: Pick<ConnectionCredentials, 'open'>;
  kinds: Readonly<Record<ConnectionKindName, ConnectionKind>>;
  egress: Egress;
}

export interface Accounts {
  /** What can be said of it without its credentials. Throws `not_found`. */
  find(id: string): Promise<Pick<Account, 'id' | 'name' | 'role' | 'isPaused' | 'kind'>>;
  /** Never inside a transaction that asks the account. Throws `not_found`, `credentials_needed`. */
  open(id: string): Promise<Account>;
}

const noConnection = () => new Problem('not_found', 'No connection has this id.');

export const createAccounts = ({ database, credentials, kinds, egress }: AccountDependencies): Accounts => ({
  async find(id) {
    const row = await selectConnection(database, id);
    if (row === undefined) throw noConnection();
    return { id, name: row.name, role: row.role, isPaused: row.paused, kind: kinds[row.kind] };
  },

  async open(id) {
    const found = await selectSealedConnection(database, id);
    if (found === undefined) throw noConnection();
    const { row, sealed } = found;
    const baseUrl = addressOf(kinds, row);
    const { api_key } = credentials.open(sealed, baseUrl);
    if (api_key === undefined)
      throw new Problem('credentials_needed', 'No key is set for this address. Set one first.');
    return {
      id,
      name: row.name,
      role: row.role,
      isPaused: row.paused,
      kind: kinds[row.kind],
      client: {
        egress: createPacedEgress({ database, egress }, id),
        baseUrl,
        credentials: { api_key },
      },
    };
  },
});
