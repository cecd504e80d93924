import type { AuditChange } from '#contract/audit-events.ts';
import type { CredentialName } from '#contract/numbers/fields.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { mayReveal } from '#server/access.ts';
import type { RequestContext } from '#server/request-context.ts';
import { createCipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import type { Bursts } from './bursts.ts';
import { readMark, type StoredMarks } from '#server/platform/secrets/fingerprints.ts';
import { openCredential, placeOf } from './open-credential.ts';
import {
  deleteCredentials,
  selectCredentials,
  upsertCredentials,
  type CredentialPlace,
  type StoredCredential,
} from './store.ts';

type SecretChange = Extract<AuditChange, { secret: true }>;

/** What a change does to one credential: null clears it. */
export interface CredentialChange {
  name: CredentialName;
  secret: string | null;
  fingerprint: string | null;
  /** What the audit log may say of it. */
  audited: SecretChange;
}

/** What is sent for the credentials of one number: a text sets, null clears. */
export interface AskedCredentials {
  id: string;
  /** As they are stored. */
  marks: StoredMarks;
  asked: readonly (readonly [CredentialName, string | null])[];
}

export interface ChangedCredentials {
  id: string;
  /** The number's, that these changes make. */
  version: number;
  changes: readonly CredentialChange[];
}

/** The promise: a plaintext secret enters here to be sealed, and leaves by `reveal.ts` alone. */
export interface CredentialsService {
  /**
   * Which of the secrets sent are to be set, for each number in the order asked; the numbers must be locked.
   * For who may reveal, those that differ from what is stored. For everyone else all of them: if an equal one
   * visibly changed nothing, they could guess until a guess did so.
   */
  findCredentialChanges(
    tx: Transaction,
    context: RequestContext,
    numbers: readonly AskedCredentials[],
  ): Promise<CredentialChange[][]>;
  /** Seals and stores them, bound to the version of the number that this change makes. */
  saveCredentials(
    tx: Transaction,
    context: RequestContext,
    numbers: readonly ChangedCredentials[],
  ): Promise<void>;
}

interface CredentialsDependencies {
  keyring: Keyring;
  /** Absent in commands, which fill a database. */
  bursts?: Pick<Bursts, 'notice'>;
}

const keyOf = (phoneNumberId: string, field: string) => `${phoneNumberId} ${field}`;
const isSameFingerprint = ({ before_fingerprint: before, after_fingerprint: after }: SecretChange) =>
  before === after;

export const createCredentialsService = ({
  keyring,
  bursts,
}: CredentialsDependencies): CredentialsService => {
  const cipher = createCipher(keyring);

  /** Which of these secrets are the ones stored, each written as by `keyOf`. */
  const findStored = async (
    tx: Transaction,
    supposed: readonly (CredentialPlace & { secret: string })[],
  ): Promise<Set<string>> => {
    if (supposed.length === 0) return new Set();
    const stored = new Map(
      (await selectCredentials(tx, supposed)).map((row) => [keyOf(row.phone_number_id, row.field), row]),
    );
    const isStored = ({ phoneNumberId, field, secret }: (typeof supposed)[number]) => {
      const row = stored.get(keyOf(phoneNumberId, field));
      return row !== undefined && openCredential(cipher, row, phoneNumberId, field) === secret;
    };
    return new Set(supposed.filter(isStored).map(({ phoneNumberId, field }) => keyOf(phoneNumberId, field)));
  };

  const seal = (secret: string, place: Omit<StoredCredential, 'sealed' | 'keyId'>): StoredCredential => ({
    ...place,
    ...cipher.seal(secret, placeOf(place.phoneNumberId, place.field, place.secretVersion)),
  });

  const compare = ({ marks, asked }: AskedCredentials): CredentialChange[] =>
    asked.map(([name, secret]) => {
      const stored = marks[name];
      const before = stored === undefined ? null : readMark(stored).fingerprint;
      const fingerprint = secret === null ? null : cipher.fingerprint(secret);
      return {
        name,
        secret,
        fingerprint,
        audited: { secret: true, before_fingerprint: before, after_fingerprint: fingerprint },
      };
    });

  return {
    async findCredentialChanges(tx, { actor }, numbers) {
      const compared = numbers.map((number) => ({ id: number.id, changes: compare(number) }));
      // Equal fingerprints are nearly always equal secrets; that they are is seen by opening the stored one.
      const supposed = compared.flatMap(({ id, changes }) =>
        changes.flatMap(({ name, secret, audited }) =>
          secret !== null && mayReveal(actor) && isSameFingerprint(audited)
            ? [{ phoneNumberId: id, field: name, secret }]
            : [],
        ),
      );
      const same = await findStored(tx, supposed);
      return compared.map(({ id, changes }) =>
        changes.filter(({ name, secret, audited }) =>
          secret === null ? !isSameFingerprint(audited) : !same.has(keyOf(id, name)),
        ),
      );
    },

    async saveCredentials(tx, context, numbers) {
      const changes = numbers.flatMap(({ id, version, changes: own }) =>
        own.map((change) => ({ ...change, id, version })),
      );
      const cleared = changes.flatMap(({ id, name, secret }) =>
        secret === null ? [{ phoneNumberId: id, field: name }] : [],
      );
      const sealed = changes.flatMap(({ id, name, secret, fingerprint, version }) =>
        secret === null || fingerprint === null
          ? []
          : [seal(secret, { phoneNumberId: id, field: name, secretVersion: version, fingerprint })],
      );
      if (cleared.length > 0) await deleteCredentials(tx, cleared);
      if (sealed.length > 0) await upsertCredentials(tx, sealed);
      if (changes.length > 0) bursts?.notice(context, 'set');
    },
  };
};
