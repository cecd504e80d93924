import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectionSchema } from '#contract/connections/connections.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { addNumber, getNumber } from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';
import { openTestApp, type Caller, type TestApp } from '#server/testing/test-app.ts';
import type { Fault } from '#server/testing/verbex/faults.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';

/* Faults one after another, as they come in bad weather: each alone is harmless. */

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
  const settings = { base_url: verbex.url };
  const body = { kind: 'verbex', name: 'Verbex', settings, credentials: { api_key: verbex.state.key } };
  connectionId = connectionSchema.parse(
    (await as.request('POST', '/v1/connections', { body })).body,
  ).connection_id;
});
afterEach(() => verbex.close());

const stateOf = async (id: string) => (await getNumber(as, id)).links[0]?.state;
const until = (id: string, state: string) => expect.poll(() => stateOf(id), { timeout: 9000 }).toBe(state);
const link = (id: string) =>
  as.request('POST', `/v1/phone-numbers/${id}/links`, {
    body: { role: 'platform', connection_id: connectionId },
  });
const linked = async (): Promise<PhoneNumber> => {
  const number = await addNumber(as, { ...trunk, friendly_name: 'First' });
  await link(number._id);
  await until(number._id, 'synced');
  return number;
};
const patch = (id: string, body: object) => as.request('PATCH', `/v1/phone-numbers/${id}`, { body });
const thereOf = ({ phone_number: number }: PhoneNumber) =>
  [...verbex.state.numbers.values()].find((record) => record.phone_number === number);
const lost: Fault = { does: 'fail', when: 'after' };
const unanswered: Fault = { does: 'fail', when: 'before' };

test('a new secret that is withheld is not taken for sent where nothing was heard of it', async () => {
  const number = await linked();
  verbex.next(null, unanswered);
  const answer = await patch(number._id, { sip_trunk_password: 'second-secret' });
  if (answer.status === 200) expect(thereOf(number)?.['sip_trunk_password']).toBe('second-secret');
  await until(number._id, 'synced');
  expect(thereOf(number)?.['sip_trunk_password']).toBe('second-secret');
});

test('what arrived unheard is known again after a read that failed, and is no conflict', async () => {
  const number = await linked();
  // The write arrives, neither it nor the reads after it are answered; then it is changed again.
  verbex.next(null, lost, unanswered, unanswered);
  expect((await patch(number._id, { friendly_name: 'Second' })).status).toBe(202);
  await expect.poll(() => verbex.requests.length).toBeGreaterThan(5);
  await patch(number._id, { friendly_name: 'Third' });
  await until(number._id, 'synced');
  expect(thereOf(number)).toMatchObject({ friendly_name: 'Third' });
});

test('nor after another write that did not arrive', async () => {
  const number = await linked();
  verbex.next(null, lost, unanswered);
  expect((await patch(number._id, { friendly_name: 'Second' })).status).toBe(202);
  verbex.next(null, unanswered, unanswered);
  expect((await patch(number._id, { friendly_name: 'Third' })).status).toBe(202);
  await until(number._id, 'synced');
  expect(thereOf(number)).toMatchObject({ friendly_name: 'Third' });
});

test('what is changed between a create that was not heard of and its finding is sent as well', async () => {
  const number = await addNumber(as, { ...trunk, friendly_name: 'First' });
  verbex.next(null, lost);
  await link(number._id);
  await until(number._id, 'retrying');
  expect(thereOf(number)).toMatchObject({ friendly_name: 'First' });
  await patch(number._id, { friendly_name: 'Second', sip_trunk_password: 'second-secret' });
  await until(number._id, 'synced');
  expect(thereOf(number)).toMatchObject({
    friendly_name: 'Second',
    sip_trunk_password: 'second-secret',
  });
  expect(verbex.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('once one number gets through, those that wait for the platform go on at once', async () => {
  const numbers = [await linked(), await linked(), await linked()];
  verbex.decideBy(() => unanswered);
  for (const { _id } of numbers) expect((await patch(_id, { friendly_name: 'Later' })).status).toBe(202);
  // They have been away for long, and are not to be tried again for as long.
  const [one] = numbers;
  await cordboard.database.query(
    `update pending_change set attempt = 9, due_at = clock_timestamp() + interval '10 minutes'`,
  );
  verbex.decideBy(() => null);
  await cordboard.database.query(
    `update pending_change set due_at = clock_timestamp() where phone_number_id = $1`,
    [one?._id],
  );
  for (const { _id } of numbers) await until(_id, 'synced');
});

test('a platform that was away is tried again soon, however long its numbers are to wait', async () => {
  const number = await linked();
  verbex.decideBy(() => unanswered);
  expect((await patch(number._id, { friendly_name: 'Later' })).status).toBe(202);
  verbex.decideBy(() => null);
  await cordboard.database.query(
    `update pending_change set attempt = 9, due_at = clock_timestamp() + interval '10 minutes'`,
  );
  // As after a while in which nobody asked.
  await cordboard.database.query(
    `update connection set next_request_at = clock_timestamp() - interval '1 minute'`,
  );
  await until(number._id, 'synced');
});
