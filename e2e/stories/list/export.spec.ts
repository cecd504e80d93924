import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, openList, unique } from '../../numbers.ts';

const openExport = async (page: Page) => {
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Export / });
  await expect(dialog).toBeVisible();
  return dialog;
};

test('a viewer exports what the list shows, with columns of their choice', async ({ signedInAs, api }) => {
  const word = unique('Exported');
  const agent = await addAgent(api, `${word} desk`);
  await addNumber(api, 'sip', { friendly_name: `${word} one`, inbound_agent_id: agent, labels: ['a|b'] });
  await addNumber(api, 'pia', { friendly_name: `${word} two`, notes: 'first\nsecond' });
  const page = await signedInAs('viewer');
  await openList(page, word);
  const dialog = await openExport(page);
  await expect(dialog).toHaveAccessibleName('Export 2 numbers');
  await expectAccessible(page);
  await dialog.getByRole('checkbox', { name: 'Phone number', exact: true }).click();
  await dialog.getByRole('checkbox', { name: 'Provider' }).click();
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^phone-numbers-[\d-]+\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toMatch(/^\ufefffriendly_name,inbound_agent,/);
  expect(text).toContain(`${word} one,${word} desk`);
  expect(text).toContain('"first\nsecond"');
  await expect(page.getByText(/^2 numbers exported to phone-numbers/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'More for this list' })).toBeFocused();
});

test('by keyboard alone, as JSON lines', async ({ signedInAs, api }) => {
  const word = unique('Lines');
  const number = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  await openList(page, word);
  await page.getByRole('button', { name: 'More for this list' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Export…' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export 1 number' });
  await dialog.getByRole('radio', { name: 'CSV' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('checkbox', { name: 'Call handling' })).toBeChecked();
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).focus();
  await page.keyboard.press('Enter');
  const text = await readFile(await (await saving).path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ friendly_name: word, call_handling: null });
  expect(number).toBeTruthy();
});

test('one that breaks off saves nothing and says so, and one that is refused says why', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Broken');
  await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('viewer');
  await openList(page, word);
  const dialog = await openExport(page);
  const run = dialog.getByRole('button', { name: 'Export', exact: true });
  await page.route('**/v1/phone-numbers/export?*', (route) => route.abort());
  await run.click();
  await expect(dialog.getByRole('alert')).toContainText('No answer came');
  await page.unroute('**/v1/phone-numbers/export?*');
  await page.route('**/v1/phone-numbers/export?*', (route) =>
    route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      json: {
        type: '/docs#too_many_requests',
        title: 'Too many heavy requests at once',
        status: 429,
        code: 'too_many_requests',
        detail: 'An export of yours is under way.',
        request_id: 'r',
      },
    }),
  );
  await run.click();
  await expect(dialog.getByRole('alert')).toContainText('An export of yours is under way');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('while it runs it says how far it is, and it is stopped by hand without a file', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Stopped');
  await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('viewer');
  await openList(page, word);
  const dialog = await openExport(page);
  // Held where it is: the answer never comes.
  await page.route('**/v1/phone-numbers/export?*', () => {});
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Exporting' })).toBeVisible();
  await expect(dialog).toContainText('0 of 1');
  const stop = dialog.getByRole('button', { name: 'Stop' });
  await expect(stop).toBeFocused();
  // Neither a press beside it nor Escape throws the file away.
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  await stop.click();
  await expect(dialog.getByRole('button', { name: 'Export', exact: true })).toBeVisible();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
});
