import type { EgressCode } from '#server/platform/egress/egress-error.ts';

/**
 * What went wrong upstream, and what may be done about it.
 * - `credentials_refused`, `forbidden`: every further request would be refused as well.
 * - `rejected`: this request is wrong, and is not to be repeated; `problems` says where.
 * - `not_found`: a number that is surely not there (any more). `wrong_address`: there is no such API at all.
 * - `rate_limited`: nothing was done; again after `retryAfterMs`.
 * - `unavailable`: nothing was changed; again later. `unknown_outcome`: a write that may have been done.
 * - `redirected`, `not_json`, `too_large`, `unexpected_answer`, `endless_pages`: not answered as it should.
 */
export type UpstreamCode =
  | 'credentials_refused'
  | 'forbidden'
  | 'rejected'
  | 'not_found'
  | 'wrong_address'
  | 'rate_limited'
  | 'unavailable'
  | 'unknown_outcome'
  | 'redirected'
  | 'not_json'
  | 'too_large'
  | 'unexpected_answer'
  | 'endless_pages';

export interface UpstreamProblem {
  /** By the name that Cordboard and the platform share; null where it is of no one field. */
  field: string | null;
  message: string;
}

interface Details {
  /** Of the answer; null where none came. */
  status?: number | null;
  problems?: readonly UpstreamProblem[];
  /** What the platform asks for; null where it says nothing. */
  retryAfterMs?: number | null;
  /** The record may have changed upstream: read it before anything else is done. */
  mayHaveChanged?: boolean;
  /** Why no answer came, where none came. */
  reason?: EgressCode | null;
}

/** Its message and problems are for people, in whole sentences, and hold no secret that was sent. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly code: UpstreamCode;
  readonly status: number | null;
  readonly problems: readonly UpstreamProblem[];
  readonly retryAfterMs: number | null;
  readonly mayHaveChanged: boolean;
  readonly reason: EgressCode | null;

  constructor(code: UpstreamCode, message: string, details: Details = {}) {
    super(message);
    this.code = code;
    this.status = details.status ?? null;
    this.problems = details.problems ?? [];
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.mayHaveChanged = details.mayHaveChanged ?? code === 'unknown_outcome';
    this.reason = details.reason ?? null;
  }
}
