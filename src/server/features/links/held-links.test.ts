import { expect } from 'vitest';
import { addNumber, getNumber } from '#server/testing/given.ts';
import { numberOf, stateOf, test } from '#server/testing/verbex/connected.ts';
import { startVerbex } from '#server/testing/verbex/start-verbex.ts';

test('a connection that leads elsewhere sends nothing there until it is resumed', async ({
  connected: { as, connection, cordboard, patch, linked, until },
}) => {
  const number = await linked({ friendly_name: 'Before' });
  const elsewhere = await startVerbex({ key: 'key-of-elsewhere' });
  elsewhere.addNumber({ phone_number: number.phone_number, provider: 'pia', friendly_name: 'Another' });
  const path = `/v1/connections/${connection.connection_id}`;
  const body = { settings: { base_url: elsewhere.url }, credentials: { api_key: elsewhere.state.key } };
  expect(await as.request('PATCH', path, { body })).toMatchObject({ status: 200, body: { paused: true } });
  expect(await getNumber(as, number._id)).toMatchObject({
    links: [{ state: 'held', reason: 'address_changed' }],
  });
  expect((await patch(number._id, { friendly_name: 'After' })).status).toBe(202);
  expect(elsewhere.requests).toEqual([]);
  const operator = await cordboard.signedInAs('operator');
  expect((await operator.request('POST', `${path}/resume`)).status).toBe(403);
  expect((await as.request('POST', `${path}/resume`)).status).toBe(200);
  // What it was is not there: nothing else is overwritten instead.
  await until(number._id, 'gone');
  expect(elsewhere.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  await elsewhere.close();
});

test('what waits while a connection is paused is sent when it goes on', async ({
  connected: { as, connection, patch, linked, until, verbex, thereOf },
}) => {
  const number = await linked();
  const path = `/v1/connections/${connection.connection_id}`;
  await as.request('POST', `${path}/pause`);
  const asked = verbex.requests.length;
  const answer = await patch(number._id, { friendly_name: 'Waits' });
  expect([answer.status, stateOf(numberOf(answer))]).toEqual([202, 'pending']);
  expect(verbex.requests).toHaveLength(asked);
  await as.request('POST', `${path}/resume`);
  await until(number._id, 'synced');
  expect(thereOf(number)).toMatchObject({ friendly_name: 'Waits' });
});

test('numbers stay when their connection is removed', async ({ connected: { as, connection, linked } }) => {
  const number = await linked();
  expect((await as.request('DELETE', `/v1/connections/${connection.connection_id}`)).status).toBe(204);
  expect((await getNumber(as, number._id)).links).toEqual([]);
});

test('what is there under a number that another has already is refused', async ({
  connected: { as, link, linked, until, verbex, thereOf },
}) => {
  const number = await linked();
  const other = await addNumber(as);
  const there = thereOf(number);
  if (there) there.phone_number = other.phone_number;
  await link(other._id);
  expect((await until(other._id, 'refused')).links).toMatchObject([{ reason: 'linked_elsewhere' }]);
  expect(verbex.state.numbers.size).toBe(1);
});
