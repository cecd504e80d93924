import type { KnownKeys } from '#server/features/api-keys/known-keys.ts';
import type { SessionsService } from '#server/features/sessions/service.ts';
import type { Actor, AuthenticateOptions } from './request-context.ts';
import { Problem } from './problem.ts';

/*
 * The promise: a request is exactly one sender's. With an Authorization header that is the key's or nobody's:
 * a bad key never falls back to the cookie that came along.
 */

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

interface Dependencies {
  sessions: Pick<SessionsService, 'findActor'>;
  apiKeys: Pick<KnownKeys, 'findActor'>;
}

export const createAuthenticate =
  ({ sessions, apiKeys }: Dependencies) =>
  async (request: Request, options?: AuthenticateOptions): Promise<Actor | null> => {
    const authorization = request.headers.get('authorization');
    if (authorization === null) return sessions.findActor(request, options);
    const key = BEARER.exec(authorization)?.[1];
    const actor = key === undefined ? null : await apiKeys.findActor(key, options);
    if (actor === null)
      throw new Problem(
        'unauthenticated',
        'The API key is not valid: send Authorization: Bearer with a key that is neither revoked nor expired.',
      );
    return actor;
  };
