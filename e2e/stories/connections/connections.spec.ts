import type { Page } from '@playwright/test';
import type { ConnectionList } from '#contract/connections/connections.ts';
import { startVerbex } from '#server/testing/verbex/start-verbex.ts';
import { addConnection, test } from '../../connections.ts';
import { expect, expectAccessible } from '../../fixtures.ts';
import type { Caller } from '../../http.ts';
import { unique } from '../../numbers.ts';

const cardOf = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });

const removeAll = async (api: Caller) => {
  const { connections } = await api.get<ConnectionList>('/v1/connections');
  for (const { connection_id: id } of connections) await api.send('DELETE', `/v1/connections/${id}`);
};

test('an admin connects Verbex: kind, key, check, done', async ({ signedInAs, api, verbex }) => {
  await removeAll(api);
  verbex.addNumber({ phone_number: '+14155550101', provider: 'pia' });
  verbex.addNumber({ phone_number: '+14155550102', provider: 'pia' });
  const name = unique('Verbex production');
  const page = await signedInAs('admin');
  await page.goto('/numbers');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Connections' }).click();
  await expect(page.getByRole('heading', { name: 'No connections yet' })).toBeVisible();
  await expect(page.getByText('CORDBOARD_UNSAFE_ALLOW_LOOPBACK is set')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Add connection' }).click();
  const form = page.getByRole('dialog', { name: 'Add connection' });
  await expect(form.getByRole('radio', { name: /^Verbex/ })).toBeChecked();
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('textbox', { name: 'Address' }).fill(verbex.url);
  // Without its key nothing is sent, and what was typed stays.
  await form.getByRole('button', { name: 'Add connection' }).click();
  await expect(form.getByRole('alert')).toHaveText('Paste the key.');
  await expectAccessible(page);
  await form.getByRole('textbox', { name: 'API key' }).fill(` ${verbex.state.key} `);
  await form.getByRole('button', { name: 'Add connection' }).click();

  const result = page.getByRole('dialog', { name });
  await expect(result).toContainText('Verbex takes the key.');
  await expect(result).toContainText('Numbers there2');
  await expectAccessible(page);
  await result.getByRole('button', { name: 'Done' }).click();
  const card = cardOf(page, name);
  await expect(card).toContainText('Answering');
  await expect(card).toContainText('just now');
  await expectAccessible(page);
  expect(verbex.requests.map(({ method }) => method)).toEqual(['GET']);
});

test('a refused key is said, and replaced', async ({ signedInAs, api, verbex }) => {
  const name = unique('Verbex');
  const page = await signedInAs('admin');
  await page.goto('/connections');
  await page.getByRole('button', { name: 'Add connection' }).click();
  const form = page.getByRole('dialog', { name: 'Add connection' });
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('textbox', { name: 'API key' }).fill('not-the-key');
  await form.getByRole('textbox', { name: 'Address' }).fill(verbex.url);
  await form.getByRole('button', { name: 'Add connection' }).click();
  const result = page.getByRole('dialog', { name });
  await expect(result).toContainText('It was added, but Verbex refuses the key.');
  await result.getByRole('button', { name: 'Replace key' }).click();

  const replace = page.getByRole('dialog', { name: `Replace the key of ${name}` });
  await replace.getByRole('textbox', { name: 'API key' }).fill(verbex.state.key);
  await replace.getByRole('button', { name: 'Replace key' }).click();
  await expect(page.getByText(`Key of “${name}” replaced`)).toBeVisible();
  await expect(cardOf(page, name)).toContainText('Answering');

  // It is ended there: the next check says so, to everyone who looks.
  verbex.state.key = 'another-key';
  const viewer = await signedInAs('viewer');
  await viewer.goto('/connections');
  await page.getByRole('button', { name: `Check ${name} now` }).click();
  await expect(cardOf(page, name)).toContainText('Refused');
  await expect(cardOf(viewer, name)).toContainText('What is wrong');
  await removeAll(api);
});

test('an admin pauses, resumes, reveals, renames and removes by keyboard', async ({
  signedInAs,
  api,
  verbex,
}) => {
  const { name } = await addConnection(api, verbex);
  const page = await signedInAs('admin');
  await page.goto('/connections');
  const card = cardOf(page, name);
  const press = async (button: string) => {
    await card.getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
  };
  await press(`Pause ${name}`);
  await expect(card).toContainText('Paused');
  await press(`Resume ${name}`);
  await expect(card).toContainText('Answering');

  await press(`Reveal the API key of ${name}`);
  await expect(card).toContainText(verbex.state.key);
  await press(`Hide the API key of ${name}`);
  await expect(card).not.toContainText(verbex.state.key);

  await press(`Actions for ${name}`);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `Edit ${name}` });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  const renamed = unique('Renamed');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(renamed);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const after = cardOf(page, renamed);
  await expect(after).toBeVisible();

  await after.getByRole('button', { name: `Actions for ${renamed}` }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: `Remove ${renamed}?` });
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Remove' }).focus();
  await page.keyboard.press('Enter');
  await expect(after).toHaveCount(0);
});

test('another address takes the key along', async ({ signedInAs, api, verbex }) => {
  const { name } = await addConnection(api, verbex);
  const page = await signedInAs('admin');
  await page.goto('/connections');
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: `Edit ${name}` });
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://gateway.company.example');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Send the key of this address along');
  await expect(dialog.getByRole('textbox', { name: 'API key' })).toBeFocused();
  const other = await startVerbex({ key: 'key-of-the-other' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill(`${other.url}/`);
  await dialog.getByRole('textbox', { name: 'API key' }).fill('key-of-the-other');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  const card = cardOf(page, name);
  await expect(card).toContainText(other.url);
  await expect(card).toContainText('Answering');
  expect(other.requests.map(({ authorization }) => authorization)).toEqual(['Bearer key-of-the-other']);
  await other.close();
});

test('a key is not given to where somebody else led the connection meanwhile', async ({
  signedInAs,
  api,
  verbex,
}) => {
  const { name, connection_id: id } = await addConnection(api, verbex);
  const page = await signedInAs('admin');
  await page.goto('/connections');
  const lead = async (to: string, apiKey: string) =>
    api.send('PATCH', `/v1/connections/${id}`, {
      settings: { base_url: to },
      credentials: { api_key: apiKey },
    });
  const other = await startVerbex({ key: 'junk' });

  await page.getByRole('button', { name: `Replace the key of ${name}` }).click();
  const replace = page.getByRole('dialog', { name: `Replace the key of ${name}` });
  await expect(replace).toContainText(`The key will be sent to ${verbex.url}`);
  await replace.getByRole('textbox', { name: 'API key' }).fill('a-new-key');
  await lead(other.url, 'junk');
  // The list behind it goes on, out of reach of the dialog.
  await expect(page.locator('li').filter({ hasText: other.url })).toHaveCount(1);
  await expect(replace).toContainText(`The key will be sent to ${verbex.url}`);
  for (let times = 0; times < 2; times++) {
    await replace.getByRole('button', { name: 'Replace key' }).click();
    await expect(replace.getByRole('alert')).toContainText('the key was not saved');
  }
  await replace.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard changes' }).click();

  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: `Edit ${name}` });
  await edit.getByRole('textbox', { name: 'API key' }).fill('a-new-key');
  await lead(verbex.url, verbex.state.key);
  for (let times = 0; times < 2; times++) {
    await edit.getByRole('button', { name: 'Save' }).click();
    await expect(edit.getByRole('alert')).toContainText('led this connection to another address');
  }
  const keys = [...verbex.requests, ...other.requests].map(({ authorization }) => authorization);
  expect(keys).not.toContain('Bearer a-new-key');
  await other.close();
});

test('a viewer sees connections, and nothing to change them with', async ({ signedInAs, api, verbex }) => {
  const { name } = await addConnection(api, verbex);
  const page = await signedInAs('viewer');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/connections');
  const card = cardOf(page, name);
  await expect(card).toContainText('Answering');
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  await expectAccessible(page);
  await page.route('**/v1/connections', (route) => route.fulfill({ status: 500, json: {} }));
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.unroute('**/v1/connections');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(card).toBeVisible();
});
