import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';

test('an admin reads who changed what, before and after, and filters the log', async ({
  signedInAs,
  api,
  sessions,
}) => {
  const label = `Told ${test.info().workerIndex}`;
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'sip', {
    friendly_name: label,
  });
  await sessions.operator.send('PATCH', `/v1/phone-numbers/${id}`, {
    friendly_name: `${label} twice`,
    sip_trunk_password: 'a new one',
  });
  const page = await signedInAs('admin');
  await page.goto('/activity');
  const event = page.getByRole('listitem').filter({ hasText: new RegExp(`updated.*${label} twice`) });
  await expect(event).toContainText('Omar Operator');
  await expect(event).toContainText('updated');
  await expect(event).toContainText(shown);
  await expect(event).toContainText(label);
  await expect(event).toContainText('Trunk password');
  await expect(event).not.toContainText('a new one');

  await page.getByRole('combobox', { name: 'What was done' }).click();
  await page.getByRole('option', { name: 'Number added' }).click();
  await expect(page).toHaveURL(/action=phone_number.added/);
  await expect(page.getByRole('listitem').filter({ hasText: label }).first()).toBeVisible();
  await expect(event).toHaveCount(0);
});

test('new events wait to be shown', async ({ signedInAs, api }) => {
  const page = await signedInAs('admin');
  await page.goto('/activity');
  await expect(page.getByRole('listitem').first()).toBeVisible();
  const label = `Newer ${test.info().workerIndex}`;
  await addNumber(api, 'pia', { friendly_name: label });
  // Where the page has not begun to follow the changes yet, it reads the event by itself.
  const newer = page.getByRole('button', { name: 'Show newer events' });
  const event = page.getByRole('listitem').filter({ hasText: label });
  await expect(newer.or(event).first()).toBeVisible();
  if (await newer.isVisible()) await newer.click();
  await expect(event).toBeVisible();
});

test('others are told that the log is for admins', async ({ signedInAs }) => {
  const page = await signedInAs('operator');
  await page.goto('/activity');
  await expect(page.getByRole('heading', { name: 'Your role does not allow this' })).toBeVisible();
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }),
  ).toHaveCount(0);
});

test('the days of the log are typed, and what is no day filters nothing', async ({ signedInAs }) => {
  const page = await signedInAs('admin');
  await page.goto('/activity');
  await page.getByRole('combobox', { name: 'When' }).click();
  await page.getByRole('option', { name: 'Between days' }).click();
  const first = page.getByRole('textbox', { name: 'First day' });
  await expect(first).toHaveValue(/^\d{1,2} [A-Z][a-z]{2} \d{4}$/);
  await first.fill('1.11.2026');
  await expect(page).toHaveURL(/since=2026-11-01/);
  await first.fill('31.11.2026');
  await first.blur();
  await expect(first).toHaveAccessibleDescription('Nov 2026 has 30 days.');
  await expect(first).toHaveValue('31.11.2026');
  await expect(page).toHaveURL(/since=2026-11-01/);
});
