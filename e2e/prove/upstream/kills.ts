import { rm } from 'node:fs/promises';
import type { Scope } from '#contract/access.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { startVerbex } from '#server/testing/verbex/start-verbex.ts';
import { addNumber, keyFromCommandLine, withKey } from '../../http.ts';
import { databaseInUse, temporaryFolder } from '../../server.ts';
import { count, type Report } from '../proof.ts';
import { differencesOf, linkNumbers, openAccount, type Account, type LinkedNumber } from './account.ts';
import { killAt, moments, start, watchForDoubles, type Scene } from './kill-at-moment.ts';
import { linkOf, told, whenNothingWaits } from './settle.ts';
import type { Sizes } from './sizes.ts';

const SETTLED_WITHIN_MS = 120_000;

/** Of whoever edits linked numbers, and adds the accounts that they are in. */
export const rights: readonly Scope[] = [
  'numbers:read',
  'numbers:write',
  'agents:write',
  'connections:read',
  'connections:write',
  'credentials:reveal',
];

/** What a number is by the API, in the platform's words. */
const wantedOf = ({ agents }: Account, number: LinkedNumber, shown: PhoneNumber): LinkedNumber['wanted'] => {
  const record: Readonly<Record<string, unknown>> = { ...shown };
  return Object.fromEntries(
    Object.entries(number.wanted).map(([name, secret]) => {
      const value = record[name];
      if (name.endsWith('_password') || name.endsWith('_token') || typeof value !== 'string')
        return [name, secret];
      return [name, agents.get(value) ?? value];
    }),
  );
};

interface Standing {
  phoneNumber: string;
  state: string;
  /** The fields that are otherwise there. */
  differing: string[];
}

/** Those that are said to be there as they are here, and are not. */
export const untrue = (standings: readonly Standing[]): string[] =>
  standings.flatMap(({ phoneNumber, state, differing }) =>
    state === 'synced' && differing.length > 0 ? [`${phoneNumber}: ${differing.join(', ')}`] : [],
  );

/** A create that was not heard of, tried once more without looking. */
const naively = async (): Promise<number> => {
  const verbex = await startVerbex();
  const doubled: string[] = [];
  const watch = watchForDoubles(verbex, doubled);
  let tries = 0;
  verbex.decideBy((request) => (watch(request), tries++ === 0 ? { does: 'drop', when: 'after' } : null));
  const headers = { authorization: `Bearer ${verbex.state.key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ phone_number: '+12025550198', provider: 'pia' });
  const create = () => fetch(`${verbex.url}/v1/phone-numbers`, { method: 'POST', headers, body });
  await create().catch(create);
  await verbex.close();
  return doubled.length;
};

/**
 * kill -9 between the commit, the sending and the record of it; on PostgreSQL with a second server that sends from the
 * same queue. Each number is there, or is seen not to be, and none is created twice.
 */
export const killWhileSending = async (report: Report, { kills }: Sizes): Promise<void> => {
  const dataDirectory = await temporaryFolder('upstream');
  const first = await start(dataDirectory);
  const isServer = databaseInUse() !== undefined;
  const key = await keyFromCommandLine(first, rights);
  const api = withKey(first.url, key);
  const account = await openAccount(api);
  const scene: Scene = { account, mortal: first, api, doubled: [] };
  const other = isServer ? await start(dataDirectory) : null;
  try {
    const numbers: LinkedNumber[] = await linkNumbers(first, api, account, kills);
    const met = new Set<string>();
    let missed = 0;
    for (let round = 0; round < kills; round++) {
      const moment = moments[round % moments.length];
      const linked = numbers[round];
      if (moment === undefined || linked === undefined) continue;
      if (moment.act === 'create') {
        const added = await addNumber(api, 'pia', { friendly_name: moment.name });
        linked.id = added._id;
        linked.phoneNumber = added.phone_number;
        linked.provider = 'pia';
        linked.upstreamId = 'not known yet';
        linked.wanted = { friendly_name: moment.name, inbound_agent_id: null, outbound_agent_id: null };
      }
      if (await killAt(scene, moment, linked, !isServer && round % 2 === 1)) met.add(moment.name);
      else missed += 1;
    }
    const settledMs = await whenNothingWaits(api, [account.connectionId], SETTLED_WITHIN_MS);
    const standings: Standing[] = [];
    for (const number of numbers) {
      const link = await linkOf(api, number.id);
      const shown = await api.get<PhoneNumber>(`/v1/phone-numbers/${number.id}`);
      const there = [...account.verbex.state.numbers.values()].find(
        (record) => record.phone_number === number.phoneNumber,
      );
      const wanted = wantedOf(account, number, shown);
      const differing = differencesOf({ provider: number.provider, wanted }, there);
      standings.push({ phoneNumber: number.phoneNumber, state: link?.state ?? 'not linked', differing });
    }
    const wrong = untrue(standings);
    const others = standings.filter(({ state }) => state !== 'synced');
    report.check(
      `kill -9 × ${kills} between commit, sending and record: each number is there, or seen not to be`,
      wrong.length === 0 && settledMs !== null && met.size > 0 && missed < kills / 2,
      told(
        wrong,
        `${kills - missed} kills at ${met.size} moments; ${standings.length - others.length} there${others.length === 0 ? '' : `, ${others.map(({ state }) => state).join(', ')}`}${isServer ? '; two servers' : ''}`,
      ),
    );
    report.check(
      'nothing is created twice',
      scene.doubled.length === 0,
      told(
        scene.doubled,
        `${count(account.verbex.requests.filter(({ method }) => method === 'POST').length)} creates`,
      ),
    );
    report.control('a create that is tried again without looking', (await naively()) === 1);
    const [one] = standings;
    report.control(
      'a number that is said to be there and is not',
      one !== undefined && untrue([{ ...one, state: 'synced', differing: ['friendly_name'] }]).length === 1,
    );
  } finally {
    await scene.mortal.stop();
    await other?.stop();
    await account.verbex.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};
