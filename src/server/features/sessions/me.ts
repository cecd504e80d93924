import type { Me, MeAsOperator, MePatch } from '#contract/sessions.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import {
  selectListPreferences,
  updateListPreferences,
  type ListPreferences,
} from '#server/features/sessions/accounts/store.ts';
import type { OpenedSession } from './open-session.ts';
import { asOperator, sessionHasEnded } from './own-account.ts';

type Session = Pick<MeAsOperator, 'operator_id' | 'name' | 'email' | 'role' | 'session_id' | 'fresh_until'>;

/** Who is asking; of operators also how the list of numbers looks to them. */
export const createMe = (database: Database) => {
  const toMe = (session: Session, preferences: ListPreferences | null): MeAsOperator => {
    if (preferences === null) throw sessionHasEnded();
    return { kind: 'operator', ...session, ...preferences };
  };
  const sessionOf = (context: RequestContext): Session => {
    const { id, name, email, role, sessionId, freshUntil } = asOperator(context.actor);
    return {
      operator_id: id,
      name,
      email,
      role,
      session_id: sessionId,
      fresh_until: freshUntil.toISOString(),
    };
  };

  return {
    /** As whoever has just signed in reads it. */
    presentMe: async ({ operator, session }: OpenedSession): Promise<Me> => {
      const { id: operator_id, name, email, role } = operator;
      const fresh_until = session.fresh_until.toISOString();
      return toMe(
        { operator_id, name, email, role, session_id: session.id, fresh_until },
        await selectListPreferences(database, operator_id),
      );
    },

    async readMe(context: RequestContext): Promise<Me> {
      const { actor } = context;
      if (actor.kind === 'api_key')
        return {
          kind: 'api_key',
          api_key_id: actor.id,
          name: actor.name,
          scopes: [...actor.scopes],
          expires_at: actor.expiresAt?.toISOString() ?? null,
        };
      const session = sessionOf(context);
      return toMe(session, await selectListPreferences(database, session.operator_id));
    },

    /** Not on the record: how a list looks to one operator is nobody else’s to know. */
    async updateMe(context: RequestContext, patch: MePatch): Promise<Me> {
      const session = sessionOf(context);
      return toMe(session, await updateListPreferences(database, session.operator_id, patch));
    },
  };
};
