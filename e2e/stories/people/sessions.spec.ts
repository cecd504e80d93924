import { expect, openPage, PASSWORD, test } from '../../fixtures.ts';
import { addOperator, signIn } from '../../http.ts';

test('an operator sees the own sessions and ends one of them', async ({ browser, server, admin }) => {
  const person = await addOperator(admin, 'operator', `Sana Sessions ${test.info().workerIndex}`);
  const here = await openPage(browser, server.url, await signIn(server.url, person));
  const elsewhere = await openPage(browser, server.url, await signIn(server.url, person));
  await elsewhere.goto('/agents');
  await expect(elsewhere.getByRole('heading', { name: 'Agents', level: 1 })).toBeVisible();

  await here.goto('/settings/account');
  await expect(here.getByText('This session')).toHaveCount(1);
  const endButtons = here.getByRole('button', { name: /^End the session/ });
  await expect(endButtons).toHaveCount(1);
  await endButtons.click();
  await expect(endButtons).toHaveCount(0);
  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await here.reload();
  await expect(here.getByText('This session')).toBeVisible();
  await here.context().close();
  await elsewhere.context().close();
});

test('changing the password asks for the old one, and ends every other session', async ({
  browser,
  server,
  admin,
}) => {
  const person = await addOperator(admin, 'operator', `Pia Password ${test.info().workerIndex}`);
  const other = await signIn(server.url, person);
  const page = await openPage(browser, server.url, await signIn(server.url, person));
  await page.goto('/settings/account');
  await page.getByLabel('Current password').fill('not my password');
  await page.getByLabel('New password').fill('another long password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('alert')).toContainText('not your password');
  await expect(page.getByLabel('New password')).toHaveValue('another long password');

  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Password changed')).toBeVisible();
  expect((await other.request('GET', '/v1/me')).status).toBe(401);
  await page.reload();
  await expect(page.getByText(person.email)).toBeVisible();
  await signIn(server.url, { ...person, password: 'another long password' });
  await page.context().close();
});
