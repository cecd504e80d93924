import type { Page } from '@playwright/test';
import { clockAhead } from '../../clock.ts';
import { expect, openPage, PASSWORD, test } from '../../fixtures.ts';
import { addNumber, callerWith, setUp } from '../../http.ts';
import { openSheet, saved, unique } from '../../numbers.ts';
import { startServer } from '../../server.ts';

const SECRET = 'd02044218b9c72-canary';

const everythingKept = (page: Page) =>
  page.evaluate(async () =>
    JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      location.href,
      history.state,
      await caches.keys(),
      await indexedDB.databases(),
    ]),
  );

test('revealing shows the secret, counts down, and hides it by itself', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: unique('Secret'),
    sip_trunk_password: SECRET,
  });
  const page = await signedInAs('operator');
  await page.clock.install();
  const sheet = await openSheet(page, id, 'Connection');
  await expect(sheet.getByText(SECRET)).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Reveal the trunk password' }).click();
  await expect(sheet.getByText(SECRET)).toBeVisible();
  await expect(sheet.getByText(/Hides in \d+ s/)).toBeVisible();
  expect(await everythingKept(page)).not.toContain(SECRET);
  await page.clock.runFor(15_000);
  await expect(sheet.getByText(/Hides in 1[45] s/)).toBeVisible();
  await page.clock.runFor(16_000);
  await expect(sheet.getByText(SECRET)).toHaveCount(0);

  const { audit_events: events } = await api.get<{
    audit_events: { action: string; actor: { name: string } }[];
  }>(`/v1/phone-numbers/${id}/history`);
  expect(events[0]).toMatchObject({ action: 'credential.revealed', actor: { name: 'Omar Operator' } });
  await sheet.getByRole('tab', { name: 'History' }).click();
  await expect(sheet.getByRole('listitem').first()).toContainText('Credential revealed');
});

test('a shown secret goes when it is hidden, when the window is left, and with the sheet', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: unique('Secret'),
    sip_trunk_password: SECRET,
  });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id, 'Connection');
  const reveal = async () => {
    await sheet.getByRole('button', { name: 'Reveal the trunk password' }).click();
    await expect(sheet.getByText(SECRET)).toBeVisible();
  };
  await reveal();
  await sheet.getByRole('button', { name: 'Hide the trunk password' }).click();
  await expect(sheet.getByText(SECRET)).toHaveCount(0);
  await reveal();
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(sheet.getByText(SECRET)).toHaveCount(0);
  await reveal();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goBack();
  expect(await page.content()).not.toContain(SECRET);
});

test('copying needs no showing, and replacing needs no seeing', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: unique('Secret'),
    sip_trunk_password: SECRET,
  });
  const page = await signedInAs('operator');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const sheet = await openSheet(page, id, 'Connection');
  await sheet.getByRole('button', { name: 'Copy the trunk password' }).click();
  await expect(sheet.getByText('Copied').first()).toBeVisible();
  await expect(sheet.getByText(SECRET)).toHaveCount(0);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(SECRET);

  await sheet.getByRole('button', { name: 'Replace the trunk password' }).click();
  const field = sheet.getByRole('textbox', { name: 'Password' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await expect(sheet.getByRole('button', { name: /^Save/ })).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(sheet.getByRole('img', { name: 'The trunk password is set and hidden' })).toBeVisible();
  await expect(sheet.getByRole('button', { name: 'Replace the trunk password' })).toBeFocused();

  await sheet.getByRole('button', { name: 'Replace the trunk password' }).click();
  await field.fill('another secret');
  await sheet.getByRole('button', { name: /^Save/ }).click();
  await saved(page);
  expect(await page.content()).not.toContain('another secret');
  expect(
    await api.send('POST', `/v1/phone-numbers/${id}/reveal`, { credential: 'sip_trunk_password' }),
  ).toMatchObject({ value: 'another secret' });
});

test('numbers that share a secret are told by its fingerprint', async ({ signedInAs, api }) => {
  const shared = unique('shared secret');
  const { _id: id } = await addNumber(api, 'sip', { sip_trunk_password: shared });
  await addNumber(api, 'sip', { sip_trunk_password: shared });
  await addNumber(api, 'sip', { sip_trunk_password: shared });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id, 'Connection');
  await sheet.getByRole('link', { name: '2 other numbers' }).click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '4');
  await expect(page).toHaveURL(/fingerprint=/);

  // Who may not reveal is told nothing of it, and an address that asks for it shows the whole list.
  const address = new URL(page.url());
  const viewer = await signedInAs('viewer');
  const seen = await openSheet(viewer, id, 'Connection');
  await expect(seen.getByRole('img', { name: 'The trunk password is set and hidden' })).toBeVisible();
  await expect(seen.getByRole('button', { name: 'Reveal the trunk password' })).toHaveCount(0);
  await expect(seen.getByText('Same password as')).toHaveCount(0);
  await viewer.goto(address.pathname + address.search);
  await expect(viewer.getByRole('gridcell').first()).toBeVisible();
  await expect(viewer.getByText('Same credential')).toHaveCount(0);
});

test('after ten minutes the password is asked for again, to delete for good and to reveal', async ({
  browser,
}) => {
  const before = await startServer();
  const session = await setUp(before);
  const { _id: id } = await addNumber(session, 'sip', { sip_trunk_password: SECRET });
  const { _id: deleted } = await addNumber(session, 'pia', {});
  await session.send('DELETE', `/v1/phone-numbers/${deleted}`);
  await before.kill();
  const server = await startServer({ dataDirectory: before.dataDirectory, env: clockAhead(11) });
  const page = await openPage(browser, server.url, callerWith(server.url, session.headers));
  await page.clock.install({ time: Date.now() + 11 * 60_000 });
  await page.goto(`/numbers/${deleted}`);
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  const erasing = page.getByRole('alertdialog');
  await erasing.getByRole('button', { name: 'Delete for good' }).click();
  await page
    .getByRole('dialog', { name: 'Confirm it is you' })
    .getByRole('button', { name: 'Cancel' })
    .click();
  await expect(erasing.getByText('Nothing was done: it needs your password.')).toBeVisible();
  await erasing.getByRole('button', { name: 'Cancel' }).click();
  const sheet = await openSheet(page, id, 'Connection');
  await sheet.getByRole('button', { name: 'Reveal the trunk password' }).click();
  const question = page.getByRole('dialog', { name: 'Confirm it is you' });
  await question.getByLabel('Your password').fill('not my password');
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(question.getByRole('alert')).toContainText('not your password');
  await expect(sheet.getByText(SECRET)).toHaveCount(0);
  await question.getByLabel('Your password').fill(PASSWORD);
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(SECRET)).toBeVisible();
  await page.context().close();
  await server.stop();
});
