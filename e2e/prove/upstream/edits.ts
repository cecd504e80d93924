import type { Caller } from '../../http.ts';
import type { RunningServer } from '../../server.ts';
import { count, seconds, type Report } from '../proof.ts';
import { differencesOf, linkNumbers, thereOf, type Account, type LinkedNumber } from './account.ts';
import { badWeather, pick, randomEdit } from './weather.ts';
import { linkOf, told, whenNothingWaits } from './settle.ts';
import type { Sizes } from './sizes.ts';

const NUMBERS_EACH = 4;
const WRITERS_EACH = 2;
const SETTLED_WITHIN_MS = 180_000;

/** Whoever sends what was changed, and nothing else, and takes any answer for an answer. */
const naively = async (account: Account, edits: number, elsewhere: string): Promise<string[]> => {
  const { verbex } = account;
  const given = { provider: 'sip', phone_number: '+12025550199' };
  const first = randomEdit(account, 'sip').there;
  const wanted: Record<string, string | null> = { friendly_name: 'First', ...first };
  const record = verbex.addNumber({ ...given, ...wanted });
  verbex.decideBy(badWeather(elsewhere));
  const headers = { authorization: `Bearer ${verbex.state.key}`, 'content-type': 'application/json' };
  for (let at = 0; at < edits; at++) {
    const { there } = randomEdit(account, 'sip');
    Object.assign(wanted, there);
    const body = JSON.stringify(there);
    const url = `${verbex.url}/v1/phone-numbers/${record._id}`;
    await fetch(url, { method: 'PATCH', headers, body, redirect: 'manual' }).catch(() => {});
  }
  verbex.decideBy(() => null);
  verbex.state.numbers.delete(record._id);
  return differencesOf({ provider: 'sip', wanted }, record);
};

interface Held extends LinkedNumber {
  account: Account;
}

/**
 * Random edits while the platform wipes, fails, drops and lies: an answer of 200 is true at that moment, and once the
 * weather is fine every field is the same on both sides.
 */
export const editInBadWeather = async (
  report: Report,
  {
    server,
    api,
    accounts,
    elsewhere,
  }: { server: RunningServer; api: Caller; accounts: Account[]; elsewhere: string },
  { edits }: Sizes,
): Promise<void> => {
  const held: Held[] = [];
  for (const account of accounts)
    for (const number of await linkNumbers(server, api, account, NUMBERS_EACH))
      held.push({ ...number, account });
  for (const { verbex } of accounts) verbex.decideBy(badWeather(elsewhere));

  const untrue: string[] = [];
  let [saved, later] = [0, 0];
  const write = async (mine: readonly Held[], times: number) => {
    for (let at = 0; at < times; at++) {
      const number = pick(mine);
      const { here, there } = randomEdit(number.account, number.provider);
      const answer = await api.request('PATCH', `/v1/phone-numbers/${number.id}`, { body: here });
      Object.assign(number.wanted, there);
      if (answer.status === 200) {
        saved += 1;
        const wrong = differencesOf(number, thereOf(number.account, number));
        if (wrong.length > 0) untrue.push(`${number.phoneNumber}: ${wrong.join(', ')}`);
      } else if (answer.status === 202) later += 1;
      else throw new Error(`A save was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    }
  };
  const writers = accounts.length * WRITERS_EACH;
  await Promise.all(
    Array.from({ length: writers }, (_, writer) => {
      const of = accounts[writer % accounts.length];
      const mine = held.filter(
        ({ account }, at) => account === of && at % WRITERS_EACH === Math.floor(writer / accounts.length),
      );
      return write(mine, Math.floor(edits / writers) + (writer < edits % writers ? 1 : 0));
    }),
  );
  const asked = accounts.reduce((sum, { verbex }) => sum + verbex.requests.length, 0);
  for (const { verbex } of accounts) verbex.decideBy(() => null);

  const connectionIds = accounts.map(({ connectionId }) => connectionId);
  const settledMs = await whenNothingWaits(api, connectionIds, SETTLED_WITHIN_MS);
  const lost: string[] = [];
  for (const number of held) {
    const link = await linkOf(api, number.id);
    const wrong = differencesOf(number, thereOf(number.account, number));
    if (wrong.length > 0) lost.push(`${number.phoneNumber} (${link?.state}): ${wrong.join(', ')}`);
    else if (link?.state !== 'synced') lost.push(`${number.phoneNumber} is ${link?.state}, ${link?.reason}`);
  }
  report.check(
    `${count(edits)} edits at a platform that wipes, a fifth of its answers wrong: no answer of 200 is untrue`,
    untrue.length === 0 && saved > 0,
    told(untrue, `${count(saved)} said to be there, ${count(later)} later; ${count(asked)} requests`),
  );
  report.check(
    'once the weather is fine no field is lost, of those that nobody knows neither',
    lost.length === 0 && settledMs !== null,
    told(lost, `${held.length} numbers the same on both sides after ${seconds(settledMs ?? 0)}`),
  );

  const [one] = held;
  if (one === undefined) throw new Error('No number was edited');
  const naive = await naively(one.account, 40, elsewhere);
  report.control('a client that sends only what was changed', naive.length > 0);
  const there = thereOf(one.account, one);
  report.control(
    'an answer of 200 of a number that is otherwise there',
    there !== undefined && differencesOf(one, { ...there, friendly_name: 'otherwise' }).length === 1,
  );
};
