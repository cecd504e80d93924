import { changedIds } from '#contract/changes.ts';
import type { ChangeFeed } from '#server/platform/changes/change-feed.ts';
import { createMemory } from '#server/platform/changes/remember.ts';
import { withDeadline, type Database, type Queryable } from '#server/platform/db/database.ts';
import type { Actor, AuthenticateOptions } from '#server/request-context.ts';
import { hashToken, type Cookie } from './cookie.ts';
import { endOf } from './open-session.ts';
import {
  findKnownSession,
  touchSession,
  type KnownSession,
} from '#server/features/sessions/accounts/store.ts';

/*
 * The promise: a session opens nothing after it ended, by sign-out, by time, by disabling or by a password
 * change. It is remembered for seconds to spare the database, and forgotten at once in this process, and in
 * every other as soon as the change is heard there. Its end by time is looked at on every request.
 */

const REMEMBER_MS = 5000;
const TOUCH_EVERY_MS = 5 * 60_000;
const TOUCH_WITHIN_MS = 2000;

interface Dependencies {
  database: Database;
  changes: ChangeFeed;
  cookie: Cookie;
}

export const createKnownSessions = ({ database, changes, cookie }: Dependencies) => {
  const memory = createMemory<KnownSession>(REMEMBER_MS);

  const forgetSessions = (ids: readonly string[]) => memory.forget((session) => ids.includes(session.id));
  const forgetOperators = (ids: readonly string[]) =>
    memory.forget((session) => ids.includes(session.operator.id));

  changes.follow((change) => {
    if (change === 'gap') memory.forget(() => true);
    else if (change.subject === 'session') forgetSessions(changedIds(change));
    else if (change.subject === 'operator') forgetOperators(changedIds(change));
  });

  const ask = async (from: Queryable, token: string): Promise<KnownSession | null> => {
    const session = await findKnownSession(from, hashToken(token));
    return session === null || endOf(session) <= Date.now() ? null : session;
  };

  const touch = (session: KnownSession, now: number) => {
    if (now - session.last_seen_at.getTime() <= TOUCH_EVERY_MS) return;
    session.last_seen_at = new Date(now);
    // Not waited for: a request is not slowed or failed by this, and the next look tries again.
    touchSession(database.within(TOUCH_WITHIN_MS), session.id, session.last_seen_at).catch(() => {});
  };

  return {
    forgetSession: (id: string) => forgetSessions([id]),
    forgetOperator: (id: string) => forgetOperators([id]),

    /**
     * Whose session this request's cookie opens; null for nobody's. What is no use of it does not keep it
     * from ending unused.
     */
    async findActor(
      request: Request,
      { countsAsUse = true, deadline }: AuthenticateOptions = {},
    ): Promise<Actor | null> {
      const token = cookie.read(request);
      if (token === null) return null;
      // Who cannot wait shares no question with those who can.
      const session = await memory.recall(deadline === undefined ? token : `urgent ${token}`, () =>
        ask(withDeadline(database, deadline), token),
      );
      const now = Date.now();
      if (session === null || endOf(session) <= now) return null;
      if (countsAsUse) touch(session, now);
      const { id, name, email, role } = session.operator;
      return {
        kind: 'operator',
        id,
        name,
        email,
        role,
        sessionId: session.id,
        freshUntil: session.fresh_until,
        endsAt: new Date(endOf(session)),
      };
    },
  };
};

export type KnownSessions = ReturnType<typeof createKnownSessions>;
