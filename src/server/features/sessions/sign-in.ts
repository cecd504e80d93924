import type { SignIn } from '#contract/sessions.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import type { Attempt, Attempts } from '#server/features/sessions/attempts/attempts.ts';
import type { Limits } from '#server/features/sessions/attempts/limits.ts';
import { createSignInJudge, wrongCredentials } from './better-auth.ts';
import type { Cookie } from './cookie.ts';
import { endSessions } from './end-sessions.ts';
import type { KnownDevices } from './known-devices.ts';
import type { KnownSessions } from './known-sessions.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { lockSignIn } from '#server/features/sessions/accounts/store.ts';

interface Dependencies {
  database: Database;
  keyring: Keyring;
  attempts: Attempts;
  limits: Limits;
  cookie: Cookie;
  devices: KnownDevices;
  known: KnownSessions;
}

interface SignedIn {
  opened: OpenedSession;
  token: string;
  deviceCookie: string;
}

/** A browser that was signed in leaves its old session behind for nobody. */
const endReplaced = async (tx: Transaction, context: RequestContext) => {
  if (context.actor.kind !== 'operator') return;
  const { id, email, sessionId } = context.actor;
  if ((await endSessions(tx, id, sessionId)).length === 0) return;
  const subject = { kind: 'session' as const, id: sessionId, name: email };
  await recordAudit(tx, context, { action: 'session.ended', subject, detail: 'Replaced by a new sign-in' });
};

export const createSignIn = ({
  database,
  keyring,
  attempts,
  limits,
  cookie,
  devices,
  known,
}: Dependencies) => {
  const judge = createSignInJudge(database, keyring);

  const attemptOf = async (context: RequestContext, email: string, request: Request): Promise<Attempt> => {
    const device = devices.readClaim(request, email);
    if (device !== null) {
      const ownLimits = [limits.device(device.key)];
      attempts.refuseRemembered({ limits: ownLimits });
      if (await devices.isKnown(device)) {
        const detail = 'The password was wrong, in a browser where this operator signed in before';
        return { context, limits: ownLimits, queue: 'known', tried: email, detail };
      }
    }
    const both = [limits.account(email), limits.address(context.address)];
    return {
      context,
      limits: both,
      queue: 'strangers',
      tried: email,
      detail: 'E-mail or password was wrong',
    };
  };

  return async (
    context: RequestContext,
    { email, password }: SignIn,
    request: Request,
    headers: Headers,
  ): Promise<OpenedSession> => {
    const attempt = await attemptOf(context, email, request);
    const { opened, token, deviceCookie } = await attempts.attempt(attempt, async () => {
      const signedIn: SignedIn[] = [];
      await judge(email, password, attempt.queue, async (operatorId, passwordHash, sessionToken) => {
        const done = await database.transaction(async (tx) => {
          const operator = await lockSignIn(tx, operatorId, passwordHash);
          // Disabled, or the password was changed while it was being compared.
          if (operator === null) throw wrongCredentials();
          await endReplaced(tx, context);
          return {
            opened: await openSession(tx, context, operator, sessionToken, 'operator.signed_in'),
            deviceCookie: await devices.admit(tx, request, operator),
          };
        });
        signedIn.push({ ...done, token: sessionToken });
      });
      return signedIn[0] ?? Promise.reject(wrongCredentials());
    });
    if (context.actor.kind === 'operator') known.forgetSession(context.actor.sessionId);
    cookie.set(headers, token);
    devices.setCookie(headers, deviceCookie);
    return opened;
  };
};
