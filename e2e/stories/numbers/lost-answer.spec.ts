import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { openSheet, saved, unique } from '../../numbers.ts';

/** The server gets each of these saves and does it; its answers are lost on the way. */
const loseAnswers = async (page: Page, id: string, times: number) => {
  let left = times;
  await page.route(`**/v1/phone-numbers/${id}`, async (route) => {
    if (route.request().method() !== 'PATCH' || left === 0) return route.fallback();
    left -= 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
};
const someoneElse = /Someone else saved/;

test('a save whose answer was lost is asked for again, and made once', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Lost') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await loseAnswers(page, id, 1);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('once');
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByText(someoneElse)).toHaveCount(0);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 2, notes: 'once' });
});

test('an own save is no one else’s, however long its answer is lost', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Lost') });
  const page = await signedInAs('operator');
  await page.route('**/v1/changes*', (route) => route.abort());
  const sheet = await openSheet(page, id);
  await loseAnswers(page, id, 3);
  const notes = sheet.getByRole('textbox', { name: 'Notes' });
  await notes.fill('mine');
  await page.keyboard.press('Control+s');
  await expect(sheet.getByText('No answer came.', { exact: false })).toBeVisible();
  await expect(notes).toHaveValue('mine');
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine too');
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByText(someoneElse)).toHaveCount(0);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 3,
    notes: 'mine',
    friendly_name: 'Mine too',
  });
});

test('what was saved is said once it is heard of, without pressing again', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Lost') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await loseAnswers(page, id, 3);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('heard of');
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByText(someoneElse)).toHaveCount(0);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 2, notes: 'heard of' });
});

test('what others saved before the answer was heard of stays', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Lost') });
  const page = await signedInAs('operator');
  await page.route('**/v1/changes*', (route) => route.abort());
  const sheet = await openSheet(page, id);
  await loseAnswers(page, id, 3);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('mine');
  await page.keyboard.press('Control+s');
  await expect(sheet.getByText('No answer came.', { exact: false })).toBeVisible();
  const theirs = unique('Theirs');
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: theirs });
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(theirs);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 3,
    notes: 'mine',
    friendly_name: theirs,
  });
});

test('a refusal of the next try does not say that nothing was changed', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Lost') });
  const page = await signedInAs('operator');
  await page.route('**/v1/changes*', (route) => route.abort());
  const sheet = await openSheet(page, id);
  let isDown = true;
  let tries = 0;
  await page.route(`**/v1/phone-numbers/${id}`, async (route) => {
    if (route.request().method() !== 'PATCH' || !isDown) return route.fallback();
    tries += 1;
    if (tries > 1)
      return route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        json: { code: 'database_unavailable', status: 503, title: 'x', detail: 'Nothing was changed.' },
      });
    await route.fetch();
    return route.abort('connectionreset');
  });
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('done all the same');
  await page.keyboard.press('Control+s');
  await expect(sheet.getByText('No answer came.', { exact: false })).toBeVisible();
  await expect(sheet.getByText('Nothing was changed')).toHaveCount(0);
  isDown = false;
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByText(someoneElse)).toHaveCount(0);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 2, notes: 'done all the same' });
});

/** These saves never reach the server. */
const loseSaves = async (page: Page, id: string, times: number) => {
  let left = times;
  await page.route(`**/v1/phone-numbers/${id}`, async (route) => {
    if (route.request().method() !== 'PATCH' || left === 0) return route.fallback();
    left -= 1;
    await route.abort('connectionreset');
  });
};

test('a save that was given up is not made behind the next one', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Given up') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await loseSaves(page, id, 3);
  const notes = sheet.getByRole('textbox', { name: 'Notes' });
  await notes.fill('given up');
  await page.keyboard.press('Control+s');
  await expect(sheet.getByText('No answer came.', { exact: false })).toBeVisible();
  const sent: unknown[] = [];
  page.on('request', (request) => request.method() === 'PATCH' && sent.push(request.postDataJSON()));
  await sheet.getByRole('textbox', { name: 'Labels' }).pressSequentially('meant');
  await notes.fill('');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(sent).toEqual([{ labels: ['meant'] }]);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 2,
    notes: null,
    labels: ['meant'],
  });
});

test('a save that was given up, and was made all the same, is taken back as one’s own', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Given up') });
  const page = await signedInAs('operator');
  await page.route('**/v1/changes*', (route) => route.abort());
  const sheet = await openSheet(page, id);
  await loseAnswers(page, id, 3);
  const notes = sheet.getByRole('textbox', { name: 'Notes' });
  await notes.fill('given up');
  await page.keyboard.press('Control+s');
  await expect(sheet.getByText('No answer came.', { exact: false })).toBeVisible();
  await notes.fill('');
  await sheet.getByRole('textbox', { name: 'Labels' }).pressSequentially('meant');
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByText(someoneElse)).toHaveCount(0);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 3,
    notes: null,
    labels: ['meant'],
  });
});
