import type { Me, SetUp, SignIn } from '#contract/sessions.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import type { ChangeFeed } from '#server/platform/changes/change-feed.ts';
import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { createAttempts, type Attempt } from '#server/features/sessions/attempts/attempts.ts';
import { createKeyedHash, createLimits } from '#server/features/sessions/attempts/limits.ts';
import { createSessionCookie, newToken } from './cookie.ts';
import { endSessions } from './end-sessions.ts';
import { enrolment } from './enrolment.ts';
import { createKnownDevices } from './known-devices.ts';
import { createKnownSessions } from './known-sessions.ts';
import { createMe } from './me.ts';
import { ABSOLUTE_MS, openSession } from './open-session.ts';
import { asOperator, createOwnAccount } from './own-account.ts';
import { createSetUp } from './set-up.ts';
import { createSignIn } from './sign-in.ts';

export interface SessionsDependencies {
  config: Pick<Config, 'publicUrl'>;
  database: Database;
  keyring: Keyring;
  changes: ChangeFeed;
}

/**
 * Who is signed in: sign-in and sign-out, the first admin, and (in own-account.ts) the own password and
 * sessions.
 */
export const createSessionsService = ({ config, database, keyring, changes }: SessionsDependencies) => {
  const secure = config.publicUrl?.protocol === 'https:';
  const cookie = createSessionCookie({ secure, maxAgeSeconds: ABSOLUTE_MS / 1000 });
  const hash = createKeyedHash(keyring);
  const limits = createLimits(hash);
  const attempts = createAttempts(database, limits);
  const devices = createKnownDevices({ database, hash, secure });
  const known = createKnownSessions({ database, changes, cookie });
  const setUp = createSetUp(database);
  const { presentMe, ...me } = createMe(database);

  const ownAccount = createOwnAccount({ database, attempts, limits, cookie, devices, known });
  const signIn = createSignIn({ database, keyring, attempts, limits, cookie, devices, known });

  return {
    ...known,
    ...enrolment,
    ...ownAccount,
    ...me,
    offerSetUp: setUp.offerSetUp,
    readSetUpState: setUp.readSetUpState,
    endSessions,
    recordUnrecorded: attempts.recordUnrecorded,

    async setUp(context: RequestContext, body: SetUp, request: Request, headers: Headers): Promise<Me> {
      const token = newToken();
      const attempt: Attempt = {
        context,
        limits: [limits.address(context.address)],
        queue: 'strangers',
        tried: 'the set-up link',
        detail: 'The set-up link was not valid',
      };
      const { opened, deviceCookie } = await attempts.attempt(attempt, () =>
        setUp.makeFirstAdmin(context, body, async (tx, operator) => ({
          opened: await openSession(tx, context, operator, token, 'operator.signed_in'),
          deviceCookie: await devices.admit(tx, request, operator),
        })),
      );
      cookie.set(headers, token);
      devices.setCookie(headers, deviceCookie);
      return presentMe(opened);
    },

    async signIn(context: RequestContext, body: SignIn, request: Request, headers: Headers): Promise<Me> {
      return presentMe(await signIn(context, body, request, headers));
    },

    async signOut(context: RequestContext, headers: Headers): Promise<undefined> {
      const { id, email, sessionId } = asOperator(context.actor);
      await database.transaction(async (tx) => {
        const ended = await endSessions(tx, id, sessionId);
        if (ended.length > 0)
          await recordAudit(tx, context, {
            action: 'operator.signed_out',
            subject: { kind: 'operator', id, name: email },
          });
      });
      known.forgetSession(sessionId);
      cookie.clear(headers);
    },
  };
};

export type SessionsService = ReturnType<typeof createSessionsService>;
