import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, grid, rowWith, unique } from '../../numbers.ts';

const inThirtyDays = () =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(Date.now() + 30 * 86_400_000),
  );

test('a deleted number is found by the filter, read, and restored by hand', async ({
  signedInAs,
  api,
  sessions,
}) => {
  const word = unique('Kept');
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'sip', {
    friendly_name: word,
    labels: ['vip'],
    sip_trunk_password: 'survives',
  });
  await addNumber(api, 'pia', { friendly_name: `${word} there` });
  await sessions.admin.send('DELETE', `/v1/phone-numbers/${id}`);
  const page = await signedInAs('operator');
  await page.goto(`/numbers?q=${encodeURIComponent(word)}`);
  await expect(rowWith(page, `${word} there`)).toBeVisible();
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('option', { name: 'Deleted' }).click();
  await expect(page).toHaveURL(/deleted=true/);
  await expect(rowWith(page, `${word} there`)).toHaveCount(0);
  const row = rowWith(page, word);
  await expect(row).toContainText('Amina Admin');
  await expect(grid(page).getByRole('columnheader', { name: 'Deleted by' })).toBeVisible();
  await expect(row.getByRole('button', { name: /agent/ })).toHaveCount(0);
  await expectAccessible(page);

  await row.getByRole('link').click();
  const sheet = page.getByRole('dialog', { name: shown });
  await expect(sheet).toContainText(
    `Deleted by Amina Admin, just now. Can be restored until ${inThirtyDays()}.`,
  );
  const was = sheet.getByRole('region', { name: 'What it was' });
  await expect(was).toContainText('vip');
  await expect(was).toContainText('Trunk password');
  await expect(sheet.getByRole('textbox')).toHaveCount(0);
  await expect(sheet.getByRole('button', { name: 'Delete for good…' })).toHaveCount(0);
  await expectAccessible(page);

  await sheet.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText(`${shown} restored`)).toBeVisible();
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(word);
  expect(
    await api.send('POST', `/v1/phone-numbers/${id}/reveal`, { credential: 'sip_trunk_password' }),
  ).toMatchObject({ value: 'survives' });
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('heading', { name: /Nothing matches/ })).toBeVisible();
  await page.getByRole('button', { name: 'Remove the filter Deleted' }).click();
  await expect(rowWith(page, `${word} there`)).toBeVisible();
});

test('by keyboard alone: the filter, the row, Restore; and what did not come back is said', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Keys');
  const agent = await addAgent(api, `${word} agent`);
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'pia', {
    friendly_name: word,
    inbound_agent_id: agent,
  });
  await api.send('DELETE', `/v1/phone-numbers/${id}`);
  await api.send('PUT', `/v2/ai-agents/${agent}`, { agent_status: 'retired' });
  const page = await signedInAs('operator');
  await page.goto(`/numbers?q=${encodeURIComponent(word)}`);
  await page.getByRole('button', { name: 'Add a filter' }).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('option', { name: 'Deleted' });
  for (let steps = 0; steps < 8 && (await item.getAttribute('aria-selected')) !== 'true'; steps++)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove the filter Deleted' })).toBeVisible();
  await expect(rowWith(page, word)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: shown });
  await expect(sheet).toBeFocused();
  await sheet.getByRole('button', { name: 'Restore' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/“.* agent” was retired meanwhile: the inbound agent is empty/)).toBeVisible();
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toBeVisible();
  await expect(sheet).toBeFocused();
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ inbound_agent_id: null, version: 3 });
});

test('a number that was added again is led to instead', async ({ signedInAs, api }) => {
  const word = unique('Again');
  const { _id: id, phone_number } = await addNumber(api, 'pia', { friendly_name: `${word} old` });
  await api.send('DELETE', `/v1/phone-numbers/${id}`);
  const { _id: present } = await addNumber(api, 'pia', { phone_number, friendly_name: `${word} new` });
  const page = await signedInAs('operator');
  await page.goto(`/numbers/${id}`);
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Restore' }).click();
  await expect(sheet.getByRole('alert')).toContainText('was added again meanwhile');
  await sheet.getByRole('link', { name: 'Open the number that is there' }).click();
  await expect(page).toHaveURL(new RegExp(`/numbers/${present}`));
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(`${word} new`);
});

test('an admin deletes for good, after one question, and a viewer can do neither', async ({
  signedInAs,
  api,
}) => {
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'sip', {
    friendly_name: unique('Gone'),
    sip_trunk_password: 'erased',
  });
  await api.send('DELETE', `/v1/phone-numbers/${id}`);
  const viewer = await signedInAs('viewer');
  await viewer.goto(`/numbers/${id}`);
  await expect(viewer.getByText(/Can be restored until/)).toBeVisible();
  await expect(viewer.getByRole('button', { name: /Restore|Delete for good/ })).toHaveCount(0);

  const page = await signedInAs('admin');
  await page.goto(`/numbers/${id}`);
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  const question = page.getByRole('alertdialog', { name: `Delete ${shown} for good?` });
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Delete for good…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText(`${shown} deleted for good`)).toBeVisible();
  expect((await api.request('GET', `/v1/phone-numbers/${id}?include=deleted`)).status).toBe(404);
  await page.goto(`/numbers/${id}`);
  await expect(page.getByRole('heading', { name: 'This number is not here' })).toBeVisible();
});

test('from Activity a deletion is taken back where it is told', async ({ signedInAs, api, sessions }) => {
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'pia', {
    friendly_name: unique('Told'),
  });
  await sessions.operator.send('DELETE', `/v1/phone-numbers/${id}`);
  const page = await signedInAs('admin');
  await page.goto(`/activity?subject_kind=phone_number&subject_id=${id}`);
  const event = page.getByRole('listitem').filter({ hasText: 'deleted' });
  await expect(event.getByRole('link', { name: shown })).toHaveAttribute('href', `/numbers/${id}`);
  await event.getByRole('button', { name: `Restore ${shown}` }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${shown} restored`, { exact: true })).toBeVisible();
  const open = event.getByRole('button', { name: `Open ${shown}` });
  await expect(open).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/numbers/${id}`));
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeVisible();
});
