import { bodyLimits } from '#contract/body-limits.ts';
import {
  escaped,
  largestHours,
  largestMessage,
  largestPhoneNumber,
  largestPreview,
  largestRouting,
} from '#server/testing/largest-bodies.ts';
import { nextPhoneNumber } from '../../http.ts';

/** Bodies and addresses made to cost the server more than the sender. All are refused. */
export interface CostlyRequest {
  what: string;
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  raw?: string;
  headers?: Record<string, string>;
  isAnonymous?: true;
}

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const MIB = 1024 * 1024;
/** All of what a number may weigh, but for the fields around it. */
const ROOM = bodyLimits.phoneNumber - 300;

const numberWith = (field: string, raw: string) =>
  `{"provider":"pia","phone_number":"${nextPhoneNumber()}","${field}":${raw}}`;
const filled = (piece: string, size = ROOM) => piece.repeat(Math.floor(size / Buffer.byteLength(piece)));

const anonymous = (): CostlyRequest[] =>
  [
    ['1 MiB of text', `{"email":"${'x'.repeat(MIB)}","password":"x"}`],
    ['100,000 keys', `{${times(100_000, (at) => `"k${at}":1`).join()}}`],
    ['700 kB of escapes', `{"email":"${filled(String.raw`\u0041`, 700_000)}","password":"x"}`],
    ['4 KiB of keys', `{${times(400, (at) => `"k${at}":1`).join()}}`],
    ['4 KiB of lists', `{"email":[${filled('[],', 3900)}1]}`],
  ].map(([what = '', raw = '']): CostlyRequest => ({
    what: `sign-in, nobody: ${what}`,
    method: 'POST',
    path: '/v1/sign-in',
    raw,
    isAnonymous: true,
  }));

const ofNumbers = (agentId: string): CostlyRequest[] => {
  const whole = largestPhoneNumber(nextPhoneNumber(), agentId, 'ffffffffffffffffffffffff');
  const bodies: [what: string, raw: string][] = [
    ['one text, as large as can be', numberWith('notes', `"${'x'.repeat(ROOM)}"`)],
    ['one text of faces', numberWith('notes', `"${filled('🙂')}"`)],
    ['one text of escapes', numberWith('notes', `"${filled(String.raw`\u0995`)}"`)],
    ['one text of escaped quotes', numberWith('notes', `"${filled(String.raw`\"`)}"`)],
    ['one name of spaces', numberWith('friendly_name', `"${filled(' ')}"`)],
    ['one trunk address', numberWith('sip_termination_uri', `"sip:${filled('a.')}"`).replace('pia', 'sip')],
    [
      'one forward of brackets',
      numberWith('routing', `{"fallback":{"type":"forward","to":"${filled('(+')}"}}`),
    ],
    ['blanks between values', `${filled(' ')}{}`],
    ['a number of 500,000 digits', numberWith('notes', '9'.repeat(500_000))],
    ['100,000 values in a list', numberWith('labels', `[${filled('7,', 200_000)}7]`)],
    ['15,000 values in a list', numberWith('labels', `[${filled('7,', 30_000)}7]`)],
    ['100,000 keys', `{${times(100_000, (at) => `"k${at}":1`).join()}}`],
    ['15,000 keys', `{${times(15_000, (at) => `"k${at}":1`).join()}}`],
    ['15,000 keys of metadata', numberWith('metadata', `{${times(15_000, (at) => `"k ${at}":1`).join()}}`)],
    ['a list in a list, 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['9,000 labels', numberWith('labels', JSON.stringify(times(9000, (at) => `l${at}`)))],
    [
      '2,000 blocked callers, none valid',
      numberWith(
        'call_handling',
        JSON.stringify({ blocked_callers: times(2000, () => ({ number: 'x', colour: 1 })) }),
      ),
    ],
    [
      '500 blocked callers, none valid',
      numberWith(
        'call_handling',
        JSON.stringify({ blocked_callers: times(500, () => ({ number: 'x', colour: 1 })) }),
      ),
    ],
    [
      '50 rules with 300 callers each',
      numberWith(
        'routing',
        JSON.stringify({
          rules: times(50, () => ({
            when: { caller_in: times(300, () => 'x') },
            destination: largestMessage,
          })),
        }),
      ),
    ],
    [
      '50 rules with 40 callers each, none valid',
      numberWith(
        'routing',
        JSON.stringify({
          rules: times(50, () => ({ when: { caller_in: times(40, () => 'x') }, destination: { type: 'x' } })),
        }),
      ),
    ],
    ['the largest of all, escaped, with a field too many', escaped({ ...whole, colour: 'blue' })],
    ['a key twice, at the end of the largest', JSON.stringify(whole).replace(/\}$/, ',"notes":"again"}')],
  ];
  return bodies.map(([what, raw]): CostlyRequest => ({
    what,
    method: 'POST',
    path: '/v1/phone-numbers',
    raw,
  }));
};

const overlapping = (count: number, days: object) =>
  times(count, () => ({ ...days, start: '08:00', end: '07:59' }));

export const costlyRequests = (numberId: string, agentIds: readonly string[]): CostlyRequest[] => {
  const preview = largestPreview(agentIds);
  const days = { days: [1, 2, 3, 4, 5, 6, 7] };
  const exception = {
    name: 'x',
    start_date: '2030-01-01',
    end_date: '2030-12-31',
    intervals: overlapping(10, {}),
  };
  const one = `/v1/phone-numbers/${numberId}`;
  return [
    ...anonymous(),
    ...ofNumbers(agentIds[0] ?? ''),
    {
      what: 'a patch with 15,000 unknown fields',
      method: 'PATCH',
      path: one,
      raw: `{${times(15_000, (at) => `"k${at}":1`).join()}}`,
    },
    {
      what: 'a patch of one text of escapes',
      method: 'PATCH',
      path: one,
      raw: `{"notes":"${filled(String.raw`\ud83d\ude42`)}"}`,
    },
    {
      what: 'a preview of the largest rules, the last one wrong',
      method: 'POST',
      path: `${one}/route/preview`,
      raw: JSON.stringify({
        ...preview,
        routing: { ...largestRouting(largestMessage, null), fallback: { type: 'x' } },
      }),
    },
    {
      what: 'hours of which all overlap',
      method: 'POST',
      path: '/v1/business-hours',
      raw: JSON.stringify({
        ...largestHours,
        weekly: overlapping(70, days),
        exceptions: times(100, () => exception),
      }),
    },
    { what: 'a route of 1 MiB', method: 'POST', path: '/v1/route', raw: `{"to":"${'1'.repeat(MIB)}"}` },
    {
      what: 'a route of 16 KiB of lists',
      method: 'POST',
      path: '/v1/route',
      raw: `{"to":[${filled('[],', 16_000)}1]}`,
    },
    {
      what: 'a query of 5,000 parameters',
      method: 'GET',
      path: `/v1/phone-numbers?${times(2500, (at) => at.toString(36)).join('&')}&a&a`,
    },
    {
      what: 'a search of 12,000 characters',
      method: 'GET',
      path: `/v1/phone-numbers?q=${'a%20'.repeat(3000)}`,
    },
    {
      what: 'a page token of 12,000 characters',
      method: 'GET',
      path: `/v1/phone-numbers?page_token=${'A'.repeat(12_000)}`,
    },
    {
      what: 'an If-Match of 12,000 characters',
      method: 'PATCH',
      path: one,
      raw: '{}',
      headers: { 'if-match': `"${'1'.repeat(12_000)}"` },
    },
    {
      what: '3,000 cookies, nobody',
      method: 'GET',
      path: '/v1/me',
      headers: { cookie: 'c=d;'.repeat(3000) },
      isAnonymous: true,
    },
  ];
};
