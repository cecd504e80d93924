import type { Fault, StandInRequest } from '#server/testing/verbex/faults.ts';
import type { Caller } from '../../http.ts';
import { startServer, type RunningServer } from '../../server.ts';
import { childrenOf } from '../processes.ts';
import type { Account, LinkedNumber } from './account.ts';
import { wait } from './settle.ts';

const MET_WITHIN_MS = 30_000;

/** When the server is killed, told by what the platform is asked for a number. */
interface Moment {
  name: string;
  act: 'edit' | 'create';
  method: 'GET' | 'PATCH' | 'POST';
  /** How many such requests came before. */
  after: number;
  /** Whether what was asked is done, and answered. */
  does: 'nothing' | 'made' | 'answered';
}

export const moments: readonly Moment[] = [
  { name: 'committed, not sent', act: 'edit', method: 'GET', after: 0, does: 'nothing' },
  { name: 'a create that was made and not heard of', act: 'create', method: 'POST', after: 0, does: 'made' },
  { name: 'sent, and made unheard', act: 'edit', method: 'PATCH', after: 0, does: 'made' },
  { name: 'read back, not recorded', act: 'edit', method: 'GET', after: 1, does: 'answered' },
  { name: 'sent, and not made', act: 'edit', method: 'PATCH', after: 0, does: 'nothing' },
  { name: 'a create that was not made', act: 'create', method: 'POST', after: 0, does: 'nothing' },
  { name: 'made, not read back', act: 'edit', method: 'PATCH', after: 0, does: 'answered' },
  {
    name: 'a create that was answered, not recorded',
    act: 'create',
    method: 'POST',
    after: 0,
    does: 'answered',
  },
  { name: 'being read', act: 'edit', method: 'GET', after: 0, does: 'answered' },
];

const isAbout = (
  { method, path, body }: StandInRequest,
  moment: Moment,
  number: Pick<LinkedNumber, 'phoneNumber' | 'upstreamId'>,
) =>
  method === moment.method &&
  (method === 'POST'
    ? (body as { phone_number?: string } | null)?.phone_number === number.phoneNumber
    : path.endsWith(`/${number.upstreamId}`));

/** Creates of what was there already: whoever sends such a one has not looked. */
export const watchForDoubles =
  (verbex: Account['verbex'], doubled: string[]) =>
  ({ method, body }: StandInRequest) => {
    if (method !== 'POST') return;
    const { phone_number: number } = body as { phone_number: string };
    if ([...verbex.state.numbers.values()].some((record) => record.phone_number === number))
      doubled.push(number);
  };

export interface Scene {
  account: Account;
  /** The one that is killed, and started again. */
  mortal: RunningServer;
  api: Caller;
  doubled: string[];
}

export const start = (dataDirectory: string, port?: number) =>
  startServer({
    dataDirectory,
    env: { CORDBOARD_UNSAFE_ALLOW_LOOPBACK: '1' },
    ...(port !== undefined && { port }),
  });

/** Kills at this moment of this number, and starts again; false where it never came. */
export const killAt = async (
  scene: Scene,
  moment: Moment,
  number: LinkedNumber,
  withChildren: boolean,
): Promise<boolean> => {
  const { account, mortal, doubled } = scene;
  const watch = watchForDoubles(account.verbex, doubled);
  let seen = 0;
  let isKilled = false;
  let isNear = false;
  const kill = () => {
    const children = withChildren ? childrenOf(mortal.pid) : [];
    for (const pid of [mortal.pid, ...children]) process.kill(pid, 'SIGKILL');
    isKilled = true;
  };
  account.verbex.decideBy((request): Fault | null => {
    watch(request);
    if (isNear || !isAbout(request, moment, number) || seen++ < moment.after) return null;
    isNear = true;
    if (moment.does === 'answered') {
      // It is on its way, and what is made of it is not written down.
      setTimeout(kill, Math.random() * 4);
      return null;
    }
    kill();
    return { does: 'drop', when: moment.does === 'made' ? 'after' : 'before' };
  });
  const path = `/v1/phone-numbers/${number.id}`;
  const act =
    moment.act === 'edit'
      ? scene.api.request('PATCH', path, { body: { friendly_name: moment.name } })
      : scene.api.request('POST', `${path}/links`, {
          body: { role: 'platform', connection_id: account.connectionId },
        });
  act.catch(() => {});
  for (let waited = 0; !isKilled && waited < MET_WITHIN_MS; waited += 10) await wait(10);
  const isMet = isKilled;
  await mortal.kill();
  account.verbex.decideBy((request) => (watch(request), null));
  scene.mortal = await start(mortal.dataDirectory, mortal.port);
  return isMet;
};
