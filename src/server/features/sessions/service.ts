import { FRESH_MINUTES, type MeAsOperator, type PasswordChange, type Session, type SetUp, type SignIn } from '#contract/sessions.ts';
import type { Me } from '#contract/sessions.ts';
import type { ChangeFeed } from '#server/changes/change-feed.ts';
import type { Config } from '#server/config.ts';
import { recordAudit } from '#server/audit/record.ts';
import { announceChange } from '#server/changes/announce.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { Problem } from '#server/http/problem.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/secrets/keyring.ts';
import { createAttempts } from './attempts.ts';
import { createSignInJudge, wrongCredentials } from './better-auth.ts';
import { createSessionCookie, newToken } from './cookie.ts';
import { createKnownSessions } from './known-sessions.ts';
import { ABSOLUTE_MS, endOf, openSession, type OpenedSession } from './open-session.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { endSessions } from './end-sessions.ts';
import { enrolment } from './enrolment.ts';
import { createSetUp } from './set-up.ts';
import { findPasswordHash, findSignIn, lockSignIn, selectSessions, updateFreshness, updatePassword, type OperatorRow } from './store.ts';

export interface SessionsDependencies {
  config: Pick<Config, 'publicUrl'>;
  database: Database;
  keyring: Keyring;
  changes: ChangeFeed;
}

type OperatorActor = Extract<Actor, { kind: 'operator' }>;

const asOperator = (actor: Actor): OperatorActor => {
  if (actor.kind !== 'operator') throw new Problem('forbidden', 'Only a signed-in operator may do this.');
  return actor;
};

const toMe = ({ operator, session }: OpenedSession): MeAsOperator => ({
  kind: 'operator',
  operator_id: operator.id,
  name: operator.name,
  email: operator.email,
  role: operator.role,
  session_id: session.id,
  fresh_until: session.fresh_until.toISOString(),
});

const subjectOf = (operator: Pick<OperatorRow, 'id' | 'email'>) => ({ kind: 'operator' as const, id: operator.id, name: operator.email });

/** Who is signed in: sign-in and sign-out, the own password and sessions, and the first admin. */
export const createSessionsService = ({ config, database, keyring, changes }: SessionsDependencies) => {
  const cookie = createSessionCookie({ secure: config.publicUrl?.protocol === 'https:', maxAgeSeconds: ABSOLUTE_MS / 1000 });
  const attempts = createAttempts();
  const judge = createSignInJudge(database, keyring);
  const known = createKnownSessions({ database, changes, cookie });
  const setUp = createSetUp(database);

  const recordRefusal = async (context: RequestContext, email: string, detail: string) => {
    if (!(await attempts.mayRecordRefusal())) return;
    const operator = await findSignIn(database, email);
    await database.transaction((tx) =>
      recordAudit(tx, context, {
        action: 'operator.sign_in_refused',
        subject: { kind: 'operator', id: operator?.id ?? 'unknown', name: email },
        detail,
      }),
    );
  };

  /** Checks the password of whoever is signed in, as a counted attempt. */
  const withPassword = <T>(
    { actor, address }: RequestContext,
    password: string,
    work: (operator: OperatorActor, hash: string) => Promise<T>,
  ): Promise<T> => {
    const operator = asOperator(actor);
    // Its own count: tries at the sign-in page cannot keep an open session from its work.
    return attempts.attempt({ account: `session of ${operator.id}`, address }, async () => {
      const hash = await findPasswordHash(database, operator.id);
      if (hash === null || !(await verifyPassword(hash, password))) throw new Problem('invalid_credentials', 'That is not your password. Try again.');
      return work(operator, hash);
    });
  };

  /** A browser that was signed in leaves its old session behind for nobody. */
  const endReplaced = async (tx: Transaction, context: RequestContext) => {
    if (context.actor.kind !== 'operator') return;
    const { id, email, sessionId } = context.actor;
    if ((await endSessions(tx, id, sessionId)).length === 0) return;
    const subject = { kind: 'session' as const, id: sessionId, name: email };
    await recordAudit(tx, context, { action: 'session.ended', subject, detail: 'Replaced by a new sign-in' });
  };

  return {
    ...known,
    ...enrolment,
    offerSetUp: setUp.offerSetUp,
    readSetUpState: setUp.readSetUpState,
    endSessions,

    async setUp(context: RequestContext, body: SetUp, headers: Headers): Promise<Me> {
      const token = newToken();
      const opened = await attempts.attempt({ account: null, address: context.address }, () =>
        setUp.makeFirstAdmin(context, body, (tx, operator) => openSession(tx, context, operator, token, 'operator.signed_in')),
      );
      cookie.set(headers, token);
      return toMe(opened);
    },

    async signIn(context: RequestContext, { email, password }: SignIn, headers: Headers): Promise<Me> {
      const refuse = (detail: string) => recordRefusal(context, email, detail);
      const { opened, token } = await attempts.attempt(
        { account: email, address: context.address },
        async () => {
          const signedIn: { opened: OpenedSession; token: string }[] = [];
          try {
            await judge(email, password, async (operatorId, passwordHash, token) => {
              const opened = await database.transaction(async (tx) => {
                const operator = await lockSignIn(tx, operatorId, passwordHash);
                // Disabled, or the password was changed while it was being compared.
                if (operator === null) throw wrongCredentials();
                await endReplaced(tx, context);
                return openSession(tx, context, operator, token, 'operator.signed_in');
              });
              signedIn.push({ opened, token });
            });
          } catch (error) {
            if (error instanceof Problem && error.code === 'invalid_credentials') await refuse('E-mail or password was wrong');
            throw error;
          }
          return signedIn[0] ?? Promise.reject(wrongCredentials());
        },
        () => refuse('Too many attempts'),
      );
      if (context.actor.kind === 'operator') known.forgetSession(context.actor.sessionId);
      cookie.set(headers, token);
      return toMe(opened);
    },

    async signOut(context: RequestContext, headers: Headers): Promise<undefined> {
      const { id, email, sessionId } = asOperator(context.actor);
      await database.transaction(async (tx) => {
        const ended = await endSessions(tx, id, sessionId);
        if (ended.length > 0) await recordAudit(tx, context, { action: 'operator.signed_out', subject: subjectOf({ id, email }) });
      });
      known.forgetSession(sessionId);
      cookie.clear(headers);
    },

    readMe({ actor }: RequestContext): Me {
      if (actor.kind === 'api_key')
        return {
          kind: 'api_key',
          api_key_id: actor.id,
          name: actor.name,
          scopes: [...actor.scopes],
          expires_at: actor.expiresAt?.toISOString() ?? null,
        };
      const { id, name, email, role, sessionId, freshUntil } = asOperator(actor);
      return { kind: 'operator', operator_id: id, name, email, role, session_id: sessionId, fresh_until: freshUntil.toISOString() };
    },

    async confirmPassword(context: RequestContext, { password }: { password: string }): Promise<{ fresh_until: string }> {
      return withPassword(context, password, async ({ sessionId }) => {
        const freshUntil = new Date(Date.now() + FRESH_MINUTES * 60_000);
        await database.transaction(async (tx) => {
          if (!(await updateFreshness(tx, sessionId, freshUntil))) throw new Problem('unauthenticated', 'Your session has ended. Sign in again.');
          await announceChange(tx, { subject: 'session', id: sessionId, change: 'updated', version: null });
        });
        known.forgetSession(sessionId);
        return { fresh_until: freshUntil.toISOString() };
      });
    },

    /** Every session of the operator ends; the caller goes on in a new one. */
    async changePassword(context: RequestContext, body: PasswordChange, headers: Headers): Promise<undefined> {
      const token = newToken();
      await withPassword(context, body.current_password, async ({ id }, oldHash) => {
        const newHash = await hashPassword(body.new_password);
        await database.transaction(async (tx) => {
          const operator = await lockSignIn(tx, id, oldHash);
          if (operator === null) throw new Problem('invalid_credentials', 'Your password was changed meanwhile. Sign in again.');
          await updatePassword(tx, id, newHash);
          await endSessions(tx, id, null);
          await openSession(tx, context, operator, token, 'operator.password_changed');
        });
        known.forgetOperator(id);
      });
      cookie.set(headers, token);
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
        await recordAudit(tx, context, { action: 'session.ended', subject: { kind: 'session', id: sessionId, name: email } });
      });
      known.forgetSession(sessionId);
    },
  };
};

export type SessionsService = ReturnType<typeof createSessionsService>;
