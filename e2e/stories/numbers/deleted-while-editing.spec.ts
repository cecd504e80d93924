import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addHours, openEdit } from '../../business-hours.ts';
import { addNumber } from '../../http.ts';
import { openSheet, saved, unique } from '../../numbers.ts';

test('a number deleted while it is edited keeps its form, says who did it, and is restored and saved', async ({
  signedInAs,
  api,
  sessions,
}) => {
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: unique('Deleted'), labels: ['bd'] });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('not lost');
  await sheet.getByRole('textbox', { name: 'Labels' }).pressSequentially('hal');
  await sessions.admin.send('DELETE', `/v1/phone-numbers/${id}`);
  const panel = sheet.getByRole('alert', { name: 'This number was deleted' });
  await expect(panel).toContainText('Amina Admin deleted this number on');
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('not lost');
  await expect(sheet.getByRole('button', { name: /^Save/ })).toBeDisabled();
  await expectAccessible(page);

  await sheet.getByRole('textbox', { name: 'Notes' }).press('Control+s');
  await expect(panel.getByRole('button', { name: 'Restore and save mine' })).toBeFocused();
  await page.keyboard.press('Enter');
  await saved(page);
  await expect(panel).toHaveCount(0);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    notes: 'not lost',
    labels: ['bd', 'hal'],
  });
});

test('where restoring fails it is said, and what is typed stays until it works', async ({
  signedInAs,
  api,
}) => {
  const { _id: id, phone_number: number } = await addNumber(api, 'pia', { friendly_name: unique('Taken') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('still here');
  await api.send('DELETE', `/v1/phone-numbers/${id}`);
  const restore = sheet.getByRole('button', { name: 'Restore and save mine' });
  await expect(restore).toBeVisible();
  const { _id: other } = await api.send<{ _id: string }>('POST', '/v1/phone-numbers', {
    phone_number: number,
    provider: 'pia',
  });
  await restore.click();
  await expect(sheet.getByRole('alert').filter({ hasText: number })).toBeVisible();
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('still here');
  await api.send('DELETE', `/v1/phone-numbers/${other}`);
  await restore.click();
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ notes: 'still here' });
});

test('a save that meets the deletion first loses nothing either, and discarding leaves the number', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Unheard') });
  const page = await signedInAs('operator');
  await page.route('**/v1/changes*', (route) => route.abort());
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('typed');
  await api.send('DELETE', `/v1/phone-numbers/${id}`);
  await page.keyboard.press('Control+s');
  await expect(sheet.getByRole('button', { name: 'Restore and save mine' })).toBeVisible();
  await sheet.getByRole('button', { name: 'Discard' }).click();
  await expect(sheet.getByRole('button', { name: 'Restore', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('typed');
});

test('hours deleted while they are edited keep their form, and are added anew', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Gone hours');
  const { business_hours_id: id } = await addHours(api, name);
  const page = await signedInAs('operator');
  const dialog = await openEdit(page, name);
  await dialog.getByRole('textbox', { name: 'Name' }).first().fill(`${name} edited`);
  await api.send('DELETE', `/v1/business-hours/${id}`);
  await expect(dialog.getByRole('alert')).toContainText('Someone deleted these hours');
  await dialog.getByRole('button', { name: 'Add anew' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(`${name} edited`).first()).toBeVisible();
});
