import { expect, test as base } from '@playwright/test';
import { cookiesOf } from '../../fixtures.ts';
import { setUp } from '../../http.ts';
import { grid } from '../../numbers.ts';
import { runCommand, startServer, type RunningServer } from '../../server.ts';

const ROWS = 6000;

const test = base.extend<object, { server: RunningServer; cookies: ReturnType<typeof cookiesOf> }>({
  server: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const server = await startServer();
      const { exitCode, output } = await runCommand(['seed', '--numbers', String(ROWS)], {
        dataDirectory: server.dataDirectory,
      });
      if (exitCode !== 0) throw new Error(output);
      await provide(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  cookies: [async ({ server }, provide) => provide(cookiesOf(await setUp(server))), { scope: 'worker' }],
  page: async ({ page, cookies }, provide) => {
    await page.context().addCookies(cookies);
    await provide(page);
  },
  baseURL: async ({ server }, provide) => provide(server.url),
});

test('thousands of rows are counted, drawn by the screenful, and reached to the last', async ({ page }) => {
  await page.goto('/numbers?sort=phone_number');
  const rows = grid(page).getByRole('row');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(ROWS + 1));
  await expect(page.getByText('6,000 numbers').first()).toBeVisible();
  await expect(rows.nth(1)).toContainText('+');
  expect(await rows.count()).toBeLessThan(80);

  await rows.nth(1).getByRole('link').focus();
  await page.keyboard.press('Control+End');
  const last = grid(page).locator(`[aria-rowindex="${ROWS + 1}"]`);
  await expect(last.locator(':focus')).toHaveCount(1);
  await expect(last).toBeInViewport();
  expect(await rows.count()).toBeLessThan(80);
  await page.keyboard.press('Control+Home');
  await expect(grid(page).locator('[aria-rowindex="2"]').getByRole('link')).toBeFocused();
});

test('every row is met once, in order, on the way down', async ({ page }) => {
  await page.goto('/numbers?sort=phone_number');
  await expect(grid(page).getByRole('row').nth(1)).toContainText('+');
  const seen = new Map<number, string>();
  await grid(page).getByRole('row').nth(1).getByRole('link').focus();
  const drawn = () =>
    grid(page).evaluate((element) =>
      [...element.querySelectorAll('[role=row][aria-rowindex]')].map(
        (row) =>
          [
            Number(row.getAttribute('aria-rowindex')),
            row.querySelector('a')?.getAttribute('href') ?? '',
          ] as const,
      ),
    );
  for (let at = 2; at < 400;) {
    await page.keyboard.press('PageDown');
    await expect
      .poll(async () => (await drawn()).every(([index, href]) => index < 2 || href !== ''))
      .toBe(true);
    for (const [index, href] of await drawn()) if (index > 1) seen.set(index, href);
    const focused = await page.evaluate(() =>
      Number(document.activeElement?.closest('[aria-rowindex]')?.getAttribute('aria-rowindex')),
    );
    expect(focused).toBeGreaterThan(at);
    at = focused;
  }
  const indexes = [...seen.keys()].toSorted((a, b) => a - b);
  expect(indexes).toEqual(Array.from({ length: indexes.length }, (_, at) => at + 2));
  expect(new Set(seen.values()).size).toBe(seen.size);
});

test('Back from a number comes to the same place in the list', async ({ page }) => {
  await page.goto('/numbers?sort=phone_number');
  await grid(page).getByRole('row').nth(1).getByRole('link').focus();
  for (let times = 0; times < 6; times++) await page.keyboard.press('PageDown');
  await expect(page.locator(':focus')).toHaveAttribute('href', /numbers/);
  const row = page.locator('[role=row]:focus-within');
  await expect(row).toBeInViewport();
  const before = await row.boundingBox();
  const index = await row.getAttribute('aria-rowindex');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const after = grid(page).locator(`[aria-rowindex="${index}"]`);
  await expect(after.getByRole('link')).toBeFocused();
  expect((await after.boundingBox())?.y).toBe(before?.y);
});

// Last, for it adds to the list.
test('while many are added, what is in sight is read now and then, and nothing for each', async ({
  page,
  server,
}) => {
  await page.goto('/numbers?sort=phone_number');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(ROWS + 1));
  let [lists, records] = [0, 0];
  page.on('request', (request) => {
    if (/\/v1\/phone-numbers\?include=total.*page_size=50/.test(request.url())) lists += 1;
    if (/\/v1\/phone-numbers\/[0-9a-f]{24}$/.test(request.url())) records += 1;
  });
  const startedAt = Date.now();
  const wanted = ROWS + 3000;
  const { exitCode, output } = await runCommand(['seed', '--numbers', String(wanted)], {
    dataDirectory: server.dataDirectory,
  });
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(wanted + 1));
  expect(records).toBe(0);
  expect(lists).toBeGreaterThan(0);
  expect(lists).toBeLessThanOrEqual((Date.now() - startedAt) / 800 + 1);
});
