import type { AuditChange } from '#contract/audit-events.ts';
import { connectionCredentials, type ConnectionCredential } from '#contract/connections/connections.ts';
import { mayRevealOfConnections } from '#server/access.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { createCipher, SealBroken, type Cipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Bursts } from './bursts.ts';
import {
  selectAllConnectionCredentials,
  selectOfConnection,
  upsertConnectionCredential,
  type ConnectionCredentialRow,
} from './connection-credentials-store.ts';

export type ConnectionSecrets = Partial<Record<ConnectionCredential, string>>;

/**
 * Credentials of connections. The promise: they are sealed for their connection in the transaction that takes
 * them, and leave by a reveal, or to where the connection leads.
 */
export interface ConnectionCredentials {
  /**
   * Which of the secrets sent are to be set, of a connection that is locked. For who may reveal those that
   * differ from what is stored; for everyone else all of them, so that setting guesses teaches nothing.
   */
  findChanges(
    tx: Transaction,
    context: RequestContext,
    connectionId: string,
    asked: ConnectionSecrets,
  ): Promise<{ secrets: ConnectionSecrets; audited: Record<string, AuditChange> }>;
  /** Seals and stores them, bound to the version of the connection that this change makes. */
  save(
    tx: Transaction,
    context: RequestContext,
    connection: { id: string; version: number },
    secrets: ConnectionSecrets,
  ): Promise<void>;
  /** To be sent to where the connection leads. Throws SealBroken. */
  open(queryable: Queryable, connectionId: string): Promise<ConnectionSecrets>;
}

const placeOf = (connectionId: string, field: string, secretVersion: number) => ({
  table: 'connection_credential',
  rowId: connectionId,
  field,
  secretVersion,
});

export const openConnectionCredential = (cipher: Cipher, row: ConnectionCredentialRow): string =>
  cipher.open(
    { sealed: row.sealed, keyId: row.key_id },
    placeOf(row.connection_id, row.field, row.secret_version),
  );

const sealFor = (
  cipher: Cipher,
  place: Pick<ConnectionCredentialRow, 'connection_id' | 'field' | 'secret_version'>,
  secret: string,
): ConnectionCredentialRow => {
  const { connection_id: id, field, secret_version: version } = place;
  const { sealed, keyId } = cipher.seal(secret, placeOf(id, field, version));
  return {
    connection_id: id,
    field,
    secret_version: version,
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
    async findChanges(tx, { actor }, connectionId, asked) {
      const stored = new Map((await selectOfConnection(tx, connectionId)).map((row) => [row.field, row]));
      const secrets: ConnectionSecrets = {};
      const audited: Record<string, AuditChange> = {};
      for (const field of connectionCredentials) {
        const [secret, row] = [asked[field], stored.get(field)];
        if (secret === undefined) continue;
        if (row && mayRevealOfConnections(actor) && openConnectionCredential(cipher, row) === secret)
          continue;
        secrets[field] = secret;
        audited[field] = {
          secret: true,
          before_fingerprint: row?.fingerprint ?? null,
          after_fingerprint: cipher.fingerprint(secret),
        };
      }
      return { secrets, audited };
    },

    async save(tx, context, { id, version }, secrets) {
      for (const field of connectionCredentials) {
        const secret = secrets[field];
        if (secret === undefined) continue;
        const place = { connection_id: id, field, secret_version: version };
        await upsertConnectionCredential(tx, sealFor(cipher, place, secret));
        bursts.notice(context, 'set');
      }
    },

    async open(queryable, connectionId) {
      const rows = await selectOfConnection(queryable, connectionId);
      return Object.fromEntries(rows.map((row) => [row.field, openConnectionCredential(cipher, row)]));
    },
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
export const checkConnections = async (
  queryable: Queryable,
  cipher: Cipher,
): Promise<{ count: number; broken: string[] }> => {
  const rows = await selectAllConnectionCredentials(queryable);
  const broken = rows.flatMap((row) => {
    try {
      openConnectionCredential(cipher, row);
      return [];
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      return [`${row.field} of connection ${row.connection_id}`];
    }
  });
  return { count: rows.length, broken };
};
