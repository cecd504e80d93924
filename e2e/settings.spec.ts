import { expect, openPage, test } from './fixtures.ts';
import { addNumber, setUp, signIn, withKey } from './http.ts';
import { openSheet } from './numbers.ts';
import { startServer } from './server.ts';

test('an API key is shown once, works, and stops working when revoked', async ({ signedInAs, server }) => {
  const page = await signedInAs('admin');
  const name = `Nightly import ${test.info().workerIndex}`;
  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'Add API key' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add API key' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('checkbox', { name: /numbers:write/ }).check();
  await dialog.getByRole('button', { name: 'Add API key' }).click();
  const key = await page.getByRole('status', { name: 'API key' }).textContent();
  expect(key).toMatch(/^cbk_/);
  const script = withKey(server.url, key ?? '');
  expect((await script.request('GET', '/v1/phone-numbers')).status).toBe(200);
  expect((await script.request('GET', '/v1/audit-events')).status).toBe(403);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(key ?? 'no key')).toHaveCount(0);

  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Revoked');
  expect((await script.request('GET', '/v1/phone-numbers')).status).toBe(401);
});

test('an admin adds an operator, changes the role and disables them', async ({ signedInAs, server }) => {
  const page = await signedInAs('admin');
  const name = `Nadia New ${test.info().workerIndex}`;
  const email = `nadia.${test.info().workerIndex}@company.example`;
  await page.goto('/settings/operators');
  await page.getByRole('button', { name: 'Add operator' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add operator' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('radio', { name: /^Viewer/ }).check();
  await dialog.getByLabel('First password').fill('a first long password');
  await dialog.getByRole('button', { name: 'Add operator' }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('Viewer');
  const session = await signIn(server.url, { email, password: 'a first long password' });

  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitemradio', { name: 'Operator' }).click();
  await expect(row).toContainText('Operator');
  expect(await session.get<{ role: string }>('/v1/me')).toMatchObject({ role: 'operator' });

  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await expect(row).toContainText('Disabled');
  expect((await session.request('GET', '/v1/me')).status).toBe(401);
});

test('the theme and the density are kept in this browser', async ({ signedInAs }) => {
  const page = await signedInAs('viewer');
  await page.goto('/settings/appearance');
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await page.getByRole('radio', { name: 'Compact' }).check({ force: true });
  const colour = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await colour();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Compact' })).toBeChecked();
  expect(await colour()).toBe(dark);
  await page.getByRole('radio', { name: 'Light' }).check({ force: true });
  expect(await colour()).not.toBe(dark);
});

test('an admin changes how many credentials may be revealed, and Activity says so', async ({ browser }) => {
  const server = await startServer();
  const admin = await setUp(server);
  const page = await openPage(browser, server.url, admin);
  await page.goto('/settings/limits');
  const operators = page.getByRole('spinbutton', { name: 'An operator, an hour' });
  await expect(operators).toHaveValue('60');
  await expect(page.getByRole('button', { name: 'Save limits' })).toBeDisabled();
  await operators.fill('0');
  await page.getByRole('button', { name: 'Save limits' }).click();
  await expect(page.getByText('at least 1 an hour')).toBeVisible();
  await operators.fill('1');
  await page.getByRole('button', { name: 'Save limits' }).click();
  await expect(page.getByText('Limits saved')).toBeVisible();
  expect(await admin.get('/v1/settings')).toMatchObject({ operator_reveals_per_hour: 1, api_key_reveals_per_hour: 600 });

  const { _id: id } = await addNumber(admin, 'sip', { sip_trunk_password: 'shown but once' });
  const sheet = await openSheet(page, id, 'Connection');
  const reveal = sheet.getByRole('button', { name: 'Reveal the trunk password' });
  await reveal.click();
  await expect(sheet.getByText('shown but once')).toBeVisible();
  await sheet.getByRole('button', { name: 'Hide the trunk password' }).click();
  await reveal.click();
  await expect(sheet.getByText(/^You have revealed as many credentials as you may within an hour\. It works again at \d\d:\d\d/)).toBeVisible();
  await expect(sheet.getByText('shown but once')).toHaveCount(0);

  await page.goto('/activity');
  const events = page.getByRole('listitem');
  await expect(events.filter({ hasText: 'was refused one of' })).toContainText('1 an hour');
  await expect(events.filter({ hasText: 'changed the settings' })).toContainText(/Reveals by an operator, an hour\s*60.*1/);
  await page.context().close();
  await server.stop();
});
