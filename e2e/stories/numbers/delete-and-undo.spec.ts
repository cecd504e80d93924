import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { openList, rowWith, unique } from '../../numbers.ts';

test('deleting names the number, and Undo brings it back with its secret', async ({ signedInAs, api }) => {
  const word = unique('Deleted');
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'sip', {
    friendly_name: word,
    sip_trunk_password: 'survives',
  });
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word).getByRole('link').click();
  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const question = page.getByRole('alertdialog', { name: `Delete ${shown}?` });
  await expect(question).toContainText(word);
  await question.getByRole('button', { name: 'Keep it' }).click();
  await expect(question).toHaveCount(0);

  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await question.getByRole('button', { name: `Delete ${shown}` }).click();
  await expect(page.getByText(`${shown} deleted`)).toBeVisible();
  await expect(page.getByRole('heading', { name: /Nothing matches/ })).toBeVisible();
  expect((await api.request('GET', `/v1/phone-numbers/${id}`)).status).toBe(404);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(`${shown} restored`)).toBeVisible();
  await expect(rowWith(page, word)).toBeVisible();
  expect(
    await api.send('POST', `/v1/phone-numbers/${id}/reveal`, { credential: 'sip_trunk_password' }),
  ).toMatchObject({ value: 'survives' });
});

test('a number that someone else changed meanwhile is not deleted unseen', async ({ signedInAs, api }) => {
  const word = unique('Changed');
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  await page.route('**/v1/changes', (route) => route.abort());
  await page.goto(`/numbers/${id}`);
  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { notes: 'important' });
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: `Delete ${shown}` }).click();
  await expect(question.getByRole('alert')).toContainText('Someone else has just changed this number');
  expect((await api.request('GET', `/v1/phone-numbers/${id}`)).status).toBe(200);
  await question.getByRole('button', { name: `Delete ${shown}` }).click();
  await expect(page.getByText(`${shown} deleted`)).toBeVisible();
});

test('a link to a number that is nowhere says so', async ({ signedInAs }) => {
  const page = await signedInAs('viewer');
  await page.goto('/numbers/0123456789abcdef01234567');
  await expect(page.getByRole('heading', { name: 'This number is not here' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the numbers' }).click();
  await expect(page).toHaveURL(/\/numbers$/);
});
