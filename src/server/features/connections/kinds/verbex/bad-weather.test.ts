import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEgress } from '#server/platform/egress/egress.ts';
import type { UpstreamClient } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { makeCertificate } from '#server/testing/local-servers.ts';
import type { Fault } from '#server/testing/verbex/faults.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';
import { verbex } from './verbex.ts';

const PASSWORD = 'hunter2-canary';
const egress = createEgress({ allowedNetworks: [], allowLoopback: true });
let platform: VerbexStandIn;
let client: UpstreamClient;
let id: string;
beforeEach(async () => {
  platform = await startVerbex();
  client = { egress, baseUrl: platform.url, credentials: { api_key: platform.state.key }, timeoutMs: 3000 };
  ({ _id: id } = platform.addNumber({
    phone_number: '+14155552671',
    provider: 'sip',
    friendly_name: 'Desk',
  }));
});
afterEach(() => platform.close());

const failureOf = async (asking: Promise<unknown>): Promise<UpstreamError> => {
  const error = await asking.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UpstreamError)) throw error ?? new Error('It was answered');
  const said = JSON.stringify([error.message, error.problems, error]);
  expect(said).not.toContain(PASSWORD);
  expect(said).not.toContain(platform.state.key.slice(0, 10));
  return error;
};
const read = (fault: Fault) => {
  platform.next(fault);
  return failureOf(verbex.getNumber(client, id));
};
const write = (fault: Fault, name = 'New name') => {
  platform.next(fault);
  return failureOf(verbex.patchNumber(client, id, { friendly_name: name, sip_trunk_password: PASSWORD }));
};
const nameThere = () => platform.state.numbers.get(id)?.['friendly_name'];

describe('a write whose outcome nobody knows', () => {
  test.for([
    [{ does: 'fail', when: 'before' }, 'Desk'],
    [{ does: 'fail', when: 'after' }, 'New name'],
    [{ does: 'drop', when: 'before' }, 'Desk'],
    [{ does: 'drop', when: 'after' }, 'New name'],
    [{ does: 'answer', status: 503, body: { detail: 'down' } }, 'Desk'],
    [{ does: 'answer', status: 504 }, 'Desk'],
  ] as const)('%j says so, and is not tried again', async ([fault, there]) => {
    const { code, mayHaveChanged } = await write(fault);
    expect([code, mayHaveChanged, nameThere(), platform.requests.length]).toEqual([
      'unknown_outcome',
      true,
      there,
      1,
    ]);
  });

  test('one that nobody answers in time, too', async () => {
    client = { ...client, timeoutMs: 100 };
    const { code, reason } = await write({ does: 'hang', when: 'after' });
    expect([code, reason, nameThere()]).toEqual(['unknown_outcome', 'timed_out', 'New name']);
  });

  test('HTML or ten megabytes in place of the record may hide that it was done', async () => {
    expect(await write({ does: 'answer_html', when: 'after' })).toMatchObject({
      code: 'not_json',
      mayHaveChanged: true,
    });
    expect(nameThere()).toBe('New name');
    expect(await write({ does: 'answer_much', bytes: 10_000_001 })).toMatchObject({
      code: 'too_large',
      mayHaveChanged: true,
    });
    expect(await write({ does: 'answer', status: 200, body: {} })).toMatchObject({
      code: 'unexpected_answer',
      mayHaveChanged: true,
    });
  });

  test('one that never left was not done', async () => {
    await platform.close();
    const { code, mayHaveChanged } = await failureOf(verbex.patchNumber(client, id, { friendly_name: 'x' }));
    expect([code, mayHaveChanged]).toEqual(['unavailable', false]);
    platform = await startVerbex();
  });
});

test.for([
  [{ does: 'drop', when: 'before' }, 'unavailable'],
  [{ does: 'answer', status: 503 }, 'unavailable'],
  [{ does: 'answer_html', when: 'before' }, 'not_json'],
  [{ does: 'answer_much', bytes: 10_000_001 }, 'too_large'],
  [{ does: 'answer', status: 200, body: [] }, 'unexpected_answer'],
  [{ does: 'answer', status: 200, body: 'ok' }, 'unexpected_answer'],
] as const)('a read that gets %j is %s, and changes nothing', async ([fault, code]) => {
  expect(await read(fault)).toMatchObject({ code, mayHaveChanged: false });
});

test('too many requests: nothing was done, and it says how long to wait where it is told', async () => {
  const limited = (headers: Record<string, string>) =>
    write({ does: 'answer', status: 429, body: { detail: 'Too many requests' }, headers });
  const refused = { code: 'rate_limited', mayHaveChanged: false };
  expect(await limited({})).toMatchObject({ ...refused, retryAfterMs: null });
  expect(await limited({ 'retry-after': '7' })).toMatchObject({ ...refused, retryAfterMs: 7000 });
  expect(await limited({ 'retry-after': 'soon' })).toMatchObject({ ...refused, retryAfterMs: null });
  for (const never of ['999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])
    expect(await limited({ 'retry-after': never })).toMatchObject({ retryAfterMs: 86_400_000 });
  const date = await limited({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() });
  expect(date.retryAfterMs).toBeGreaterThan(50_000);
  expect(date.retryAfterMs).toBeLessThanOrEqual(60_000);
  expect(nameThere()).toBe('Desk');
});

describe('what is refused is said at its field, without what was sent', () => {
  test('by the platform’s own judgement', async () => {
    const long = 'n'.repeat(300);
    const { problems } = await failureOf(
      verbex.patchNumber(client, id, { friendly_name: long, sip_trunk_password: `${PASSWORD}${long}` }),
    );
    expect(problems.map(({ field }) => field)).toEqual(['friendly_name', 'sip_trunk_password']);
    expect(problems[1]?.message).toBe('The platform does not accept this value.');
  });

  test.for([
    [{ detail: 'Agent not found' }, null, 'Agent not found'],
    [{ detail: [{ loc: ['body', 'inbound_agent_id'], msg: 'Not known' }] }, 'inbound_agent_id', 'Not known'],
    [{ detail: [{ loc: ['body', 'colour', 0], msg: 'Not known' }] }, null, 'Not known'],
    [{ status: 'error', message: 'Name taken', error: 'conflict' }, null, 'Name taken'],
    [
      { data: null, message: 'Wrong', status: 'error', error_details: { friendly_name: ['too short'] } },
      'friendly_name',
      'too short',
    ],
    [{ data: null, message: 'Wrong', status: 'error', error_details: null }, null, 'Wrong'],
    [{ detail: `The password ${PASSWORD} is weak` }, null, 'The password •••••••• is weak'],
    [{ status: 'error', error: 'conflict' }, null, 'conflict'],
  ] as const)('%j', async ([body, field, message]) => {
    expect(await write({ does: 'answer', status: 400, body })).toMatchObject({
      code: 'rejected',
      status: 400,
      mayHaveChanged: false,
      problems: [{ field, message }],
    });
  });

  test.for([null, [], {}, { detail: null }, { detail: [7] }, { detail: { deep: { deeper: 1 } } }])(
    'in no shape that is known: %j',
    async (body) => {
      expect(await write({ does: 'answer', status: 422, body })).toMatchObject({
        code: 'rejected',
        problems: [],
      });
    },
  );
});

describe('a slash too much or too little', () => {
  test.for(['with', 'without'] as const)(
    'is asked for the other way (%s), at the same origin',
    async (slash) => {
      const { key, cert } = makeCertificate(['IP:127.0.0.1']);
      const secure = await startVerbex({ slash }, { certificate: { key, cert } });
      try {
        const safe = createEgress({ allowedNetworks: [], allowLoopback: true, certificateAuthorities: cert });
        const there = { egress: safe, baseUrl: secure.url, credentials: { api_key: secure.state.key } };
        const { _id } = secure.addNumber({ phone_number: '+14155552671', provider: 'pia' });
        const { fields } = await verbex.patchNumber(there, _id, { friendly_name: 'New name' });
        expect(fields['friendly_name']).toBe('New name');
        expect(secure.requests.map(({ path }) => path)).toEqual(
          slash === 'with'
            ? [`/v1/phone-numbers/${_id}`, `/v1/phone-numbers/${_id}/`]
            : [`/v1/phone-numbers/${_id}`],
        );
        expect(
          secure.requests.every(({ authorization }) => authorization === `Bearer ${secure.state.key}`),
        ).toBe(true);
      } finally {
        await secure.close();
      }
    },
  );

  test('is tried once, and any other redirect not at all', async () => {
    const elsewhere = await startVerbex();
    try {
      const to = (location: string, status = 307): Fault => ({
        does: 'answer',
        status,
        headers: { location },
      });
      const back = to(`${elsewhere.url}/v1/phone-numbers/${id}/`);
      platform.next(back, back);
      expect(await failureOf(verbex.patchNumber(client, id, {}))).toMatchObject({ code: 'redirected' });
      expect(platform.requests.length).toBe(2);
      for (const fault of [
        to(`${elsewhere.url}/v1/phone-numbers/${id}`),
        to('/login'),
        to('::'),
        to(`/v1/phone-numbers/${id}/`, 303),
      ]) {
        platform.requests.length = 0;
        expect(await read(fault)).toMatchObject({ code: 'redirected' });
        expect(platform.requests.length).toBe(1);
      }
    } finally {
      expect(elsewhere.requests).toEqual([]);
      await elsewhere.close();
    }
  });
});
