import type { CredentialName, Provider } from '#contract/providers.ts';
import type { Queryable, Transaction } from '#server/db/database.ts';

export interface CredentialRow {
  phone_number: string;
  provider: Provider;
  /** The next three are null together: the credential is not set. */
  sealed: Buffer | null;
  key_id: string | null;
  secret_version: number | null;
}

const lockText = 'select 1 from phone_number where id = $1 and deleted_at is null for share';

const selectText = `select p.phone_number, p.provider, c.sealed, c.key_id, c.secret_version
  from phone_number p left join credential c on c.phone_number_id = p.id and c.field = $2
  where p.id = $1`;

/** A credential with its number; locked, so that what is revealed is what the audit event says. */
export const lockCredential = async (tx: Transaction, phoneNumberId: string, field: CredentialName): Promise<CredentialRow | undefined> => {
  // Two statements: the second sees what was committed while the first waited, and only the number is locked.
  if ((await tx.query({ name: 'lock_number_of_credential', text: lockText }, [phoneNumberId])).length === 0) return undefined;
  const [row] = await tx.query<CredentialRow>({ name: 'select_credential', text: selectText }, [phoneNumberId, field]);
  return row;
};

export interface StoredCredential {
  phoneNumberId: string;
  field: string;
  sealed: Buffer;
  keyId: string;
  secretVersion: number;
  fingerprint: string;
}

const upsertText = `insert into credential (phone_number_id, field, sealed, key_id, secret_version, fingerprint) values ($1, $2, $3, $4, $5, $6)
  on conflict (phone_number_id, field) do update
    set sealed = excluded.sealed, key_id = excluded.key_id, secret_version = excluded.secret_version, fingerprint = excluded.fingerprint`;

export const upsertCredential = async (tx: Transaction, credential: StoredCredential): Promise<void> => {
  const { phoneNumberId, field, sealed, keyId, secretVersion, fingerprint } = credential;
  await tx.query({ name: 'upsert_credential', text: upsertText }, [phoneNumberId, field, sealed, keyId, secretVersion, fingerprint]);
};

/** Many at once, of numbers that have none yet. */
export const insertCredentials = async (tx: Transaction, credentials: readonly StoredCredential[]): Promise<void> => {
  await tx.query(
    `insert into credential (phone_number_id, field, sealed, key_id, secret_version, fingerprint)
     select * from unnest($1::text[], $2::text[], $3::bytea[], $4::text[], $5::int[], $6::text[])`,
    [
      credentials.map(({ phoneNumberId }) => phoneNumberId),
      credentials.map(({ field }) => field),
      credentials.map(({ sealed }) => sealed),
      credentials.map(({ keyId }) => keyId),
      credentials.map(({ secretVersion }) => secretVersion),
      credentials.map(({ fingerprint }) => fingerprint),
    ],
  );
};

export const deleteCredential = async (tx: Transaction, phoneNumberId: string, field: string): Promise<void> => {
  await tx.query('delete from credential where phone_number_id = $1 and field = $2', [phoneNumberId, field]);
};

export interface MasterKeyRow {
  key_id: string;
  sealed_check: Buffer;
}

/** Writes down the master key's check value if none is there yet; returns the one that is. */
export const keepMasterKeyCheck = async (tx: Transaction, { key_id, sealed_check }: MasterKeyRow): Promise<MasterKeyRow> => {
  await tx.query('insert into master_key (key_id, sealed_check) values ($1, $2) on conflict do nothing', [key_id, sealed_check]);
  return (await selectMasterKeyCheck(tx)) ?? { key_id, sealed_check };
};

/** The key that whatever is sealed here was sealed under; null where nothing is. */
export const findSealingKeyId = async (queryable: Queryable): Promise<string | null> => {
  const [row] = await queryable.query<{ key_id: string | null }>(
    'select coalesce((select key_id from master_key), (select key_id from credential limit 1)) as key_id',
  );
  return row?.key_id ?? null;
};

/** Nobody else writes down a first key until the transaction ends. */
export const lockMasterKey = async (tx: Transaction): Promise<void> => {
  await tx.query('lock table master_key in share row exclusive mode');
};

export const selectMasterKeyCheck = async (queryable: Queryable): Promise<MasterKeyRow | undefined> => {
  const [row] = await queryable.query<MasterKeyRow>('select key_id, sealed_check from master_key');
  return row;
};
