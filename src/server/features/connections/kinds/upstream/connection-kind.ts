import type { Egress } from '#server/platform/egress/egress.ts';

/** What a connection is signed in with. */
export type CredentialField = 'api_key';

export interface UpstreamClient {
  /** Whoever must keep a pace gives one that does. */
  egress: Egress;
  baseUrl: string;
  credentials: Readonly<Record<CredentialField, string>>;
  /** For each request, in milliseconds; 15,000 by default. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** A credential as the platform answers it: in clear, as one that is not set, or masked or left out. */
export type UpstreamSecret = { state: 'clear'; value: string } | { state: 'none' } | { state: 'withheld' };

export interface UpstreamNumber {
  id: string;
  /** As the platform writes it; E.164 as a rule. */
  phone_number: string;
  provider: string;
  /** Fields that are no secrets, by the names shared with Cordboard. Absent: the platform did not answer it. */
  fields: Readonly<Record<string, string | null>>;
  secrets: Readonly<Record<string, UpstreamSecret>>;
  /** The record as it came, unknown fields too. It may hold secrets in clear: to be sealed, and never logged. */
  raw: Readonly<Record<string, unknown>>;
}

export interface UpstreamAgent {
  id: string;
  name: string | null;
  status: string | null;
  language: string | null;
  raw: Readonly<Record<string, unknown>>;
}

/** What a list holds that cannot be read. */
export interface Unusable {
  id: string | null;
  why: string;
}

export interface Page<T> {
  items: T[];
  unusable: Unusable[];
}

export interface UpstreamFields {
  /** All of them go into every change: a platform may wipe what is left out. */
  editable: readonly string[];
  /** Editable too, and secret. */
  secret: readonly string[];
  /** Given when a number is created, and never again. */
  fixed: readonly string[];
}

export interface NewNumber {
  phone_number: string;
  provider: string;
  fields: Readonly<Record<string, string | null>>;
}

export interface CheckResult {
  state: 'ok' | 'refused' | 'unreachable';
  /** An `UpstreamCode`, or an `EgressCode` where no answer came; null where all is well. */
  reason: string | null;
  /** A sentence for people; null where all is well. */
  message: string | null;
  /** UTC, ISO 8601; null where neither the platform nor the key says it. */
  keyExpiresAt: string | null;
  /** On the first page of a hundred; null where none could be read. */
  numbersSeen: number | null;
}

/**
 * One kind of account whose numbers Cordboard keeps. All but `check` fail with an `UpstreamError`; none tries
 * anything twice, but for the other form of a trailing slash.
 */
export interface ConnectionKind {
  kind: 'verbex';
  role: 'platform';
  defaultBaseUrl: string;
  credentials: readonly CredentialField[];
  /** None for a provider that the platform does not have. */
  fieldsOf(provider: string): UpstreamFields;
  /** Reads one page. Throws nothing of what may go wrong upstream. */
  check(client: UpstreamClient): Promise<CheckResult>;
  /** Each id once. A number that is missing here is not proven to be gone: `getNumber` says that. */
  listNumbers(client: UpstreamClient): AsyncIterable<Page<UpstreamNumber>>;
  listAgents(client: UpstreamClient): AsyncIterable<Page<UpstreamAgent>>;
  /** A record as it came, read again; null where it cannot be read. */
  readRecord(raw: Readonly<Record<string, unknown>>): UpstreamNumber | null;
  /**
   * `not_found` only where the list has been read to its end, and does not have it either: it is read for that,
   * unless the ids are given of one that just was.
   */
  getNumber(client: UpstreamClient, id: string, listed?: ReadonlySet<string>): Promise<UpstreamNumber>;
  /**
   * The record as the platform says it is now; whether it is, only reading it again can show. A `not_found`
   * of a write is one answer alone: `getNumber` says whether the number is gone.
   */
  patchNumber(
    client: UpstreamClient,
    id: string,
    fields: Readonly<Record<string, string | null>>,
  ): Promise<UpstreamNumber>;
  /** Not idempotent: after an unknown outcome look for the number first. */
  createNumber(client: UpstreamClient, input: NewNumber): Promise<UpstreamNumber>;
  /** `not_found` where it was not there, or, as in `patchNumber`, nothing is. */
  deleteNumber(client: UpstreamClient, id: string): Promise<void>;
}
