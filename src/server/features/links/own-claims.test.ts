import { expect } from 'vitest';
import { addNumber, expectProblem, getNumber } from '#server/testing/given.ts';
import { linkPath, stateOf, test } from '#server/testing/verbex/connected.ts';

test('what is linked anew is not ended by what was under way before', async ({
  connected: { as, verbex, link, linked, patch, until, thereOf },
}) => {
  const number = await linked();
  let hasBegun = false;
  verbex.decideBy(({ method }) => {
    if (method !== 'PATCH' || hasBegun) return null;
    hasBegun = true;
    return { does: 'hang', when: 'before' };
  });
  const saving = patch(number._id, { friendly_name: 'Hangs' });
  await expect.poll(() => hasBegun).toBe(true);
  expect((await as.request('DELETE', linkPath(number._id))).status).toBe(204);
  verbex.state.numbers.clear();
  expect((await link(number._id)).status).toBe(202);
  await until(number._id, 'synced');
  // Created anew, rather than thought to be there.
  expect(thereOf(number)).toMatchObject({ friendly_name: 'Hangs' });
  await saving;
});

test('a number that is being created is not unlinked meanwhile', async ({
  connected: { as, verbex, link },
}) => {
  const number = await addNumber(as);
  let hasBegun = false;
  verbex.decideBy(({ method }) => {
    if (method !== 'POST') return null;
    hasBegun = true;
    return { does: 'hang', when: 'after' };
  });
  await link(number._id);
  await expect.poll(() => hasBegun).toBe(true);
  expectProblem(await as.request('DELETE', linkPath(number._id)), 409, 'link_changed');
  verbex.decideBy(() => null);
  expect(stateOf(await getNumber(as, number._id))).toBe('pending');
});

test('a number that is to be deleted there is not erased here before', async ({
  connected: { as, connection, linked },
}) => {
  const number = await linked();
  await as.request('POST', `/v1/connections/${connection.connection_id}/pause`);
  const path = `/v1/phone-numbers/${number._id}`;
  expect((await as.request('DELETE', `${path}?platform=delete`)).status).toBe(204);
  expectProblem(await as.request('POST', `${path}/delete-for-good`), 409, 'not_deleted_there');
});
