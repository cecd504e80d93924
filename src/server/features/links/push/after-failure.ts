import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { wordsOf } from '#server/features/links/compare/link-words.ts';
import type { PendingRow } from '#server/features/links/rows/queue-store.ts';
import { retryAfterMs, TRIED_FOR_MS } from './retry-after.ts';
import type { Standing } from './standing.ts';

export const isRefusalOfAll = ({ code }: UpstreamError): boolean => code === 'credentials_refused';

const MAX_MESSAGE = 1800;

/**
 * How a link stands after a failure; of all but what the platform says, whoever called hears. What was sent stays
 * known, for it may have arrived, now or the time before: a read that fails says nothing of that.
 */
export const standingAfter = (
  { code, message, retryAfterMs: askedForMs, reason }: UpstreamError,
  { attempt, first_at }: Pick<PendingRow, 'attempt' | 'first_at'>,
): Standing => {
  const said = { reason: reason ?? code, message: message.slice(0, MAX_MESSAGE) };
  if (code === 'credentials_refused') return { ...said, state: 'pending', next: { againMs: 0 } };
  if (code === 'not_found')
    return {
      state: 'gone',
      reason: 'gone',
      message: wordsOf('gone', 'gone', []),
      next: 'wait',
    };
  if (code === 'rejected') return { ...said, sent: null, sent_marks: null, state: 'refused', next: 'wait' };
  if (Date.now() - Date.parse(first_at) > TRIED_FOR_MS)
    return {
      state: 'refused',
      reason: 'too_long',
      message: `${said.message} ${wordsOf('refused', 'too_long', []) ?? ''}`,
      next: 'wait',
    };
  return { ...said, state: 'retrying', next: { againMs: retryAfterMs(attempt, askedForMs) } };
};
