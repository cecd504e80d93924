import { get } from 'node:http';
import type { Caller } from '../../http.ts';
import { median } from '../proof.ts';

/** What one sender got: how long each answer took, and its status. */
export interface TimedAnswer {
  ms: number;
  status: number;
}

export const ask = async (api: Caller, path: string): Promise<TimedAnswer> => {
  const startedAt = performance.now();
  const { status } = await api.request('GET', path);
  return { ms: performance.now() - startedAt, status };
};

/** The list as the console asks for it first. */
export const FIRST_PAGE = '/v1/phone-numbers?include=total,answering_now&page_size=50&sort=-updated_at';

const filters = [
  'provider=sip',
  'provider=twilio',
  'label=production',
  'label=vip',
  'inbound_agent_id=none',
  'outbound_agent_id=none',
];
const sorts = [
  'friendly_name',
  '-friendly_name',
  'phone_number',
  '-phone_number',
  'created_at',
  '-updated_at',
];

/** Somewhere down a filtered and sorted list of so many numbers: another place each time. */
export const deepPage = (turn: number, numbers: number): string => {
  const skip = Math.floor(numbers * 0.15 * ((turn * 0.618034) % 1)) + 6000;
  return `/v1/phone-numbers?include=answering_now&page_size=50&${filters[turn % filters.length]}&sort=${sorts[(turn * 5) % sorts.length]}&skip=${skip}`;
};

/** So many deep pages at once, and another as soon as one is answered, whatever the answer. */
export const flood = (api: Caller, numbers: number, parallel: number) => {
  const answered: TimedAnswer[] = [];
  let isOver = false;
  let turn = 0;
  const send = async () => {
    while (!isOver) answered.push(await ask(api, deepPage(turn++, numbers)));
  };
  const sending = Promise.all(Array.from({ length: parallel }, send));
  return {
    answered,
    stop: async () => {
      isOver = true;
      await sending;
    },
  };
};

export const askTimes = async (api: Caller, path: string, times: number): Promise<TimedAnswer[]> => {
  const answered: TimedAnswer[] = [];
  for (let n = 0; n < times; n++) answered.push(await ask(api, path));
  return answered;
};

export const medianMs = (answered: readonly TimedAnswer[]) => median(answered.map(({ ms }) => ms));

export interface OpenStream {
  isOver: boolean;
  text: string;
  close(): void;
}

/** An event stream; resolves once it is open. */
export const follow = ({ url, headers }: Caller): Promise<OpenStream> =>
  new Promise((resolve, reject) => {
    const request = get(`${url}/v1/changes`, { headers, agent: false }, (answer) => {
      const following: OpenStream = { isOver: false, text: '', close: () => request.destroy() };
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (following.text += part));
      answer.on('error', () => {});
      answer.on('close', () => (following.isOver = true));
      resolve(following);
    });
    request.on('error', reject);
  });
