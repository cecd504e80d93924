import { describe, expect } from 'vitest';
import { giveOperator, TEST_PASSWORD } from '#server/testing/test-actors.ts';
import { openTestApp, test, type TestAnswer } from '#server/testing/test-app.ts';

const { test: office, reset } = await openTestApp({ trustedProxies: 1 });

interface From {
  address?: string;
  cookie?: string;
  password?: string;
}

const signIn = (
  email: string,
  { address = '192.0.2.1', cookie = '', password = TEST_PASSWORD }: From = {},
  app = office,
) =>
  app.request('POST', '/v1/sign-in', {
    body: { email, password },
    headers: { 'x-forwarded-for': address, cookie },
  });

const deviceOf = ({ headers }: TestAnswer<unknown>) =>
  headers
    .getSetCookie()
    .find((cookie) => cookie.includes('cordboard_device='))
    ?.split(';')[0] ?? '';

const statusesOf = async (times: number, email: string, from: From) => {
  const statuses: number[] = [];
  for (let i = 0; i < times; i += 1) statuses.push((await signIn(email, from)).status);
  return statuses;
};
const tenWrong = Array<number>(10).fill(401);

/** All attempts of strangers at the account are spent. */
const hammer = async (email: string) =>
  expect(await statusesOf(11, email, { address: '203.0.113.66', password: 'wrong' })).toEqual([
    ...tenWrong,
    429,
  ]);

describe('a browser where the operator signed in before', () => {
  test('is given a cookie that no script reads and no other site sends', async () => {
    await reset();
    const { email } = await giveOperator(office.database, 'operator');
    const [, cookie] = (await signIn(email)).headers.getSetCookie();
    expect(cookie).toMatch(
      /^cordboard_device=[\w-]{44}; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Strict$/,
    );
  });

  test('gets in while strangers hammer at the account, and where its address is spent', async () => {
    await reset();
    const { email } = await giveOperator(office.database, 'admin');
    const cookie = deviceOf(await signIn(email));
    await hammer(email);
    const shared = '203.0.113.80';
    await Promise.all(
      Array.from({ length: 62 }, (_, i) =>
        signIn(`n${i}@company.example`, { address: shared, password: 'wrong' }),
      ),
    );
    expect((await signIn('other@company.example', { address: shared })).status).toBe(429);
    expect((await signIn(email, { address: shared })).status).toBe(429);
    expect((await signIn(email, { address: shared, cookie })).status).toBe(200);
  });

  test('has ten attempts of its own, cleared by the right password, and spends nobody else’s', async () => {
    await reset();
    const { email } = await giveOperator(office.database, 'operator');
    const cookie = deviceOf(await signIn(email));
    expect(await statusesOf(9, email, { cookie, password: 'wrong' })).toEqual(Array(9).fill(401));
    expect((await signIn(email, { cookie })).status).toBe(200);
    expect(await statusesOf(11, email, { cookie, password: 'wrong' })).toEqual([...tenWrong, 429]);
    expect((await signIn(email, { cookie })).status).toBe(429);
    expect((await signIn(email)).status).toBe(200);
    const events = await office.database.query(
      `select 1 from audit_event where detail like 'The password was wrong, in a browser%'`,
    );
    expect(events).toHaveLength(19);
  });

  test('is none for another account, with a forged seal, or after a new password', async () => {
    await reset();
    const [one, other] = await Promise.all([
      giveOperator(office.database, 'operator'),
      giveOperator(office.database, 'operator'),
    ]);
    const cookie = deviceOf(await signIn(one.email));
    await hammer(one.email);
    await hammer(other.email);
    expect((await signIn(other.email, { cookie })).status).toBe(429);
    const forged = `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`;
    expect((await signIn(one.email, { cookie: forged })).status).toBe(429);
    const session = await signIn(one.email, { cookie });
    expect(session.status).toBe(200);
    const changed = await office.request('POST', '/v1/me/password', {
      body: { current_password: TEST_PASSWORD, new_password: 'four other words entirely' },
      headers: { cookie: `${session.headers.getSetCookie()[0]?.split(';')[0]}; ${cookie}` },
    });
    expect(changed.status).toBe(204);
    const password = 'four other words entirely';
    expect((await signIn(one.email, { cookie, password })).status).toBe(429);
    expect(deviceOf(changed)).not.toBe(cookie);
    expect((await signIn(one.email, { cookie: deviceOf(changed), password })).status).toBe(200);
  });

  test('may be that of several operators; of one operator twenty are known', async () => {
    await reset();
    const [one, other] = await Promise.all([
      giveOperator(office.database, 'operator'),
      giveOperator(office.database, 'operator'),
    ]);
    const first = deviceOf(await signIn(one.email));
    const cookie = deviceOf(await signIn(other.email, { cookie: first }));
    expect(cookie).toMatch(/=[\w-]{44}\.[\w-]{44}$/);
    for (let i = 0; i < 21; i += 1) await signIn(one.email);
    expect(
      await office.database.query('select 1 from known_device where operator_id = $1', [one.id]),
    ).toHaveLength(20);
    await hammer(one.email);
    await hammer(other.email);
    expect((await signIn(one.email, { cookie })).status).toBe(429);
    expect((await signIn(other.email, { cookie })).status).toBe(200);
  });

  test('is refused from memory when its own attempts are spent, and a cookie of no seal asks the database nothing', async () => {
    await reset();
    const { email } = await giveOperator(office.database, 'operator');
    const cookie = deviceOf(await signIn(email));
    await hammer(email);
    expect(await statusesOf(11, email, { cookie, password: 'wrong' })).toEqual([...tenWrong, 429]);
    await office.database.transaction(async () => {
      // Whoever asks the pool here fails: see refuseNesting.
      for (const given of [cookie, '', `cordboard_device=${'A'.repeat(44)}`])
        expect((await signIn(email, { cookie: given })).status).toBe(429);
    });
  });
});

describe('attempts at the door', () => {
  test('are counted by all instances together, whatever way an address is written', async () => {
    await reset();
    const { test: second } = await openTestApp({ trustedProxies: 1 });
    const { email } = await giveOperator(office.database, 'operator');
    const statuses: number[] = [];
    for (let i = 0; i < 14; i += 1)
      statuses.push(
        (await signIn(email, { address: `203.0.113.${i}`, password: 'wrong' }, i % 2 ? second : office))
          .status,
      );
    expect(statuses).toEqual([...tenWrong, 429, 429, 429, 429]);
    const spellings = [
      '2001:db8:5:6::1',
      '[2001:DB8:5:6::2]:443',
      '2001:db8:5:6:ffff:0:0:3',
      '2001:0db8:0005:0006::4%eth0',
    ];
    const answers = await Promise.all(
      Array.from({ length: 70 }, (_, i) =>
        signIn(
          `n${i}@company.example`,
          { address: spellings[i % 4] ?? '', password: 'wrong' },
          i % 2 ? second : office,
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(60);
    second.app.close();
  });

  test('with a set-up link that is none are counted and recorded', async ({ cordboard }) => {
    const body = {
      token: 'a'.repeat(43),
      name: 'First',
      email: 'first@company.example',
      password: TEST_PASSWORD,
    };
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => cordboard.request('POST', '/v1/set-up', { body })),
    );
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(60);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    const recorded = await cordboard.database.query<{ detail: string }>(
      `select detail from audit_event where subject_id = 'unknown' and subject_name = 'the set-up link'`,
    );
    expect(recorded.filter(({ detail }) => detail === 'The set-up link was not valid')).toHaveLength(20);
  });
});
