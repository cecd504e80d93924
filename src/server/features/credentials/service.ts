import type { AuditChange } from '#contract/audit-events.ts';
import type { ProblemCode } from '#contract/errors.ts';
import type { RevealedCredential } from '#contract/phone-numbers.ts';
import { hasCredential, type CredentialName } from '#contract/providers.ts';
import { recordAudit } from '#server/audit/record.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { pointerTo, Problem } from '#server/http/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { createCipher, type SealedPlace } from '#server/secrets/cipher.ts';
import type { Keyring } from '#server/secrets/keyring.ts';
import { deleteCredential, insertCredentials, lockCredential, upsertCredential, type CredentialRow, type StoredCredential } from './store.ts';

const HIDE_AFTER_SECONDS = 30;

/** What a change does to one credential: null clears it. */
export interface CredentialChange {
  name: CredentialName;
  secret: string | null;
  fingerprint: string | null;
  /** What the audit log may say of it. */
  audited: AuditChange;
}

/** Fingerprints of what is set, by credential. */
export type Fingerprints = Readonly<Record<string, string>>;

/**
 * The promise: a plaintext secret enters here to be sealed, and leaves by `revealCredential` alone, after an audit
 * event that says so has been committed. No audit, no value.
 */
export interface CredentialsService {
  revealCredential(context: RequestContext, phoneNumberId: string, name: CredentialName): Promise<RevealedCredential>;
  /** Which of the secrets sent differ from those stored, by the stored fingerprints; the number must be locked. */
  findCredentialChanges(tx: Transaction, phoneNumberId: string, stored: Fingerprints, asked: AskedCredentials): Promise<CredentialChange[]>;
  /** Seals and stores them, bound to the version of the number that this change makes. */
  saveCredentials(tx: Transaction, phoneNumberId: string, version: number, changes: readonly CredentialChange[]): Promise<void>;
  /** Those of many new numbers at once. Returns the fingerprints by number, and the way to store what was sealed. */
  sealNew(asked: ReadonlyMap<string, AskedCredentials>): { fingerprints: Map<string, Record<string, string>>; save: SaveSealed };
}

export type SaveSealed = (tx: Transaction, phoneNumberIds: ReadonlySet<string>) => Promise<void>;
export type AskedCredentials = readonly (readonly [CredentialName, string | null])[];

const placeOf = (rowId: string, field: string, secretVersion: number): SealedPlace => ({ table: 'credential', rowId, field, secretVersion });

const refused = (code: ProblemCode, message: string) => new Problem(code, message, { errors: [{ pointer: pointerTo('credential'), code, message }] });

export const createCredentialsService = ({ database, keyring }: { database: Database; keyring: Keyring }): CredentialsService => {
  const cipher = createCipher(keyring);

  const open = ({ sealed, key_id, secret_version }: CredentialRow, phoneNumberId: string, name: CredentialName): string | null =>
    sealed === null || key_id === null || secret_version === null
      ? null
      : cipher.open({ sealed, keyId: key_id }, placeOf(phoneNumberId, name, secret_version));

  const isStored = async (tx: Transaction, phoneNumberId: string, name: CredentialName, secret: string): Promise<boolean> => {
    const row = await lockCredential(tx, phoneNumberId, name);
    return row !== undefined && open(row, phoneNumberId, name) === secret;
  };

  const seal = (phoneNumberId: string, field: CredentialName, secret: string, secretVersion: number): StoredCredential => ({
    phoneNumberId,
    field,
    secretVersion,
    fingerprint: cipher.fingerprint(secret),
    ...cipher.seal(secret, placeOf(phoneNumberId, field, secretVersion)),
  });

  return {
    sealNew(asked) {
      const sealed = [...asked].flatMap(([id, secrets]) => secrets.flatMap(([name, secret]) => (secret === null ? [] : [seal(id, name, secret, 1)])));
      const fingerprints = new Map<string, Record<string, string>>();
      for (const { phoneNumberId, field, fingerprint } of sealed)
        fingerprints.set(phoneNumberId, { ...fingerprints.get(phoneNumberId), [field]: fingerprint });
      return {
        fingerprints,
        save: (tx, ids) =>
          insertCredentials(
            tx,
            sealed.filter(({ phoneNumberId }) => ids.has(phoneNumberId)),
          ),
      };
    },

    async revealCredential(context, phoneNumberId, name) {
      let auditing = false;
      const reveal = async (tx: Transaction): Promise<string> => {
        const row = await lockCredential(tx, phoneNumberId, name);
        if (!row) throw new Problem('not_found', 'No phone number has this id.');
        if (!hasCredential(row.provider, name)) throw refused('field_of_other_provider', `A number of the provider ${row.provider} has no ${name}.`);
        const secret = open(row, phoneNumberId, name);
        if (secret === null) throw refused('credential_not_set', `No ${name} is set, so there is nothing to reveal.`);
        auditing = true;
        const subject = { kind: 'phone_number', id: phoneNumberId, name: row.phone_number } as const;
        await recordAudit(tx, context, { action: 'credential.revealed', subject, detail: name });
        return secret;
      };
      try {
        // Resolves only once the commit is confirmed: from there on the event stands, and the value may leave.
        const value = await database.transaction(reveal);
        return { value, hide_after_seconds: HIDE_AFTER_SECONDS };
      } catch (error) {
        if (!auditing) throw error;
        throw new Problem('audit_unavailable', 'Nothing was revealed. Try again in a moment.', { retry_after_seconds: 5 }, error);
      }
    },

    async findCredentialChanges(tx, phoneNumberId, stored, asked) {
      const changes: CredentialChange[] = [];
      for (const [name, secret] of asked) {
        const before = stored[name] ?? null;
        const fingerprint = secret === null ? null : cipher.fingerprint(secret);
        // Equal fingerprints are nearly always equal secrets; that they are is seen by opening the stored one.
        if (before === fingerprint && (secret === null || (await isStored(tx, phoneNumberId, name, secret)))) continue;
        changes.push({ name, secret, fingerprint, audited: { secret: true, before_fingerprint: before, after_fingerprint: fingerprint } });
      }
      return changes;
    },

    async saveCredentials(tx, phoneNumberId, version, changes) {
      for (const { name, secret } of changes) {
        if (secret === null) await deleteCredential(tx, phoneNumberId, name);
        else await upsertCredential(tx, seal(phoneNumberId, name, secret, version));
      }
    },
  };
};
