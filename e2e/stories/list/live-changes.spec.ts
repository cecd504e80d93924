import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, assign, grid, openList, rowWith, unique } from '../../numbers.ts';

test('what one browser saves, another shows within a second', async ({ signedInAs, api }) => {
  const word = unique('Live');
  await addAgent(api, `${word} night`);
  const { phone_number_international: shown } = await addNumber(api, 'sip', { friendly_name: word });
  const [first, second] = [await signedInAs('operator'), await signedInAs('viewer')];
  await openList(first, word);
  await openList(second, word);
  await assign(first, shown, 'Inbound', `${word} night`);
  await expect(rowWith(second, shown)).toContainText(`${word} night`, { timeout: 1000 });
});

test('numbers that come and go are shown and counted', async ({ signedInAs, api }) => {
  const word = unique('Coming');
  await addNumber(api, 'pia', { friendly_name: `${word} first` });
  const page = await signedInAs('viewer');
  await openList(page, word);
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: `${word} second` });
  await expect(rowWith(page, `${word} second`)).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
  await api.send('DELETE', `/v1/phone-numbers/${id}`);
  await expect(rowWith(page, `${word} second`)).toHaveCount(0);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
});

test('the row under the hand does not move when rows come in above it', async ({ signedInAs, api }) => {
  const word = unique('Still');
  for (let n = 0; n < 60; n++)
    await addNumber(api, 'pia', { friendly_name: `${word} ${String(n).padStart(3, '0')}` });
  const page = await signedInAs('operator');
  await openList(page, word, '&sort=friendly_name');
  const row = rowWith(page, `${word} 010`);
  await row.hover();
  const before = await row.boundingBox();
  await addNumber(api, 'pia', { friendly_name: `${word} 000 and more` });
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '62');
  await expect(row).toBeVisible();
  expect((await row.boundingBox())?.y).toBe(before?.y);
});

test('a change that commits before the page follows the changes is not missed', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Between');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('viewer');
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/v1/changes', async (route) => {
    await held;
    await route.continue();
  });
  await openList(page, word);
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `${word} changed` });
  letThrough();
  await expect(rowWith(page, `${word} changed`)).toBeVisible();
});

test('the first page is read once, and again only for what changed before the page followed', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Once');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('viewer');
  let lists = 0;
  page.on('request', (request) => {
    if (/\/v1\/phone-numbers\?.*page_size=50/.test(request.url())) lists += 1;
  });
  const followed = page.waitForResponse('**/v1/changes');
  await openList(page, word);
  await followed;
  // What is told now, is told to a page that follows.
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `${word} changed` });
  await expect(rowWith(page, `${word} changed`)).toBeVisible();
  expect(lists).toBe(1);
});
