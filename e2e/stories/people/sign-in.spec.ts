import type { Page } from '@playwright/test';
import { expect, PASSWORD, test } from '../../fixtures.ts';
import { addNumber, addOperator, type Caller } from '../../http.ts';
import { openSheet, saved } from '../../numbers.ts';

const signIn = async (page: Page, email: string, password: string) => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

test('signing in leads back to the page that was asked for', async ({ stranger: page, people }) => {
  await page.goto('/agents?status=active');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, people.viewer.email.toUpperCase(), PASSWORD);
  await expect(page).toHaveURL(/\/agents\?status=active$/);
  await expect(page.getByRole('heading', { name: 'Agents', level: 1 })).toBeVisible();
});

test('what was refused before signing in is asked again after it', async ({ stranger: page, people }) => {
  await page.goto('/numbers');
  await signIn(page, people.viewer.email, PASSWORD);
  await expect(page.getByRole('grid', { name: 'Phone numbers' })).toBeVisible();
  await expect(page).toHaveURL(/\/numbers$/);
});

test('a wrong password is said once, keeps the e-mail, and tells nothing about who exists', async ({
  stranger: page,
  people,
}) => {
  await page.goto('/sign-in');
  await signIn(page, people.viewer.email, 'not the password');
  const alert = page.getByRole('alert');
  await expect(alert).toHaveCount(1);
  const wrongPassword = await alert.textContent();
  await expect(page.getByLabel('E-mail')).toHaveValue(people.viewer.email);

  await page.reload();
  await signIn(page, 'nobody@company.example', 'not the password');
  await expect(page.getByRole('alert')).toHaveText(wrongPassword ?? '');
});

test('a link to another site after signing in is not followed', async ({
  stranger: page,
  people,
  server,
}) => {
  for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await signIn(page, people.viewer.email, PASSWORD);
    await expect(page.getByRole('navigation', { name: 'Main' }).first()).toBeVisible();
    expect(new URL(page.url()).origin).toBe(server.url);
  }
});

test('signing out ends the session for good, also behind Back', async ({ stranger: page, admin, server }) => {
  const person = await addOperator(admin, 'operator', `Oona Out ${test.info().workerIndex}`);
  await page.goto('/sign-in');
  await signIn(page, person.email, PASSWORD);
  await expect(page).toHaveURL(/\/numbers$/);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name).toSorted()).toEqual(['cordboard_device', 'cordboard_session']);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });

  await page.getByRole('button', { name: person.name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, expires: -1 })));
  const me = await page.request.get(`${server.url}/v1/me`);
  expect(me.status()).toBe(401);
});

/** Somebody works, with something typed that is not saved; their session ends, and they save. */
const endSession = async (page: Page, admin: Caller, name: string) => {
  const { _id: id } = await addNumber(admin, 'pia');
  const person = await addOperator(admin, 'operator', `${name} ${test.info().workerIndex}`);
  await page.goto('/sign-in');
  await signIn(page, person.email, PASSWORD);
  await expect(page).toHaveURL(/\/numbers$/);
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('typed before');
  await page.context().clearCookies();
  await page.keyboard.press('Control+s');
  return { id, person, question: page.getByRole('dialog', { name: 'Your session has ended' }) };
};

test('a session that ends while somebody works asks once for the password, and the work goes on', async ({
  stranger: page,
  admin,
}) => {
  const { id, person, question } = await endSession(page, admin, 'Enid Ended');
  await expect(question).toContainText(person.email);
  const password = question.getByLabel('Your password', { exact: true });
  await expect(password).toBeFocused();
  await page.keyboard.type('not the password');
  await page.keyboard.press('Enter');
  await expect(question).toContainText('Check the e-mail and the password');
  await expect(page.getByText('Bearer')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await password.fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  await saved(page);
  expect(await admin.get(`/v1/phone-numbers/${id}`)).toMatchObject({ notes: 'typed before' });
  await expect(page.getByRole('status').getByText('session', { exact: false })).toHaveCount(0);
});

test('signing in again in another tab is enough', async ({ stranger: page, admin }) => {
  const { id, person, question } = await endSession(page, admin, 'Toni Tab');
  await expect(question).toBeVisible();
  const other = await page.context().newPage();
  await other.goto('/sign-in');
  await signIn(other, person.email, PASSWORD);
  await expect(other).toHaveURL(/\/numbers$/);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(question).toHaveCount(0);
  await saved(page);
  expect(await admin.get(`/v1/phone-numbers/${id}`)).toMatchObject({ notes: 'typed before' });
});
