import { hash } from 'node:crypto';
import { mayReveal } from '#server/access.ts';
import type { Actor } from '#server/request-context.ts';
import type { Keyring } from './keyring.ts';

/** The fingerprint of a secret, and the version of its number that set it. */
export interface CredentialMark {
  fingerprint: string;
  version: number;
}

/** How a number keeps its marks, by credential: `9f2c41aa@7`, so that a list shows them without a join. */
export type StoredMarks = Readonly<Record<string, string>>;

export const storeMark = ({ fingerprint, version }: CredentialMark): string => `${fingerprint}@${version}`;

/** Without a version: set with the number, before versions were kept. */
export const readMark = (stored: string): CredentialMark => {
  const [fingerprint = '', version = '1'] = stored.split('@');
  return { fingerprint, version: Number(version) };
};

/** The eight digits that someone sees of a credential. */
export type ShowFingerprint = (phoneNumberId: string, credential: string, mark: CredentialMark) => string;

export interface Fingerprints {
  /** Equal for equal secrets. */
  plain: ShowFingerprint;
  /**
   * The promise: it tells that a credential was set again and nothing of the secret. Each number and each
   * setting has its own, so whoever sets guesses, there or elsewhere, sees the right one look like any other.
   */
  veiled: ShowFingerprint;
  /** The form that is this one's to see. */
  shownTo(actor: Actor): ShowFingerprint;
}

export const createFingerprints = (keyring: Keyring): Fingerprints => {
  // Before the text and not as an HMAC, which takes four times as long: a list shows a hundred. What makes
  // that unsafe as a rule, going on from a digest to that of a longer text, needs the whole digest.
  const key = keyring.derive('veiled-fingerprint').toString('hex');
  const plain: ShowFingerprint = (_id, _credential, { fingerprint }) => fingerprint;
  const veiled: ShowFingerprint = (id, credential, { fingerprint, version }) =>
    hash('sha256', `${key} ${id} ${credential} ${version} ${fingerprint}`, 'hex').slice(0, 8);
  return { plain, veiled, shownTo: (actor) => (mayReveal(actor) ? plain : veiled) };
};
