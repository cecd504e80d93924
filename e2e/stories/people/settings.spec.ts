import { addKey } from '../../api-keys.ts';
import { expect, expectAccessible, openPage, test } from '../../fixtures.ts';
import { addNumber, setUp, withKey } from '../../http.ts';
import { openSheet, unique } from '../../numbers.ts';
import { startServer } from '../../server.ts';

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

test('a key that ends soon says so, here and in the navigation, and is replaced by one like it', async ({
  signedInAs,
  admin,
}) => {
  const name = unique('Weekly report');
  const expires_at = new Date(Date.now() + 9.5 * 86_400_000).toISOString();
  await addKey(admin, name, { scopes: ['agents:write', 'audit:read'], expires_at });
  const page = await signedInAs('admin');
  await page.goto('/settings/account');
  await page
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('link', { name: /^API keys \d+ ends? soon$/ })
    .click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('ends in 9 days');
  await expectAccessible(page);
  await page.getByRole('button', { name: `Replace ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Replace ${name}` });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Add API key' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  const rows = page.getByRole('row', { name: new RegExp(name) });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('agents:write, audit:read');
  await expect(rows.first()).not.toContainText('ends in');
});

test('the theme is kept in this browser, and the density with the operator', async ({
  signedInAs,
  sessions,
}) => {
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
  // Another tab chooses: nothing fades there while the rest has the new colours.
  await page
    .getByRole('banner')
    .getByRole('link', { name: /^Numbers/ })
    .click();
  await expect(page.getByRole('button', { name: 'More for this list' })).toBeVisible();
  const fading = await page.evaluate(() => {
    localStorage.setItem('cordboard.theme', 'dark');
    window.dispatchEvent(new StorageEvent('storage', { key: 'cordboard.theme' }));
    return document.getAnimations().filter((animation) => animation instanceof CSSTransition).length;
  });
  expect(fading).toBe(0);
  expect(await colour()).toBe(dark);
  // Who wants less motion gets none, however colours change.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'light';
    return document.getAnimations().filter((animation) => animation instanceof CSSTransition).length;
  });
  expect(moving).toBe(0);
  const other = await signedInAs('viewer');
  await other.goto('/settings/appearance');
  await expect(other.getByRole('radio', { name: 'Compact' })).toBeChecked();
  await expect(other.locator('html')).toHaveAttribute('data-density', 'compact');
  // What is pressed is shown within the same task: never, for a frame, as it was before.
  const isShown = await other.getByRole('radio', { name: 'Comfortable' }).evaluate(async (radio) => {
    if (!(radio instanceof HTMLInputElement)) return false;
    radio.click();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    return radio.checked;
  });
  expect(isShown).toBe(true);
  await expect.poll(() => sessions.viewer.get('/v1/me')).toMatchObject({ compact_rows: false });
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
  expect(await admin.get('/v1/settings')).toMatchObject({
    operator_reveals_per_hour: 1,
    api_key_reveals_per_hour: 600,
  });

  const { _id: id } = await addNumber(admin, 'sip', { sip_trunk_password: 'shown but once' });
  const sheet = await openSheet(page, id, 'Connection');
  const reveal = sheet.getByRole('button', { name: 'Reveal the trunk password' });
  await reveal.click();
  await expect(sheet.getByText('shown but once')).toBeVisible();
  await sheet.getByRole('button', { name: 'Hide the trunk password' }).click();
  await reveal.click();
  await expect(
    sheet.getByText(
      /^You have revealed as many credentials as you may within an hour\. It works again at \d\d:\d\d/,
    ),
  ).toBeVisible();
  await expect(sheet.getByText('shown but once')).toHaveCount(0);

  await page.goto('/activity');
  const events = page.getByRole('listitem');
  await expect(events.filter({ hasText: 'was refused one of' })).toContainText('1 an hour');
  await expect(events.filter({ hasText: 'changed the settings' })).toContainText(
    /Reveals by an operator, an hour\s*60.*1/,
  );
  await page.context().close();
  await server.stop();
});
