import type { Provider } from '#contract/numbers/choices.ts';
import type { CredentialName } from '#contract/numbers/fields.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';

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
export const lockCredential = async (
  tx: Transaction,
  phoneNumberId: string,
  field: CredentialName,
): Promise<CredentialRow | undefined> => {
  // Two statements: the second sees what was committed while the first waited, and only the number is locked.
  if ((await tx.query({ name: 'lock_number_of_credential', text: lockText }, [phoneNumberId])).length === 0)
    return undefined;
  const [row] = await tx.query<CredentialRow>({ name: 'select_credential', text: selectText }, [
    phoneNumberId,
    field,
  ]);
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

const upsertRows = forRows(
  'upsert_credentials',
  {
    phone_number_id: 'text',
    field: 'text',
    sealed: 'bytea',
    key_id: 'text',
    secret_version: 'integer',
    fingerprint: 'text',
  },
  ({ rows }) => `insert into credential (phone_number_id, field, sealed, key_id, secret_version, fingerprint)
    select phone_number_id, field, sealed, key_id, secret_version, fingerprint from ${rows}
    on conflict (phone_number_id, field) do update
      set sealed = excluded.sealed, key_id = excluded.key_id, secret_version = excluded.secret_version, fingerprint = excluded.fingerprint`,
);

export const upsertCredentials = async (
  tx: Transaction,
  credentials: readonly StoredCredential[],
): Promise<void> => {
  const rows = credentials.map(({ phoneNumberId, field, sealed, keyId, secretVersion, fingerprint }) => ({
    phone_number_id: phoneNumberId,
    field,
    sealed,
    key_id: keyId,
    secret_version: secretVersion,
    fingerprint,
  }));
  await upsertRows(tx, rows);
};

/** One credential of one number. */
export interface CredentialPlace {
  phoneNumberId: string;
  field: CredentialName;
}

const placesOf = (places: readonly CredentialPlace[]) => [
  places.map(({ phoneNumberId }) => phoneNumberId),
  places.map(({ field }) => field),
];

export type SealedRow = Pick<CredentialRow, 'sealed' | 'key_id' | 'secret_version'> & {
  phone_number_id: string;
  field: CredentialName;
};

const selectManyText = `select phone_number_id, field, sealed, key_id, secret_version from credential
  join unnest($1::text[], $2::text[]) as asked (phone_number_id, field) using (phone_number_id, field)`;

/** Those that are set, of numbers that are locked. */
export const selectCredentials = (
  tx: Transaction,
  places: readonly CredentialPlace[],
): Promise<SealedRow[]> => tx.query({ name: 'select_credentials', text: selectManyText }, placesOf(places));

/** All that are set of one number. */
export const selectCredentialsOf = (queryable: Queryable, phoneNumberId: string): Promise<SealedRow[]> =>
  queryable.query(
    {
      name: 'credentials_of_number',
      text: 'select phone_number_id, field, sealed, key_id, secret_version from credential where phone_number_id = $1',
    },
    [phoneNumberId],
  );

export const deleteCredentials = async (
  tx: Transaction,
  places: readonly CredentialPlace[],
): Promise<void> => {
  const text = `delete from credential using unnest($1::text[], $2::text[]) as asked (phone_number_id, field)
    where credential.phone_number_id = asked.phone_number_id and credential.field = asked.field`;
  await tx.query(text, placesOf(places));
};

export interface MasterKeyRow {
  key_id: string;
  sealed_check: Buffer;
}

/** Writes down the master key's check value if none is there yet; returns the one that is. */
export const keepMasterKeyCheck = async (
  tx: Transaction,
  { key_id, sealed_check }: MasterKeyRow,
): Promise<MasterKeyRow> => {
  await tx.query('insert into master_key (key_id, sealed_check) values ($1, $2) on conflict do nothing', [
    key_id,
    sealed_check,
  ]);
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
