import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { StandInRecord } from '#server/testing/verbex/records.ts';
import type { Caller } from '../../http.ts';
import type { RunningServer } from '../../server.ts';
import { count, type Report } from '../proof.ts';
import { linkNumbers, thereOf, type Account, type LinkedNumber } from './account.ts';
import { settledLink, told } from './settle.ts';
import type { Sizes } from './sizes.ts';

/** When somebody changes it on the platform: told by what is asked of it for our save. */
const moments = [
  'before it is read',
  'while it is read',
  'before it is read back',
  'after it is read back',
] as const;
type Moment = (typeof moments)[number];

const fields = ['friendly_name', 'inbound_agent_id'] as const;

interface Outcome {
  moment: Moment;
  phoneNumber: string;
  /** Whether what they wrote is still there; where it is not, whether it is kept from before our write. */
  theirs: 'there' | 'kept' | 'gone';
  /** Whether ours was said to be there though it was not, at that moment. */
  isUntrue: boolean;
  state: string | undefined;
}

/** What they wrote is gone, and nobody was told. */
export const silentOverwrites = (
  outcomes: readonly Pick<Outcome, 'phoneNumber' | 'moment' | 'theirs'>[],
): string[] =>
  outcomes.flatMap(({ phoneNumber, moment, theirs }) =>
    theirs === 'gone' ? [`${phoneNumber}, changed ${moment}`] : [],
  );

/** Calls back at the right request of ours, before it is done. */
const atMoment = ({ verbex }: Account, { upstreamId }: LinkedNumber, moment: Moment, change: () => void) => {
  let reads = 0;
  if (moment === 'after it is read back') return;
  if (moment === 'before it is read') return change();
  verbex.decideBy(({ method, path }) => {
    if (method !== 'GET' || !path.endsWith(`/${upstreamId}`)) return null;
    reads += 1;
    if (reads === (moment === 'while it is read' ? 1 : 2)) change();
    return null;
  });
};

let turn = 0;

const race = async (api: Caller, account: Account, number: LinkedNumber): Promise<Outcome> => {
  const at = turn++;
  const moment = moments[at % moments.length] ?? moments[0];
  const theirField = fields[Math.floor(at / moments.length) % fields.length] ?? fields[0];
  const there: StandInRecord | undefined = thereOf(account, number);
  if (there === undefined) throw new Error('The number is not on the platform');
  const [ours, theirs] = [
    `ours ${at}`,
    theirField === 'friendly_name' ? `theirs ${at}` : ([...account.agents.values()][at % 2] ?? ''),
  ];
  const changes = () => void (there[theirField] = theirs);
  atMoment(account, number, moment, changes);
  const path = `/v1/phone-numbers/${number.id}`;
  const answer = await api.request('PATCH', path, { body: { friendly_name: ours } });
  const isUntrue = answer.status === 200 && there.friendly_name !== ours;
  const state = (await settledLink(api, number.id))?.state;
  if (moment === 'after it is read back') changes();
  account.verbex.decideBy(() => null);
  const is = there[theirField] === theirs ? 'there' : 'gone';

  // Then somebody decides, each in turn, so that the next race begins with both sides alike.
  const act = async (name: string, body?: object) => {
    const answer = await api.send<PhoneNumber>('POST', `${path}/links/platform/${name}`, body);
    return { ...answer, state: (await settledLink(api, number.id))?.state };
  };
  if (state === 'synced' && moment !== 'after it is read back')
    return { moment, phoneNumber: number.phoneNumber, theirs: is, isUntrue, state };
  if (at % 3 === 0 && state === 'conflict') {
    await act('keep-mine', {});
    const isOurs = there.friendly_name === ours;
    // What they had was kept from before our write, and can be put back.
    const restored = await act('restore', {});
    const isKept = restored.friendly_name === theirs && there[theirField] === theirs;
    return {
      moment,
      phoneNumber: number.phoneNumber,
      theirs: isOurs && isKept ? 'kept' : 'gone',
      isUntrue,
      state,
    };
  }
  if ((await act('retry')).state !== 'synced') await act('take-theirs', {});
  return {
    moment,
    phoneNumber: number.phoneNumber,
    theirs: is === 'there' && there[theirField] === theirs ? 'there' : 'gone',
    isUntrue,
    state,
  };
};

/** Whoever writes without reading first. */
const naively = async ({ verbex }: Account): Promise<boolean> => {
  const record = verbex.addNumber({ provider: 'pia', phone_number: '+12025550197', friendly_name: 'Theirs' });
  await fetch(`${verbex.url}/v1/phone-numbers/${record._id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${verbex.state.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ friendly_name: 'Ours' }),
  });
  verbex.state.numbers.delete(record._id);
  return record.friendly_name === 'Theirs';
};

/** The same number is changed here and on the platform at the same time: nothing is overwritten without a word. */
export const raceBothSides = async (
  report: Report,
  { server, api, accounts }: { server: RunningServer; api: Caller; accounts: readonly Account[] },
  { races }: Sizes,
): Promise<void> => {
  const outcomes: Outcome[] = [];
  await Promise.all(
    accounts.map(async (account, place) => {
      const numbers = await linkNumbers(server, api, account, 4);
      for (let at = place; at < races; at += accounts.length) {
        const number = numbers[Math.floor(at / accounts.length) % numbers.length];
        if (number !== undefined) outcomes.push(await race(api, account, number));
      }
    }),
  );
  const lost = silentOverwrites(outcomes);
  const untrue = outcomes.flatMap(({ isUntrue, phoneNumber }) => (isUntrue ? [phoneNumber] : []));
  const states = [...new Set(outcomes.map(({ state }) => state))].map(
    (state) => `${outcomes.filter((each) => each.state === state).length} ${state}`,
  );
  report.check(
    `${count(races)} numbers changed on both sides, there before it is read or after it is written: none in silence`,
    lost.length === 0 && outcomes.length === races,
    told(lost, states.join(', ')),
  );
  report.check(
    'nor is ours said to be there where theirs is',
    untrue.length === 0,
    told(untrue, `${outcomes.filter(({ theirs }) => theirs === 'kept').length} put back from before a write`),
  );
  const [one] = accounts;
  if (one === undefined) throw new Error('There is no account');
  const isThere = await naively(one);
  report.control(
    'a write without a read before it',
    silentOverwrites([{ phoneNumber: 'x', moment: 'before it is read', theirs: isThere ? 'there' : 'gone' }])
      .length === 1,
  );
};
