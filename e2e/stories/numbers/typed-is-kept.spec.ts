import type { Page } from '@playwright/test';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { expect, test } from '../../fixtures.ts';
import { addHours, openEdit } from '../../business-hours.ts';
import { addNumber } from '../../http.ts';
import { openSheet, rowWith, saved, unique } from '../../numbers.ts';

const leaving = (page: Page) => page.getByRole('alertdialog', { name: 'Leave without saving?' });

test('callers still being typed count as a change, are asked about, and are saved by the key', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: unique('Half') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Call handling' }).click();
  const callers = sheet.getByRole('textbox', { name: 'Numbers to block' });
  await callers.fill('+1 202 555 1000, nuisance\nnot a number');
  await expect(sheet.getByText('1 change', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await leaving(page).getByRole('button', { name: 'Stay' }).click();
  await expect(callers).toHaveValue('+1 202 555 1000, nuisance\nnot a number');

  await sheet.getByRole('tab', { name: 'General' }).click();
  await page.keyboard.press('Control+s');
  const wrong = sheet.getByRole('textbox', { name: 'Number', exact: true });
  await expect(wrong).toBeFocused();
  await expect(wrong).toHaveAccessibleDescription('“not” is no part of a phone number. Leave it out.');
  await wrong.fill('+12025551001');
  await callers.fill('+4420*');
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(callers).toHaveValue('');
  const { call_handling: handling } = await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`);
  expect(handling?.blocked_callers).toMatchObject([
    { prefix: '+4420' },
    { number: '+12025551000', reason: 'nuisance' },
    { number: '+12025551001' },
  ]);
});

test('half a label and a metadata row count as changes, and are saved', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Half'), labels: ['bd'] });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Labels' }).pressSequentially('vip');
  await expect(sheet.getByText('1 change', { exact: true })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Agents' }).first().click();
  await leaving(page).getByRole('button', { name: 'Stay' }).click();
  await sheet.getByRole('button', { name: /^Add a/ }).click();
  await page.keyboard.type('team');
  await expect(sheet.getByText('2 changes', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 2,
    labels: ['bd', 'vip'],
    metadata: { team: '' },
  });
});

test('a row of metadata that says something else of the same key is not dropped unseen', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'pia', {
    friendly_name: unique('Twice'),
    metadata: { team: 'day' },
  });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Value of team' }).fill('night');
  await sheet.getByRole('button', { name: /^Add a/ }).click();
  await page.keyboard.type('team');
  await page.keyboard.press('Tab');
  await page.keyboard.type('day');
  await page.keyboard.press('Control+s');
  await expect(sheet.getByText('The key team is there twice. Keep one of them.')).toBeVisible();
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 1, metadata: { team: 'day' } });
});

test('a rule that is not finished is asked about, and refused at its place', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Open rule') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await sheet.getByRole('button', { name: 'Add rule' }).click();
  await page.keyboard.type('Nights');
  await page.keyboard.press('Escape');
  await leaving(page).getByRole('button', { name: 'Stay' }).click();
  await sheet.getByRole('tab', { name: 'General' }).click();
  await page.keyboard.press('Control+s');
  await expect(sheet.getByRole('button', { name: /^Agent/ }).last()).toBeFocused();
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 1 });
});

test('times that are half written are refused at their place, and saved once they are whole', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Half a time') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Call handling' }).click();
  await sheet.getByRole('button', { name: 'Set a window' }).click();
  await sheet.getByRole('button', { name: /^Monday/ }).press('Enter');
  const times = page.getByRole('dialog', { name: 'Times on Monday' });
  const end = times.getByRole('textbox', { name: 'End' });
  await end.fill('19:');
  await page.keyboard.press('Control+s');
  await expect(times.getByRole('alert')).toContainText('Write the time as 18:00');
  await expect(end).toBeFocused();
  // Nor is it thrown away by a press beside it.
  await page.mouse.click(5, 5);
  await expect(end).toHaveValue('19:');
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 1 });
  await end.fill('19:30');
  await page.keyboard.press('Control+s');
  await saved(page);
  const { call_handling: handling } = await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`);
  expect(handling?.outbound_window?.weekly).toContainEqual({ days: [1], start: '09:00', end: '19:30' });
});

test('half a time of an exception is refused, not saved as the time before', async ({ signedInAs, api }) => {
  const name = unique('Half hours');
  await addHours(api, name, {
    exceptions: [
      {
        name: 'Fair',
        start_date: '2031-05-01',
        end_date: '2031-05-01',
        every_year: false,
        intervals: [{ start: '09:00', end: '17:00' }],
      },
    ],
  });
  const page = await signedInAs('operator');
  const dialog = await openEdit(page, name);
  await dialog.getByRole('button', { name: 'Edit Fair' }).click();
  const end = dialog.getByRole('textbox', { name: 'Interval 1, end' });
  await end.fill('21:');
  await page.keyboard.press('Control+s');
  await expect(end).toBeFocused();
  await expect(end).toHaveAttribute('aria-invalid', 'true');
  await expect(end).toHaveValue('21:');
});

test('Discard stands away from Save, and can be taken back by mouse', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Discard') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('long and dear');
  await sheet.getByRole('textbox', { name: 'Labels' }).pressSequentially('hal');
  const discard = sheet.getByRole('button', { name: 'Discard' });
  const [from, to] = [
    await discard.boundingBox(),
    await sheet.getByRole('button', { name: /^Save/ }).boundingBox(),
  ];
  expect((to?.x ?? 0) - (from?.x ?? 0) - (from?.width ?? 0)).toBeGreaterThan(150);
  await discard.click();
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('');
  // What is typed since stays, too.
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('Typed since');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('long and dear');
  await expect(sheet.getByRole('button', { name: 'Remove the label hal' })).toBeVisible();
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Typed since');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 2,
    notes: 'long and dear',
    labels: ['hal'],
    friendly_name: 'Typed since',
  });
});

test('what was discarded comes back after the sheet was closed, and over what others saved', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Discard');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: name });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('mine');
  await sheet.getByRole('button', { name: 'Discard' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { labels: ['theirs'] });
  await expect(rowWith(page, name)).toContainText('theirs');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('mine');
  await page.keyboard.press('Control+s');
  await expect
    .poll(() => api.get(`/v1/phone-numbers/${id}`))
    .toMatchObject({ version: 3, notes: 'mine', labels: ['theirs'] });
});
