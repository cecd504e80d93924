import type { AuditChange } from '#contract/audit-events.ts';
import type { CredentialName } from '#contract/providers.ts';
import type { Transaction } from '#server/db/database.ts';
import { mayReveal } from '#server/http/access.ts';
import type { RequestContext } from '#server/request-context.ts';
import { createCipher } from '#server/secrets/cipher.ts';
import type { Keyring } from '#server/secrets/keyring.ts';
import type { Bursts } from './bursts.ts';
import { readMark, storeMark, type StoredMarks } from './fingerprints.ts';
import { openCredential, placeOf } from './open-credential.ts';
import { deleteCredential, insertCredentials, lockCredential, upsertCredential, type StoredCredential } from './store.ts';

/** What a change does to one credential: null clears it. */
export interface CredentialChange {
  name: CredentialName;
  secret: string | null;
  fingerprint: string | null;
  /** What the audit log may say of it. */
  audited: AuditChange;
}

export type AskedCredentials = readonly (readonly [CredentialName, string | null])[];
export type SaveSealed = (tx: Transaction, phoneNumberIds: ReadonlySet<string>) => Promise<void>;

interface AskedOfNumber {
  id: string;
  marks: StoredMarks;
  asked: AskedCredentials;
}

/** The promise: a plaintext secret enters here to be sealed, and leaves by `reveal.ts` alone. */
export interface CredentialsService {
  /**
   * Which of the secrets sent are to be set; the number must be locked. For who may reveal, those that differ from what is
   * stored. For everyone else all of them: told which one changes nothing, they could guess until one does.
   */
  findCredentialChanges(tx: Transaction, context: RequestContext, number: AskedOfNumber): Promise<CredentialChange[]>;
  /** Seals and stores them, bound to the version of the number that this change makes. */
  saveCredentials(
    tx: Transaction,
    context: RequestContext,
    number: { id: string; version: number },
    changes: readonly CredentialChange[],
  ): Promise<void>;
  /** Those of many new numbers at once. Returns their marks by number, and the way to store what was sealed. */
  sealNew(asked: ReadonlyMap<string, AskedCredentials>): { marks: Map<string, Record<string, string>>; save: SaveSealed };
}

interface CredentialsDependencies {
  keyring: Keyring;
  /** Absent in commands, which fill a database. */
  bursts?: Pick<Bursts, 'notice'>;
}

export const createCredentialsService = ({ keyring, bursts }: CredentialsDependencies): CredentialsService => {
  const cipher = createCipher(keyring);

  const isStored = async (tx: Transaction, phoneNumberId: string, name: CredentialName, secret: string): Promise<boolean> => {
    const row = await lockCredential(tx, phoneNumberId, name);
    return row !== undefined && openCredential(cipher, row, phoneNumberId, name) === secret;
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
      const marks = new Map<string, Record<string, string>>();
      for (const { phoneNumberId, field, fingerprint } of sealed)
        marks.set(phoneNumberId, { ...marks.get(phoneNumberId), [field]: storeMark({ fingerprint, version: 1 }) });
      return {
        marks,
        save: (tx, ids) =>
          insertCredentials(
            tx,
            sealed.filter(({ phoneNumberId }) => ids.has(phoneNumberId)),
          ),
      };
    },

    async findCredentialChanges(tx, { actor }, { id, marks, asked }) {
      const changes: CredentialChange[] = [];
      for (const [name, secret] of asked) {
        const stored = marks[name];
        const before = stored === undefined ? null : readMark(stored).fingerprint;
        const fingerprint = secret === null ? null : cipher.fingerprint(secret);
        // Equal fingerprints are nearly always equal secrets; that they are is seen by opening the stored one.
        const isSame = secret === null ? before === null : mayReveal(actor) && before === fingerprint && (await isStored(tx, id, name, secret));
        if (!isSame)
          changes.push({ name, secret, fingerprint, audited: { secret: true, before_fingerprint: before, after_fingerprint: fingerprint } });
      }
      return changes;
    },

    async saveCredentials(tx, context, { id, version }, changes) {
      for (const { name, secret } of changes) {
        if (secret === null) await deleteCredential(tx, id, name);
        else await upsertCredential(tx, seal(id, name, secret, version));
      }
      if (changes.length > 0) bursts?.notice(context, 'set');
    },
  };
};
