import type { Page } from '@playwright/test';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';
import { addConnection, removeConnections, test } from '../../connections.ts';
import { expect, expectAccessible } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, assign, openList, openSheet, rowWith, unique } from '../../numbers.ts';

/** A number that is on a platform, too, and both have the same. */
const linkedNumber = async (api: Caller, verbex: VerbexStandIn) => {
  const connection = await addConnection(api, verbex);
  const word = unique('Linked');
  const number = await addNumber(api, 'pia', { friendly_name: word });
  const there = verbex.addNumber({
    phone_number: number.phone_number,
    provider: 'pia',
    friendly_name: word,
  });
  await api.send('POST', `/v1/phone-numbers/${number._id}/links`, {
    role: 'platform',
    connection_id: connection.connection_id,
  });
  const stateOf = async () =>
    (await api.get<PhoneNumber>(`/v1/phone-numbers/${number._id}`)).links.map(({ state }) => state).join();
  await expect.poll(stateOf).toBe('synced');
  const called = () => verbex.state.numbers.get(there._id)?.['friendly_name'];
  return { connection, word, number, there, stateOf, called };
};

const strip = (page: Page) => page.getByRole('region', { name: 'Upstream' });
const rename = async (page: Page, name: string) => {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('button', { name: /^Save/ }).click();
};

test('a save says whether the platform has it', async ({ signedInAs, api, verbex }) => {
  await removeConnections(api);
  await removeConnections(api);
  const { connection, word, number, called } = await linkedNumber(api, verbex);
  const page = await signedInAs('operator');
  await openSheet(page, number._id);
  await expect(strip(page)).toContainText(connection.name);
  await expect(strip(page)).toContainText('Synced');
  await expectAccessible(page);
  await rename(page, `${word} one`);
  await expect(page.getByText(`Saved, and on ${connection.name}`)).toBeVisible();
  expect(called()).toBe(`${word} one`);

  // Nothing moves under the hand, whatever becomes of it there.
  const compare = page.getByRole('button', { name: 'Compare' });
  const tab = page.getByRole('tab', { name: 'Routing' });
  const places = async () => [await compare.boundingBox(), await tab.boundingBox()];
  const before = await places();
  verbex.decideBy(() => ({ does: 'fail', when: 'before' }));
  await rename(page, `${word} two`);
  await expect(page.getByText(`Saved here. Not on ${connection.name} yet`)).toBeVisible();
  await expect(strip(page)).toContainText(/Waiting|Trying again/);
  expect(await places()).toEqual(before);
  expect(called()).toBe(`${word} one`);
  const banner = page.getByRole('link', { name: `1 number is not` });
  await expect(banner).toBeVisible();
  await expectAccessible(page);

  await compare.click();
  const drawer = page.getByRole('dialog', { name: `on ${connection.name}` });
  await expect(drawer.getByRole('region', { name: 'What differs' })).toContainText(`${word} two`);
  await expectAccessible(page);
  verbex.decideBy(() => null);
  await drawer.getByRole('button', { name: 'Retry' }).click();
  await expect(drawer).toContainText('Synced');
  await expect.poll(called).toBe(`${word} two`);
  await page.keyboard.press('Escape');
  await expect(banner).toHaveCount(0);
});

test('what was changed here and there is shown, and decided', async ({ signedInAs, api, verbex }) => {
  const { connection, word, number, there, called } = await linkedNumber(api, verbex);
  verbex.state.numbers.set(there._id, { ...there, friendly_name: `${word} theirs` });
  const page = await signedInAs('operator');
  await openSheet(page, number._id);
  await rename(page, `${word} mine`);
  await expect(strip(page)).toContainText('Changed here and there');
  expect(called()).toBe(`${word} theirs`);
  await page.getByRole('button', { name: 'Compare' }).click();
  const drawer = page.getByRole('dialog', { name: `on ${connection.name}` });
  const differing = drawer.getByRole('region', { name: 'What differs' });
  await expect(differing).toContainText(`${word} mine`);
  await expect(differing).toContainText(`${word} theirs`);
  await drawer.getByRole('button', { name: 'Take theirs: Name' }).click();
  await expect(drawer).toContainText('Synced');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(`${word} theirs`);
  expect(called()).toBe(`${word} theirs`);

  // A viewer sees the same, and has nothing to press.
  const viewer = await signedInAs('viewer');
  await openSheet(viewer, number._id);
  await viewer.getByRole('button', { name: 'Compare' }).click();
  const seen = viewer.getByRole('dialog', { name: `on ${connection.name}` });
  await expect(seen).toContainText(`The same here and on ${connection.name}`);
  await expect(seen.getByRole('button')).toHaveCount(1);
  await expectAccessible(viewer);
});

test('an agent without an id there is not offered for a linked number', async ({
  signedInAs,
  api,
  verbex,
}) => {
  const { connection, word, number } = await linkedNumber(api, verbex);
  const [known, unknown] = [unique('Known'), unique('Unknown')];
  const id = await addAgent(api, known);
  await addAgent(api, unknown);
  verbex.addAgent('665000000000000000000002', known);
  await api.send('PUT', `/v2/ai-agents/${id}`, {
    upstream_ids: { [connection.connection_id]: '665000000000000000000002' },
  });
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word)
    .getByRole('button', { name: /^Inbound agent: / })
    .click();
  const menu = page.getByRole('dialog', { name: 'Choose the inbound agent' });
  const option = menu.getByRole('option', { name: unknown });
  await expect(option).toBeDisabled();
  await expect(option).toContainText(`No id on ${connection.name}`);
  await page.keyboard.press('Escape');
  await assign(page, word, 'Inbound', known);
  await expect(page.getByText(`agent is now ${known}, and on ${connection.name}`)).toBeVisible();
  expect((await api.get<PhoneNumber>(`/v1/phone-numbers/${number._id}`)).inbound_agent_id).toBe(id);
});

test('a number is linked and unlinked from its sheet', async ({ signedInAs, api, verbex }) => {
  const connection = await addConnection(api, verbex);
  const number = await addNumber(api, 'pia', { friendly_name: unique('Unlinked') });
  const page = await signedInAs('operator');
  await openSheet(page, number._id);
  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: `Link to ${connection.name}…` }).click();
  const question = page.getByRole('alertdialog');
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Link', exact: true }).click();
  await expect(strip(page)).toContainText('Synced');
  expect([...verbex.state.numbers.values()].map((each) => each['phone_number'])).toEqual([
    number.phone_number,
  ]);

  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: `Unlink from ${connection.name}…` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  await expect(page.getByText(`Unlinked from ${connection.name}`)).toBeVisible();
  await expect(strip(page)).toHaveCount(0);
  expect(verbex.state.numbers.size).toBe(1);
});

test('deleting a linked number asks whether it is deleted there, too', async ({
  signedInAs,
  api,
  verbex,
}) => {
  const { connection, number } = await linkedNumber(api, verbex);
  const page = await signedInAs('operator');
  await openSheet(page, number._id);
  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question.getByRole('radio', { name: 'Forget here' })).toBeChecked();
  await expectAccessible(page);
  await question.getByRole('radio', { name: `Delete on ${connection.name} too` }).check();
  await question.getByRole('button', { name: `Delete ${number.phone_number_international}` }).click();
  await expect(page.getByText(`is to be deleted on ${connection.name}`)).toBeVisible();
  await expect.poll(() => verbex.state.numbers.size).toBe(0);
});

test('the list shows what is upstream, and is filtered by it', async ({
  signedInAs,
  api,
  sessions,
  verbex,
}) => {
  const { connection, word, number, there } = await linkedNumber(api, verbex);
  await addNumber(api, 'pia', { friendly_name: `${word} alone` });
  const page = await signedInAs('operator');
  await openList(page, word);
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  await page.getByRole('checkbox', { name: 'Upstream' }).check();
  await page.keyboard.press('Escape');
  await expect(rowWith(page, `${word} alone`)).toContainText('Not linked');
  const row = rowWith(page, number.phone_number_international);
  await expect(row).toContainText('Synced');
  // What becomes of a link makes no version, and is seen all the same.
  verbex.state.numbers.set(there._id, { ...there, friendly_name: `${word} theirs` });
  await api.send('PATCH', `/v1/phone-numbers/${number._id}`, { friendly_name: `${word} mine` });
  await expect(row).toContainText('Conflict');
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('option', { name: 'Connection' }).click();
  await page.getByRole('option', { name: connection.name }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: `Connection: ${connection.name}` })).toBeVisible();
  await expect(rowWith(page, `${word} alone`)).toHaveCount(0);
  await expect(rowWith(page, word)).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('button', { name: `Connection: ${connection.name}` })).toBeVisible();
  await expect(rowWith(page, word)).toHaveCount(1);
  await sessions.operator.send('PATCH', '/v1/me', { list_columns: null });
});
