import { withoutHalves } from '#contract/reading/storable.ts';
import { EgressError } from '#server/platform/egress/egress-error.ts';
import type { EgressAnswer } from '#server/platform/egress/exchange.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { readProblems, saysExpired } from './read-refusal.ts';

/** What was asked, as far as a failure depends on it. */
export interface Asked {
  isWrite: boolean;
  /** One record, rather than a list: only then can a 404 mean that it is missing. */
  isItem: boolean;
  /** All that was sent in secret. */
  secrets: readonly string[];
}

const unsure = ' It may have been done: the record must be read before it is tried again.';

/** Of a request to which no answer came. */
export const nameEgressFailure = (error: unknown, { isWrite }: Asked): unknown => {
  if (!(error instanceof EgressError)) return error;
  const { code, message, mayHaveArrived } = error;
  const mayHaveChanged = isWrite && mayHaveArrived;
  const details = { mayHaveChanged, reason: code };
  if (code === 'too_large') return new UpstreamError('too_large', message, details);
  return mayHaveChanged
    ? new UpstreamError('unknown_outcome', `${message}${unsure}`, details)
    : new UpstreamError('unavailable', message, details);
};

// Whoever is told to wait for years would never ask again.
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** Milliseconds from now, a day at most; the header says seconds or a date. */
const retryAfter = (header: string | undefined): number | null => {
  if (header === undefined) return null;
  const at = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(at) ? null : Math.min(Math.max(0, at), LONGEST_WAIT_MS);
};

export const parseJson = (body: Buffer): { isJson: true; value: unknown } | { isJson: false } => {
  try {
    return { isJson: true, value: JSON.parse(body.toString()) };
  } catch {
    return { isJson: false };
  }
};

// What a refusal has to say is short; all else is a page or an attack, and is not read.
const MAX_REFUSAL_BYTES = 256 * 1024;
const MAX_SAID = 800;

const cut = (text: string) => (text.length > MAX_SAID ? `${withoutHalves(text.slice(0, MAX_SAID))}…` : text);

/** Of an answer whose status is no success. */
export const nameRefusal = ({ status, headers, body }: EgressAnswer, asked: Asked): UpstreamError => {
  const parsed = body.length > MAX_REFUSAL_BYTES ? ({ isJson: false } as const) : parseJson(body);
  const said = parsed.isJson ? parsed.value : null;
  // What was written is said to be wrong; of a read there is nothing to learn, and every viewer sees it.
  const problems = asked.isWrite ? readProblems(said, asked.secrets) : [];
  const words = problems.map(({ field, message }) => (field === null ? message : `${field}: ${message}`));
  const why = words.length === 0 ? '' : ` It says: ${cut(words.join('; '))}`;
  // Of whoever is not let in nothing is quoted: such messages repeat parts of the key.
  if (status === 401)
    return new UpstreamError(
      'credentials_refused',
      saysExpired(said)
        ? 'The API key has expired: make a new one on the platform, and enter it here.'
        : 'The platform refuses the API key: it has expired, was revoked, or is not written right.',
      { status },
    );
  if (status === 403)
    return new UpstreamError('forbidden', 'The platform does not let this API key do that.', { status });
  if (status === 404 && asked.isItem)
    return new UpstreamError('not_found', 'The platform does not have this number.', { status });
  if (status === 404)
    return new UpstreamError('wrong_address', 'There is no such API at the base address.', { status });
  if (status === 429)
    return new UpstreamError('rate_limited', 'The platform asks to be asked less often.', {
      status,
      retryAfterMs: retryAfter(headers['retry-after']),
    });
  if (status >= 300 && status < 400)
    return new UpstreamError('redirected', 'The platform sends requests elsewhere, which is not followed.', {
      status,
    });
  if (status >= 500 || status === 408)
    return asked.isWrite
      ? new UpstreamError('unknown_outcome', `The platform failed (${status}).${unsure}`, { status })
      : new UpstreamError('unavailable', `The platform failed (${status}).`, {
          status,
          retryAfterMs: retryAfter(headers['retry-after']),
        });
  if (!parsed.isJson)
    return new UpstreamError('not_json', `What answers there (${status}) is not the platform’s API.`, {
      status,
    });
  return new UpstreamError('rejected', `The platform does not accept this (${status}).${why}`, {
    status,
    problems,
  });
};

/** Of an answer that says success, but not in the platform's words. */
export const nameBadAnswer = (
  code: 'not_json' | 'unexpected_answer',
  { isWrite }: Asked,
  status: number,
): UpstreamError =>
  new UpstreamError(
    code,
    `${code === 'not_json' ? 'What answers there is not the platform’s API: it is no JSON.' : 'The platform answered something else than a record.'}${isWrite ? unsure : ''}`,
    { status, mayHaveChanged: isWrite },
  );
