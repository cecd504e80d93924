import { FRESH_MINUTES, type PasswordChange, type Session } from '#contract/sessions.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database } from '#server/platform/db/database.ts';
import { Problem } from '#server/problem.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';
import type { Attempts } from '#server/features/sessions/attempts/attempts.ts';
import type { Limits } from '#server/features/sessions/attempts/limits.ts';
import { newToken, type Cookie } from './cookie.ts';
import { endSessions } from './end-sessions.ts';
import type { KnownDevices } from './known-devices.ts';
import type { KnownSessions } from './known-sessions.ts';
import { endOf, openSession } from './open-session.ts';
import { hashPassword, verifyPassword } from '#server/features/sessions/accounts/passwords.ts';
import {
  findPasswordHash,
  lockSignIn,
  selectSessions,
  updateFreshness,
  updatePassword,
} from '#server/features/sessions/accounts/store.ts';

type OperatorActor = Extract<Actor, { kind: 'operator' }>;

export const asOperator = (actor: Actor): OperatorActor => {
  if (actor.kind !== 'operator') throw new Problem('forbidden', 'Only a signed-in operator may do this.');
  return actor;
};

export const sessionHasEnded = () => new Problem('unauthenticated', 'Your session has ended. Sign in again.');

interface Dependencies {
  database: Database;
  attempts: Attempts;
  limits: Limits;
  cookie: Cookie;
  devices: KnownDevices;
  known: KnownSessions;
}

/** What whoever is signed in may do about their own password and sessions. */
export const createOwnAccount = ({ database, attempts, limits, cookie, devices, known }: Dependencies) => {
  /** Checks the password of whoever is signed in, as a counted attempt. */
  const withPassword = <T>(
    context: RequestContext,
    password: string,
    work: (operator: OperatorActor, hash: string) => Promise<T>,
  ): Promise<T> => {
    const operator = asOperator(context.actor);
    const check = async () => {
      const hash = await findPasswordHash(database, operator.id);
      if (hash !== null && (await verifyPassword(hash, password))) return work(operator, hash);
      throw new Problem('invalid_credentials', 'That is not your password. Try again.');
    };
    // Its own count: tries at the sign-in page, or from the same address, cannot keep an open session from
    // its work.
    const ownLimits = [limits.session(operator.sessionId)];
    // Whoever guesses here holds a session already, so it is no less worth knowing than at the sign-in page.
    const detail = 'The password given again was wrong';
    return attempts.attempt(
      { context, limits: ownLimits, queue: 'known', tried: operator.email, detail },
      check,
    );
  };

  return {
    confirmPassword: (
      context: RequestContext,
      { password }: { password: string },
    ): Promise<{ fresh_until: string }> =>
      withPassword(context, password, async ({ id, email, sessionId }) => {
        const freshUntil = new Date(Date.now() + FRESH_MINUTES * 60_000);
        await database.transaction(async (tx) => {
          if (!(await updateFreshness(tx, sessionId, freshUntil))) throw sessionHasEnded();
          await recordAudit(tx, context, {
            action: 'operator.password_confirmed',
            subject: { kind: 'operator', id, name: email },
          });
          await announceChange(tx, { subject: 'session', id: sessionId, change: 'updated', version: null });
        });
        known.forgetSession(sessionId);
        return { fresh_until: freshUntil.toISOString() };
      }),

    /**
     * Every session of the operator ends, and no browser is known any longer; the caller goes on in a new
     * one.
     */
    async changePassword(
      context: RequestContext,
      body: PasswordChange,
      request: Request,
      headers: Headers,
    ): Promise<undefined> {
      const token = newToken();
      const deviceCookie = await withPassword(
        context,
        body.current_password,
        async ({ id, sessionId }, oldHash) => {
          const newHash = await hashPassword(body.new_password);
          const admitted = await database.transaction(async (tx) => {
            const operator = await lockSignIn(tx, id, oldHash);
            const ended = await endSessions(tx, id, null);
            // Disabled, signed out or changed elsewhere while the password was being compared.
            if (operator === null || !ended.includes(sessionId)) throw sessionHasEnded();
            await updatePassword(tx, id, newHash);
            await openSession(tx, context, operator, token, 'operator.password_changed');
            return devices.admit(tx, request, operator);
          });
          known.forgetOperator(id);
          return admitted;
        },
      );
      cookie.set(headers, token);
      devices.setCookie(headers, deviceCookie);
    },

    async listSessions(context: RequestContext): Promise<{ sessions: Session[] }> {
      const { id, sessionId } = asOperator(context.actor);
      const now = Date.now();
      const rows = await selectSessions(database, id);
      return {
        sessions: rows
          .filter((row) => endOf(row) > now)
          .map((row) => ({
            session_id: row.id,
            created_at: row.created_at.toISOString(),
            expires_at: new Date(endOf(row)).toISOString(),
            address: row.address,
            user_agent: row.user_agent,
            is_current: row.id === sessionId,
          })),
      };
    },

    async endSession(context: RequestContext, sessionId: string): Promise<undefined> {
      const { id, email } = asOperator(context.actor);
      await database.transaction(async (tx) => {
        const ended = await endSessions(tx, id, sessionId);
        if (ended.length === 0) throw new Problem('not_found', 'None of your sessions has this id.');
        await recordAudit(tx, context, {
          action: 'session.ended',
          subject: { kind: 'session', id: sessionId, name: email },
        });
      });
      known.forgetSession(sessionId);
    },
  };
};
