import { expect, openPage, test } from '../../fixtures.ts';
import { addNumber, setUp } from '../../http.ts';
import { runCommand, startServer } from '../../server.ts';
import { grid, openList, unique } from '../../numbers.ts';

const banner = /^Not connected since \d\d:\d\d\./;

test('a server that is gone is seen, found again by itself, and what was missed is read', async ({
  browser,
  contextOptions,
}) => {
  let server = await startServer();
  try {
    const admin = await setUp(server);
    await addNumber(admin, 'pia', { friendly_name: unique('Gone') });
    const page = await openPage(browser, server.url, admin, contextOptions);
    await page.goto('/numbers');
    const rows = grid(page).getByRole('row');
    await expect(rows).toHaveCount(2);
    await expect(page.getByText(banner)).toHaveCount(0);
    await server.kill();
    await expect(page.getByText(banner)).toBeVisible();
    await expect(rows).toHaveCount(2);
    const { port, dataDirectory } = server;
    await runCommand(['seed', '--numbers', '3'], { dataDirectory });
    server = await startServer({ port, dataDirectory });
    await expect(page.getByText(banner)).toHaveCount(0);
    await expect(rows).toHaveCount(4);
    await page.context().close();
  } finally {
    await server.stop();
  }
});

test('one that is silent counts as gone, until it speaks', async ({ browser, contextOptions }) => {
  const server = await startServer();
  try {
    const admin = await setUp(server);
    const word = unique('Silent');
    await addNumber(admin, 'pia', { friendly_name: word });
    const page = await openPage(browser, server.url, admin, contextOptions);
    await page.clock.install();
    await openList(page, word);
    process.kill(server.pid, 'SIGSTOP');
    await page.clock.fastForward(12_000);
    await expect(page.getByText(banner)).toBeVisible();
    process.kill(server.pid, 'SIGCONT');
    await expect(page.getByText(banner)).toHaveCount(0);
    await page.context().close();
  } finally {
    process.kill(server.pid, 'SIGCONT');
    await server.stop();
  }
});
