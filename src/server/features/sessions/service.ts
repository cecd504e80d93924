import type { Me, MeAsOperator, SetUp, SignIn } from '#contract/sessions.ts';
import { recordAudit } from '#server/audit/record.ts';
import type { ChangeFeed } from '#server/changes/change-feed.ts';
import type { Config } from '#server/config.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { Problem } from '#server/http/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/secrets/keyring.ts';
import { createAttempts } from './attempts.ts';
import { createSignInJudge, wrongCredentials } from './better-auth.ts';
import { createSessionCookie, newToken } from './cookie.ts';
import { endSessions } from './end-sessions.ts';
import { enrolment } from './enrolment.ts';
import { createKnownSessions } from './known-sessions.ts';
import { ABSOLUTE_MS, openSession, type OpenedSession } from './open-session.ts';
import { asOperator, createOwnAccount } from './own-account.ts';
import { createSetUp } from './set-up.ts';
import { findSignIn, lockSignIn } from './store.ts';

export interface SessionsDependencies {
  config: Pick<Config, 'publicUrl'>;
  database: Database;
  keyring: Keyring;
  changes: ChangeFeed;
}

const toMe = ({ operator, session }: OpenedSession): MeAsOperator => ({
  kind: 'operator',
  operator_id: operator.id,
  name: operator.name,
  email: operator.email,
  role: operator.role,
  session_id: session.id,
  fresh_until: session.fresh_until.toISOString(),
});

/** Who is signed in: sign-in and sign-out, the first admin, and (in own-account.ts) the own password and sessions. */
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

  const ownAccount = createOwnAccount({ database, attempts, cookie, known, recordRefusal });

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
    ...ownAccount,
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
        if (ended.length > 0) await recordAudit(tx, context, { action: 'operator.signed_out', subject: { kind: 'operator', id, name: email } });
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
  };
};

export type SessionsService = ReturnType<typeof createSessionsService>;
