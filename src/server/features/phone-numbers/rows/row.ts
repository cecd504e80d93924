import type { CallHandling } from '#contract/numbers/call-handling.ts';
import type { Link } from '#contract/connections/links.ts';
import type { Provider } from '#contract/numbers/choices.ts';
import type { PlainName, SharedName } from '#contract/numbers/fields.ts';
import type { NotRestored } from '#contract/numbers/restored.ts';
import type { Routing, TemporaryReassignment } from '#contract/numbers/routing.ts';
import type { StoredMarks } from '#server/platform/secrets/fingerprints.ts';

export interface PhoneNumberRow extends Record<PlainName, string | null> {
  id: string;
  phone_number: string;
  phone_number_international: string;
  country: string | null;
  provider: Provider;
  labels: string[];
  metadata: Record<string, string>;
  routing: Routing | null;
  /** The preferences that are not the default. */
  call_handling: Partial<CallHandling> | null;
  temporary_reassignment: TemporaryReassignment | null;
  /** What its provider has of its own and is no secret. */
  settings: Record<string, string>;
  /** By credential, as `platform/secrets/fingerprints.ts` writes them. */
  credential_fingerprints: StoredMarks;
  /** What it is on platforms; of a number that was added at this moment, none. */
  links?: readonly Link[];
  version: number;
  /** ISO 8601, as answers have it. */
  created_at: string;
  updated_at: string;
}

/** A number that is not there, but can be restored. */
export interface DeletedRow extends PhoneNumberRow {
  deleted_at: string;
}

/** A number as restoring it left it. */
export interface RestoredRow extends PhoneNumberRow {
  not_restored?: NotRestored[];
}

/** What of a number is given when it is added, and stays. */
export type Fixed = Pick<
  PhoneNumberRow,
  'id' | 'phone_number' | 'phone_number_international' | 'country' | 'provider'
>;

/** What of a number may change and is no secret. */
export type Changeable = Pick<PhoneNumberRow, SharedName | 'settings'>;

/** A number as it is to be stored; its version and its dates are the database's to say. */
export type NumberToStore = Fixed & Changeable & Pick<PhoneNumberRow, 'credential_fingerprints'>;
