/**
 * Why nothing came back:
 * - `invalid_url`, `invalid_header`, `not_https`: it was never tried.
 * - `dns_failed`, `forbidden_address`, `unreachable`, `tls_failed`: nobody was told anything.
 * - `dropped`, `timed_out`, `too_large`, `not_http`, `cancelled`: it may have been done; see `mayHaveArrived`.
 */
export type EgressCode =
  | 'invalid_url'
  | 'invalid_header'
  | 'not_https'
  | 'dns_failed'
  | 'forbidden_address'
  | 'unreachable'
  | 'tls_failed'
  | 'dropped'
  | 'timed_out'
  | 'too_large'
  | 'not_http'
  | 'cancelled';

/** Its message is for people: it names the host and port, never a path, a header or a body. */
export class EgressError extends Error {
  override readonly name = 'EgressError';
  readonly code: EgressCode;
  /** False: no byte of the request has left, so that whatever it asked for was surely not done. */
  readonly mayHaveArrived: boolean;

  constructor(code: EgressCode, message: string, { mayHaveArrived = false } = {}) {
    super(message);
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
  }
}
