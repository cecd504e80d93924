import type { ConnectionCredential } from '#contract/connections/connections.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export interface ConnectionCredentialRow {
  connection_id: string;
  field: ConnectionCredential;
  sealed: Buffer;
  key_id: string;
  secret_version: number;
  /** That it was given for: where it may be sent. */
  address: string;
  fingerprint: string;
}

const columns = 'connection_id, field, sealed, key_id, secret_version, address, fingerprint';

/** All of one connection. */
export const selectOfConnection = (
  queryable: Queryable,
  connectionId: string,
): Promise<ConnectionCredentialRow[]> =>
  queryable.query(`select ${columns} from connection_credential where connection_id = $1`, [connectionId]);

/** A connection's name, locked with what is revealed of it; undefined where there is no such connection. */
export const lockNameOfConnection = async (
  tx: Transaction,
  connectionId: string,
): Promise<string | undefined> => {
  const text = 'select name from connection where id = $1 for share';
  return (await tx.query<{ name: string }>(text, [connectionId]))[0]?.name;
};

export const upsertConnectionCredential = async (
  tx: Transaction,
  row: ConnectionCredentialRow,
): Promise<void> => {
  await tx.query(
    `insert into connection_credential (${columns}) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (connection_id, field) do update set sealed = excluded.sealed, key_id = excluded.key_id,
       secret_version = excluded.secret_version, address = excluded.address, fingerprint = excluded.fingerprint`,
    [row.connection_id, row.field, row.sealed, row.key_id, row.secret_version, row.address, row.fingerprint],
  );
};

/** Of every connection: there are as many as accounts, not as numbers. */
export const selectAllConnectionCredentials = (queryable: Queryable): Promise<ConnectionCredentialRow[]> =>
  queryable.query(`select ${columns} from connection_credential order by connection_id, field`);
