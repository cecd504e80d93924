import { FRESH_MINUTES } from '#contract/sessions.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { newId } from '#server/lib/ids.ts';
import type { RequestContext } from '#server/request-context.ts';
import { hashToken } from './cookie.ts';
import {
  deleteEndedSessions,
  insertSession,
  type OperatorRow,
  type SessionRow,
} from '#server/features/sessions/accounts/store.ts';

/** However it is used, a session ends after this. */
export const ABSOLUTE_MS = 14 * 24 * 60 * 60_000;
/** Left unused, a session ends after this: a night, not a working day. */
export const IDLE_MS = 12 * 60 * 60_000;

export interface OpenedSession {
  operator: OperatorRow;
  session: SessionRow;
}

/** When a session ends if nobody uses it from now on, in milliseconds since 1970. */
export const endOf = (session: Pick<SessionRow, 'expires_at' | 'last_seen_at'>): number =>
  Math.min(session.expires_at.getTime(), session.last_seen_at.getTime() + IDLE_MS);

/** A new session, its audit event and its announcement, in the transaction of whatever led to it. */
export const openSession = async (
  tx: Transaction,
  context: RequestContext,
  operator: OperatorRow,
  token: string,
  action: 'operator.signed_in' | 'operator.password_changed',
): Promise<OpenedSession> => {
  const now = new Date();
  const session: SessionRow = {
    id: newId(),
    created_at: now,
    last_seen_at: now,
    expires_at: new Date(now.getTime() + ABSOLUTE_MS),
    fresh_until: new Date(now.getTime() + FRESH_MINUTES * 60_000),
    address: context.address,
    user_agent: context.userAgent,
  };
  await insertSession(tx, { ...session, operator_id: operator.id, token_hash: hashToken(token) });
  const { id, name, email } = operator;
  await recordAudit(
    tx,
    {
      ...context,
      actor: { kind: 'operator', id, name },
    },
    { action, subject: { kind: 'operator', id, name: email } },
  );
  await announceChange(tx, { subject: 'session', id: session.id, change: 'added', version: null });
  return { operator, session };
};

/** Housekeeping: sessions that ended by themselves. */
export const purgeEndedSessions = (tx: Transaction): Promise<unknown> =>
  deleteEndedSessions(tx, new Date(), new Date(Date.now() - IDLE_MS));
