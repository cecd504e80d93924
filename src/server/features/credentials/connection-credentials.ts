import type { AuditChange } from '#contract/audit-events.ts';
import { connectionCredentials, type ConnectionCredential } from '#contract/connections/connections.ts';
import { mayRevealOfConnections } from '#server/access.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { createCipher, type Cipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import type { RequestContext } from '#server/request-context.ts';
import { findBroken, type SealsChecked } from './find-broken.ts';
import type { Bursts } from './bursts.ts';
import {
  selectAllConnectionCredentials,
  selectOfConnection,
  upsertConnectionCredential,
  type ConnectionCredentialRow,
} from './connection-credentials-store.ts';

export type ConnectionSecrets = Partial<Record<ConnectionCredential, string>>;

/** Of which connection, and where it leads: the address of its API. */
interface LeadingConnection {
  id: string;
  address: string;
}

/**
 * Credentials of connections. The promise: they are sealed for their connection and its address in the
 * transaction that takes them, and leave by a reveal, or to that address.
 */
export interface ConnectionCredentials {
  /**
   * Which of the secrets sent are to be set, of a connection that is locked and will lead there. For who may
   * reveal those that differ from what is stored, or were given for another address; for everyone else all of
   * them, so that setting guesses teaches nothing.
   */
  findChanges(
    tx: Transaction,
    context: RequestContext,
    connection: LeadingConnection,
    asked: ConnectionSecrets,
  ): Promise<{ secrets: ConnectionSecrets; audited: Record<string, AuditChange> }>;
  /** Seals and stores them, bound to the address, and to the version that this change makes. */
  save(
    tx: Transaction,
    context: RequestContext,
    connection: LeadingConnection & { version: number },
    secrets: ConnectionSecrets,
  ): Promise<void>;
  /** To be sent to this address; without those that were given for another. Throws SealBroken. */
  open(sealed: readonly ConnectionCredentialRow[], address: string): ConnectionSecrets;
}

type Place = Pick<ConnectionCredentialRow, 'connection_id' | 'field' | 'secret_version' | 'address'>;

const placeOf = ({ connection_id: rowId, field, secret_version: secretVersion, address }: Place) => ({
  table: 'connection_credential',
  rowId,
  field,
  secretVersion,
  address,
});

export const openConnectionCredential = (cipher: Cipher, row: ConnectionCredentialRow): string =>
  cipher.open({ sealed: row.sealed, keyId: row.key_id }, placeOf(row));

const sealFor = (cipher: Cipher, place: Place, secret: string): ConnectionCredentialRow => {
  const { connection_id, field, secret_version, address } = place;
  const { sealed, keyId } = cipher.seal(secret, placeOf(place));
  return {
    connection_id,
    field,
    secret_version,
    address,
    sealed,
    key_id: keyId,
    fingerprint: cipher.fingerprint(secret),
  };
};

interface Dependencies {
  keyring: Keyring;
  bursts: Pick<Bursts, 'notice'>;
}

export const createConnectionCredentials = ({ keyring, bursts }: Dependencies): ConnectionCredentials => {
  const cipher = createCipher(keyring);
  return {
    async findChanges(tx, { actor }, { id, address }, asked) {
      const stored = new Map((await selectOfConnection(tx, id)).map((row) => [row.field, row]));
      const isStored = (row: ConnectionCredentialRow, secret: string) =>
        row.address === address && openConnectionCredential(cipher, row) === secret;
      const secrets: ConnectionSecrets = {};
      const audited: Record<string, AuditChange> = {};
      for (const field of connectionCredentials) {
        const [secret, row] = [asked[field], stored.get(field)];
        if (secret === undefined) continue;
        if (row && mayRevealOfConnections(actor) && isStored(row, secret)) continue;
        secrets[field] = secret;
        audited[field] = {
          secret: true,
          before_fingerprint: row?.fingerprint ?? null,
          after_fingerprint: cipher.fingerprint(secret),
        };
      }
      return { secrets, audited };
    },

    async save(tx, context, { id, address, version }, secrets) {
      for (const field of connectionCredentials) {
        const secret = secrets[field];
        if (secret === undefined) continue;
        const place = { connection_id: id, field, secret_version: version, address };
        await upsertConnectionCredential(tx, sealFor(cipher, place, secret));
        bursts.notice(context, 'set');
      }
    },

    open: (sealed, address) =>
      Object.fromEntries(
        sealed
          .filter((row) => row.address === address)
          .map((row) => [row.field, openConnectionCredential(cipher, row)]),
      ),
  };
};

/** Seals them all under another key. Returns how many there are. */
export const resealConnections = async (tx: Transaction, from: Cipher, to: Cipher): Promise<number> => {
  const rows = await selectAllConnectionCredentials(tx);
  for (const row of rows)
    await upsertConnectionCredential(tx, sealFor(to, row, openConnectionCredential(from, row)));
  return rows.length;
};

/** How many there are, and the places of those that do not open. */
export const checkConnections = async (queryable: Queryable, cipher: Cipher): Promise<SealsChecked> =>
  findBroken(
    [await selectAllConnectionCredentials(queryable)],
    (row) => openConnectionCredential(cipher, row),
    (row) => `${row.field} of connection ${row.connection_id}`,
  );
