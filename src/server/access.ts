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
    return;
  }
  throw new Problem('forbidden', 'Only a signed-in operator may do this.');
};

/** From where somebody acted is for those who may read the whole log; others see that they did. */
export const mayReadAddresses = (actor: Actor): boolean =>
  actor.kind === 'operator'
    ? actor.role === 'admin'
    : actor.kind === 'api_key' && actor.scopes.includes('audit:read');
const { role, scope } = api['POST /v1/phone-numbers/{phone_number_id}/reveal'].access;

/** Whether credentials are this one's to see: the right itself, however long ago the password was given. */
export const mayReveal = (actor: Actor): boolean =>
  actor.kind === 'operator'
    ? hasRole(actor.role, role)
    : actor.kind === 'api_key' && actor.scopes.includes(scope);
