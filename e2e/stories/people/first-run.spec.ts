import { expect, test as base } from '@playwright/test';
import { expectAccessible } from '../../accessible.ts';
import { PASSWORD } from '../../http.ts';
import { startServer, type RunningServer } from '../../server.ts';

// A new server for each test: the link works once.
const test = base.extend<{ server: RunningServer }>({
  // eslint-disable-next-line no-empty-pattern
  server: async ({}, provide) => {
    const server = await startServer();
    await provide(server);
    await server.stop();
  },
});

test('the printed link makes the first admin, who is led to three ways on, and fills the list with sample data', async ({
  server,
  page,
}) => {
  await page.goto(server.setUpLink ?? '');
  await page.getByLabel('Name').fill('Rina Karim');
  await page.getByLabel('E-mail').fill('rina@company.example');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Make admin and sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('at least 12 characters');
  await expect(page.getByLabel('Name')).toHaveValue('Rina Karim');

  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Make admin and sign in' }).click();
  await expect(page.getByRole('heading', { name: 'No numbers yet' })).toBeVisible();
  await expect(page).toHaveURL(/\/numbers$/);
  await expect(page.getByRole('main').getByRole('button', { name: 'Add number' }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import a file' })).toHaveAttribute('href', '/imports/new');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Load sample data' }).click();
  await expect(page.getByRole('grid', { name: 'Phone numbers' })).toHaveAttribute('aria-rowcount', '25');
  await expect(page.getByRole('row', { name: /London front desk/ })).toContainText('Grace · Front desk');
});

test('the link works once, and whoever is late is told to sign in', async ({ server, page, browser }) => {
  const link = server.setUpLink ?? '';
  const late = await browser.newPage();
  await late.goto(link);
  await expect(late.getByRole('heading', { name: 'Make the first admin' })).toBeVisible();

  await page.goto(link);
  await page.getByLabel('Name').fill('First');
  await page.getByLabel('E-mail').fill('first@company.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Make admin and sign in' }).click();
  await expect(page).toHaveURL(/\/numbers$/);

  await late.getByLabel('Name').fill('Second');
  await late.getByLabel('E-mail').fill('second@company.example');
  await late.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await late.getByRole('button', { name: 'Make admin and sign in' }).click();
  await expect(late.getByRole('alert')).toContainText('The link was used');
  await expect(late.getByLabel('Name')).toHaveValue('Second');

  await late.goto(server.url);
  await late.goto(link);
  await expect(late.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await late.close();
});

test('until then nobody can sign in, and the page says where the link is', async ({ server, page }) => {
  await page.goto(server.url);
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole('heading', { name: 'Make the first admin' })).toBeVisible();
  await expect(page.getByText('one-time link')).toBeVisible();
});
