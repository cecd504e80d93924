import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { storeMark } from '#server/platform/secrets/fingerprints.ts';
import type { MasterKeyRow, StoredCredential } from './store.ts';

type CredentialKey = readonly [phoneNumberId: string, field: string];

/** Nobody seals or clears a credential until the transaction ends. */
export const lockAllCredentials = async (tx: Transaction): Promise<void> => {
  await tx.query(
    'lock table credential, connection_credential, before_image, held_secret, master_key in exclusive mode',
  );
};

/** The credentials behind `after`, in the order of their keys. */
export const selectCredentials = (
  queryable: Queryable,
  after: CredentialKey,
  limit: number,
): Promise<CredentialBatchRow[]> =>
  queryable.query(
    `select phone_number_id, field, sealed, key_id, secret_version, fingerprint from credential
     where (phone_number_id, field) > ($1, $2) order by phone_number_id, field limit $3`,
    [...after, limit],
  );

export interface CredentialBatchRow {
  phone_number_id: string;
  field: string;
  sealed: Buffer;
  key_id: string;
  secret_version: number;
  fingerprint: string;
}

/**
 * Puts these in place of what is stored, and their fingerprints with the numbers. No number gets a new
 * version by it.
 */
export const replaceSealed = async (
  tx: Transaction,
  credentials: readonly StoredCredential[],
): Promise<void> => {
  await tx.query(
    `update credential c set sealed = n.sealed, key_id = n.key_id, fingerprint = n.fingerprint
     from unnest($1::text[], $2::text[], $3::bytea[], $4::text[], $5::text[]) as n (phone_number_id, field, sealed, key_id, fingerprint)
     where c.phone_number_id = n.phone_number_id and c.field = n.field`,
    [
      credentials.map(({ phoneNumberId }) => phoneNumberId),
      credentials.map(({ field }) => field),
      credentials.map(({ sealed }) => sealed),
      credentials.map(({ keyId }) => keyId),
      credentials.map(({ fingerprint }) => fingerprint),
    ],
  );
  await tx.query(
    `update phone_number p set credential_fingerprints = credential_fingerprints || n.fingerprints
     from (select phone_number_id, jsonb_object_agg(field, mark) as fingerprints
           from unnest($1::text[], $2::text[], $3::text[]) as one (phone_number_id, field, mark) group by phone_number_id) n
     where p.id = n.phone_number_id`,
    [
      credentials.map(({ phoneNumberId }) => phoneNumberId),
      credentials.map(({ field }) => field),
      credentials.map(({ fingerprint, secretVersion }) => storeMark({ fingerprint, version: secretVersion })),
    ],
  );
};

const withNewMarks = (column: string) => `${column} = case when l.${column} is not null then (
    select coalesce(jsonb_object_agg(mark.key, coalesce(to_jsonb(n.after), mark.value)), '{}')
    from jsonb_each(l.${column}) mark
      left join given n on n.phone_number_id = l.phone_number_id and to_jsonb(n.before) = mark.value) end`;

/**
 * Links know secrets by the fingerprints that both sides had: these change with the key. One of a secret that
 * is not stored any more stays as it is, and then counts as changed on both sides.
 */
export const replaceLinkMarks = async (
  tx: Transaction,
  marks: readonly { phoneNumberId: string; before: string; after: string }[],
): Promise<void> => {
  await tx.query(
    `with given as (
       select distinct on (phone_number_id, before) phone_number_id, before, after
       from unnest($1::text[], $2::text[], $3::text[]) as one (phone_number_id, before, after))
     update number_link l set ${['seen_marks', 'theirs_marks', 'sent_marks'].map(withNewMarks).join(', ')}
     where l.phone_number_id in (select phone_number_id from given)`,
    [
      marks.map(({ phoneNumberId }) => phoneNumberId),
      marks.map(({ before }) => before),
      marks.map(({ after }) => after),
    ],
  );
};

export const replaceMasterKeyCheck = async (
  tx: Transaction,
  { key_id, sealed_check }: MasterKeyRow,
): Promise<void> => {
  await tx.query('update master_key set key_id = $1, sealed_check = $2', [key_id, sealed_check]);
};

/**
 * Connections of other Cordboard programs, servers or commands, to this PostgreSQL database; none on the
 * embedded one.
 */
export const countOtherConnections = async (queryable: Queryable): Promise<number> => {
  const [row] = await queryable.query<{ others: number }>(
    `select count(*) as others from pg_stat_activity
     where datname = current_database() and application_name = 'cordboard' and pid <> pg_backend_pid()`,
  );
  return row?.others ?? 0;
};
