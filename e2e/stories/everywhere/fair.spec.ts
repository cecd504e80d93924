import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { openList, rowWith, unique } from '../../numbers.ts';
import { follow } from '../../prove/fair/fair-load.ts';

const STREAMS_OF_AN_OPERATOR = 20;

test('a tab that gave its stream to newer ones throws none of them out, and reads afresh by itself', async ({
  signedInAs,
  sessions,
  api,
}) => {
  const word = unique('Gave way');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('viewer');
  await page.clock.install();
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/changes')) asked++;
  });
  const opened = page.waitForResponse('**/v1/changes');
  await openList(page, word);
  await opened;

  const newer = await Promise.all(
    Array.from({ length: STREAMS_OF_AN_OPERATOR }, () => follow(sessions.viewer)),
  );
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `${word} changed` });
  await expect.poll(() => newer.every(({ text }) => text.includes(id))).toBe(true);
  await expect(async () => {
    await page.clock.runFor(10_000);
    await expect(rowWith(page, `${word} changed`)).toBeVisible({ timeout: 500 });
  }).toPass();
  expect([asked, newer.filter(({ isOver }) => isOver).length]).toEqual([1, 0]);

  // Its reader turns to it: now it follows again, and the oldest of the others gives way.
  const again = page.waitForResponse('**/v1/changes');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await again;
  await expect.poll(() => newer.filter(({ isOver }) => isOver).length).toBe(1);
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `${word} again` });
  await expect(rowWith(page, `${word} again`)).toBeVisible();
  for (const each of newer) each.close();
});

test('a list that is refused for a moment loads by itself, without an error', async ({ signedInAs, api }) => {
  const word = unique('Busy');
  await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('viewer');
  let refused = 0;
  await page.route('**/v1/phone-numbers?*', async (route) => {
    if (refused === 3) return route.continue();
    refused++;
    const problem = {
      type: '/docs#too_many_requests',
      title: 'Too many heavy requests at once',
      status: 429,
      detail: 'Ask again in a moment.',
    };
    return route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      headers: { 'retry-after': '1' },
      body: JSON.stringify({
        ...problem,
        code: 'too_many_requests',
        request_id: 'r',
        retry_after_seconds: 1,
      }),
    });
  });
  await openList(page, word);
  expect(refused).toBe(3);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('Too many')).toHaveCount(0);
});
