import { expect } from 'vitest';
import { connectionSchema } from '#contract/connections/connections.ts';
import { test } from '#server/testing/verbex/connected.ts';

test('a connection says how many numbers are linked to it, wait and differ there', async ({
  connected: { as, connection, verbex, linked, patch, until, thereOf },
}) => {
  const { connection_id: id } = connection;
  const read = async () => connectionSchema.parse((await as.request('GET', `/v1/connections/${id}`)).body);
  const [number, other] = [await linked(), await linked()];
  expect(await read()).toMatchObject({ linked_numbers: 2, waiting_changes: 0, drifted_numbers: 0 });

  const there = thereOf(number);
  if (there === undefined) throw new Error('What is linked is not there.');
  verbex.state.numbers.set(there._id, { ...there, friendly_name: 'There' });
  await patch(number._id, { friendly_name: 'Here' });
  await until(number._id, 'conflict');
  expect(await read()).toMatchObject({ linked_numbers: 2, drifted_numbers: 1, version: 1 });

  await as.request('DELETE', `/v1/phone-numbers/${other._id}`);
  const counted = await read();
  expect(counted).toMatchObject({ linked_numbers: 1, drifted_numbers: 1 });
  // Sent back whole, they are no change.
  const answer = await as.request('PATCH', `/v1/connections/${id}`, {
    body: { ...counted, linked_numbers: 7, waiting_changes: 7, drifted_numbers: 7 },
  });
  expect(answer.status).toBe(200);
  expect(await read()).toMatchObject({ linked_numbers: 1, version: 1 });
});
