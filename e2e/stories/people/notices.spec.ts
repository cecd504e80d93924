import { expect, expectAccessible, openPage, test } from '../../fixtures.ts';
import { callerWith, setUp } from '../../http.ts';
import { startServer } from '../../server.ts';

test('admins are told that X-Forwarded-For arrives though no proxy is trusted', async ({
  browser,
  contextOptions,
}) => {
  // A server of its own: what it is told stands on it for a day.
  const server = await startServer();
  const page = await openPage(browser, server.url, await setUp(server), contextOptions);
  try {
    const notice = page.getByRole('region', { name: 'X-Forwarded-For arrives, but no proxy is trusted' });
    await page.goto('/activity');
    await expect(page.getByText('signed in', { exact: true }).first()).toBeVisible();
    await expect(notice).toHaveCount(0);
    await callerWith(server.url, { 'x-forwarded-for': '203.0.113.9' }).request('GET', '/v1/set-up');
    for (const place of ['/activity', '/settings/operators']) {
      await expect(async () => {
        await page.goto(place);
        await expect(notice).toContainText('Set CORDBOARD_TRUSTED_PROXY', { timeout: 2000 });
      }).toPass();
      await expectAccessible(page);
    }
  } finally {
    await page.context().close();
    await server.stop();
  }
});
