import { hasRole, type Access } from '#contract/access.ts';
import { api } from '#contract/api.ts';
import type { Actor } from './request-context.ts';
import { Problem } from './problem.ts';

/**
 * The promise: this is the one place that says who may call what. Whatever is not allowed here is refused.
 * Throws `unauthenticated`, `forbidden` or `fresh_sign_in_required`.
 */
export const assertAllowed = (access: Access, actor: Actor | null, now: Date): void => {
  if (access === 'anyone') return;
  if (actor === null)
    throw new Problem('unauthenticated', 'Sign in, or send Authorization: Bearer with an API key.');
  if (access === 'anyone-known') return;
  if (actor.kind === 'operator') {
    if (access === 'session') return;
    if (!hasRole(actor.role, access.role))
      throw new Problem('forbidden', `This needs the role ${access.role}; yours is ${actor.role}.`);
    if (access.fresh && actor.freshUntil <= now)
      throw new Problem(
        'fresh_sign_in_required',
        'Confirm your password with POST /v1/me/confirm-password, then ask again.',
      );
    return;
  }
  if (actor.kind === 'api_key' && access !== 'session') {
    if (access.scope === null)
      throw new Problem('forbidden', 'No API key may do this; sign in as an operator.');
    if (!actor.scopes.includes(access.scope))
      throw new Problem('forbidden', `This needs a key with the scope ${access.scope}.`);
    if (access.also !== undefined && !actor.scopes.includes(access.also))
      throw new Problem('forbidden', `This needs a key with the scope ${access.also}, too.`);
    return;
  }
  throw new Problem('forbidden', 'Only a signed-in operator may do this.');
};

/**
 * Where credentials are sent is not for everybody to say who may change a connection: whoever says it could
 * have them sent to themselves. It takes an admin who gave the password within ten minutes, or a key that was
 * made on the command line or may reveal.
 */
export const assertMayRedirect = (actor: Actor, now: Date): void => {
  if (actor.kind === 'operator')
    return assertAllowed({ role: 'admin', scope: null, fresh: true }, actor, now);
  if (actor.kind === 'api_key' && !actor.isOfCommandLine && !actor.scopes.includes('credentials:reveal'))
    throw new Problem(
      'forbidden',
      'To set base_url, use a key that was made on the command line or has the scope credentials:reveal, too.',
    );
};

/** Deleting a number on its platform is an act on the connection, too. */
export const assertMayDeleteThere = (actor: Actor): void => {
  if (actor.kind === 'api_key' && !actor.scopes.includes('connections:write'))
    throw new Problem('forbidden', 'This needs a key with the scope connections:write, too.');
};

/** From where somebody acted is for those who may read the whole log; others see that they did. */
export const mayReadAddresses = (actor: Actor): boolean =>
  actor.kind === 'operator'
    ? actor.role === 'admin'
    : actor.kind === 'api_key' && actor.scopes.includes('audit:read');
type Revealing = Exclude<Access, string>;

const may = ({ role, scope, also }: Revealing, actor: Actor): boolean => {
  if (actor.kind === 'operator') return hasRole(actor.role, role);
  if (actor.kind !== 'api_key' || scope === null) return false;
  return [scope, also ?? scope].every((each) => actor.scopes.includes(each));
};

/**
 * Whether the credentials of numbers are this one's to see: the right itself, however long ago the password
 * was given.
 */
export const mayReveal = (actor: Actor): boolean =>
  may(api['POST /v1/phone-numbers/{phone_number_id}/reveal'].access, actor);

/** The same of the credentials of connections. */
export const mayRevealOfConnections = (actor: Actor): boolean =>
  may(api['POST /v1/connections/{connection_id}/reveal'].access, actor);
