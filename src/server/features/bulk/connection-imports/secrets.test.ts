import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addConnection, importAll, previewImport, rowsOfImport } from '#server/testing/given-connection.ts';
import { addNumber, listNumbers } from '#server/testing/given.ts';
import { openTestApp, type Caller, type TestApp } from '#server/testing/test-app.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';

let cordboard: TestApp;
let reset: () => Promise<void>;
let verbex: VerbexStandIn;
let as: Caller;
let connectionId: string;

beforeAll(async () => {
  ({ test: cordboard, reset } = await openTestApp({ unsafeAllowLoopback: true }));
});
afterAll(() => cordboard.app.close());
beforeEach(async () => {
  await reset();
  verbex = await startVerbex();
  as = await cordboard.signedInAs('admin');
  connectionId = await addConnection(as, verbex);
});
afterEach(() => verbex.close());

const [ONE, TWO] = ['+14155550101', '+14155550102'] as const;
const SID = `AC${'0123456789abcdef'.repeat(2)}`;
const TOKEN = 'fedcba9876543210'.repeat(2);
const PASSWORD = 'correct-horse-battery';

/** Everything in the database as text, but for what is sealed. */
const everythingStored = async (): Promise<string> => {
  const tables = await cordboard.database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  const texts: string[] = [];
  for (const { name } of tables)
    texts.push(
      JSON.stringify(await cordboard.database.query(`select to_jsonb(t)::text as row from ${name} t`)),
    );
  return texts.join('\n');
};
const revealed = async (id: string, credential: string) =>
  (await as.request('POST', `/v1/phone-numbers/${id}/reveal`, { body: { credential } })).body['value'];

test('those that are answered in clear are taken over, and nowhere in clear on their way', async () => {
  verbex.state.secrets = 'clear';
  verbex.addNumber({ phone_number: ONE, provider: 'sip', sip_trunk_password: PASSWORD });
  verbex.addNumber({
    phone_number: TWO,
    provider: 'twilio',
    twilio_account_sid: SID,
    twilio_auth_token: TOKEN,
  });
  const plan = await previewImport(as, connectionId);
  const hex = (text: string) => Buffer.from(text).toString('hex');
  const found = async (where: string) =>
    [PASSWORD, TOKEN, hex(PASSWORD), hex(TOKEN)].filter((secret) => where.includes(secret));
  expect(await found(await everythingStored())).toEqual([]);
  expect(await cordboard.database.query('select place from held_secret')).toHaveLength(2);
  const rows = await rowsOfImport(as, plan);
  expect(rows[0]?.differences['sip_trunk_password']).toEqual({
    secret: true,
    before_fingerprint: null,
    after_fingerprint: null,
  });

  const { job } = await importAll(as, connectionId);
  expect(job.counts).toMatchObject({ created: 2 });
  const { phone_numbers: numbers } = await listNumbers(as, { sort: 'phone_number' });
  expect(numbers.map(({ links }) => links[0]?.state)).toEqual(['synced', 'synced']);
  expect(await revealed(numbers[0]?._id ?? '', 'sip_trunk_password')).toBe(PASSWORD);
  expect(await revealed(numbers[1]?._id ?? '', 'twilio_auth_token')).toBe(TOKEN);
  expect(await found(await everythingStored())).toEqual([]);
  expect(await found(cordboard.logLines.join('\n'))).toEqual([]);
  const again = await importAll(as, connectionId);
  expect(again.plan.counts).toMatchObject({ same: 2 });
  // Those of the first plan wait until its time is over; of the others nothing is left.
  const held = await cordboard.database.query('select 1 from held_secret where plan_id <> $1', [
    plan.plan_id,
  ]);
  expect(held).toEqual([]);
});

test.for(['masked', 'withheld'] as const)(
  'one that is %s and not here is left empty, and the number held until it is typed',
  async (manner) => {
    verbex.state.secrets = manner;
    verbex.addNumber({
      phone_number: TWO,
      provider: 'twilio',
      twilio_account_sid: SID,
      twilio_auth_token: TOKEN,
    });
    const { job } = await importAll(as, connectionId);
    expect(job.counts).toMatchObject({ created: 1 });
    const [number] = (await listNumbers(as)).phone_numbers;
    expect(number).toMatchObject({
      twilio_account_sid: SID,
      twilio_auth_token: null,
      links: [{ state: 'held', reason: 'credential_missing' }],
    });
    expect(number?.links[0]?.message).toContain('Auth token');
    expect(await cordboard.database.query('select field from credential')).toEqual([]);
    expect((await importAll(as, connectionId)).plan.counts).toMatchObject({ same: 1 });
  },
);

test('what waited for a credential waits no more once that is taken over', async () => {
  verbex.addNumber({
    phone_number: TWO,
    provider: 'twilio',
    twilio_account_sid: SID,
    twilio_auth_token: TOKEN,
  });
  await importAll(as, connectionId);
  const [held] = (await listNumbers(as)).phone_numbers;
  expect(held).toMatchObject({ links: [{ state: 'held', reason: 'credential_missing' }] });
  await cordboard.database.query(
    `insert into pending_change (phone_number_id, role, connection_id, act, fields, is_person, actor_kind, actor_name, due_at)
     values ($1, 'platform', $2, 'push', '{friendly_name}', true, 'operator', 'x', null)`,
    [held?._id, connectionId],
  );
  verbex.state.secrets = 'clear';
  await importAll(as, connectionId, { different: 'take_theirs' });
  expect((await listNumbers(as)).phone_numbers).toMatchObject([{ links: [{ state: 'synced' }] }]);
  expect(await cordboard.database.query('select 1 from pending_change')).toEqual([]);
});

test('one that is withheld there and set here stays as it is', async () => {
  await addNumber(as, { phone_number: ONE, provider: 'sip', sip_trunk_password: PASSWORD });
  verbex.addNumber({ phone_number: ONE, provider: 'sip', sip_trunk_password: 'another' });
  const { plan } = await importAll(as, connectionId, { different: 'take_theirs' });
  expect(plan.counts).toMatchObject({ same: 1 });
  const [number] = (await listNumbers(as)).phone_numbers;
  expect(number).toMatchObject({ version: 1, links: [{ state: 'synced' }] });
  expect(await revealed(number?._id ?? '', 'sip_trunk_password')).toBe(PASSWORD);
});

test('one that differs is kept, or taken over', async () => {
  verbex.state.secrets = 'clear';
  await addNumber(as, { phone_number: ONE, provider: 'sip', sip_trunk_password: PASSWORD });
  verbex.addNumber({ phone_number: ONE, provider: 'sip', sip_trunk_password: 'another-one' });
  await importAll(as, connectionId);
  const [kept] = (await listNumbers(as)).phone_numbers;
  expect(kept).toMatchObject({ version: 1, links: [{ state: 'drift' }] });
  expect(await revealed(kept?._id ?? '', 'sip_trunk_password')).toBe(PASSWORD);
  await importAll(as, connectionId, { different: 'take_theirs' });
  const [taken] = (await listNumbers(as)).phone_numbers;
  expect(taken).toMatchObject({ version: 2, links: [{ state: 'synced' }] });
  expect(await revealed(taken?._id ?? '', 'sip_trunk_password')).toBe('another-one');
});
