import { scopes } from '#contract/access.ts';
import { clockAhead } from '../../clock.ts';
import { addOperator, callerWith, firstAdmin, setUp, signIn, withKey, type Caller } from '../../http.ts';
import { startServer, type RunningServer } from '../../server.ts';
import type { Allowed } from './authz-table.ts';

/**
 * Those who are nobody, each in another way. `dead key` sends a key, which is refused even where nobody need
 * be known.
 */
export type Refused =
  | 'nobody'
  | 'a made-up session'
  | 'signed out'
  | 'disabled'
  | `dead key ${'made up' | 'expired' | 'revoked' | 'ended with its owner'}`;
export type ActorName = Allowed | Refused;

export interface Cast {
  server: RunningServer;
  /** May everything, to prepare what a call needs. */
  stagehand: Caller;
  actors: Map<ActorName, Caller>;
  operatorId: string;
}

const addKey = (admin: Caller, name: string, more: object) =>
  admin.send<{ key: string; api_key: { api_key_id: string } }>('POST', '/v1/api-keys', { name, ...more });

/**
 * Everyone who could ask, made through the API alone. What must grow old (a sign-in that is no longer fresh,
 * a key past its day) is made on one start of the server, and met on the next, whose clock is eleven minutes
 * ahead.
 */
export const gatherCast = async (): Promise<Cast> => {
  const before = await startServer();
  const early = await setUp(before);
  const stalePerson = await addOperator(early, 'operator', 'Stale Operator');
  const staleSession = await signIn(before.url, stalePerson);
  const expired = await addKey(early, 'expired', {
    scopes,
    expires_at: new Date(Date.now() + 5 * 60_000).toISOString(),
  });
  await before.kill();

  const server = await startServer({ dataDirectory: before.dataDirectory, env: clockAhead(11) });
  const { url } = server;
  const admin = await signIn(url, firstAdmin);
  const people = {
    viewer: await addOperator(admin, 'viewer', 'Vera Viewer'),
    operator: await addOperator(admin, 'operator', 'Omar Operator'),
    admin: await addOperator(admin, 'admin', 'Amina Admin'),
    disabled: await addOperator(admin, 'admin', 'Dora Disabled'),
  };
  const { operators } = await admin.get<{ operators: { operator_id: string; email: string }[] }>(
    '/v1/operators',
  );
  const idOf = (email: string) => operators.find((operator) => operator.email === email)?.operator_id ?? '';

  const actors = new Map<ActorName, Caller>([
    ['nobody', callerWith(url)],
    ['a made-up session', callerWith(url, { cookie: `cordboard_session=${'A'.repeat(43)}` })],
    ['viewer', await signIn(url, people.viewer)],
    ['operator', await signIn(url, people.operator)],
    ['operator, not fresh', callerWith(url, staleSession.headers)],
    ['admin', await signIn(url, people.admin)],
    ['dead key made up', withKey(url, `cbk_${'A'.repeat(43)}`)],
    ['dead key expired', withKey(url, expired.key)],
  ]);
  for (const scope of scopes)
    actors.set(`key ${scope}`, withKey(url, (await addKey(admin, scope, { scopes: [scope] })).key));

  const revoked = await addKey(admin, 'revoked', { scopes });
  await admin.send('DELETE', `/v1/api-keys/${revoked.api_key.api_key_id}`);
  actors.set('dead key revoked', withKey(url, revoked.key));

  const signedOut = await signIn(url, people.admin);
  await signedOut.send('POST', '/v1/sign-out');
  actors.set('signed out', signedOut);

  const disabled = await signIn(url, people.disabled);
  const ended = await addKey(disabled, 'ended', { scopes });
  const answers = { [ended.api_key.api_key_id]: 'end' };
  await admin.send('PATCH', `/v1/operators/${idOf(people.disabled.email)}`, {
    is_disabled: true,
    api_keys: answers,
  });
  actors.set('disabled', disabled);
  actors.set('dead key ended with its owner', withKey(url, ended.key));

  const stagehand = withKey(url, (await addKey(admin, 'stagehand', { scopes })).key);
  return { server, stagehand, actors, operatorId: idOf(people.viewer.email) };
};
