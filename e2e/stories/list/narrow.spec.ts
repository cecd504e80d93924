import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, assign, openList, rowWith, unique } from '../../numbers.ts';

const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

for (const width of [390, 360]) {
  test.describe(`${width} px wide`, () => {
    test.use({ contextOptions: { viewport: { width, height: 780 }, hasTouch: true } });

    test('the day’s work is done: find, reassign, open', async ({ signedInAs, api }) => {
      const word = unique('Narrow');
      await addAgent(api, `${word} night`);
      const { _id: id, phone_number_international: shown } = await addNumber(api, 'sip', {
        friendly_name: `${word} with a rather long label that must be cut`,
      });
      const page = await signedInAs('operator');
      await openList(page, word);
      expect(await scrollsSideways(page)).toBe(false);
      await assign(page, shown, 'Inbound', `${word} night`);
      await expect(
        rowWith(page, shown).getByRole('button', { name: `Inbound agent: ${word} night` }),
      ).toBeVisible();
      await rowWith(page, shown).getByRole('link').click();
      await expect(page).toHaveURL(new RegExp(id));
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await scrollsSideways(page)).toBe(false);
    });

    test('no page scrolls sideways', async ({ signedInAs, api }) => {
      await addAgent(
        api,
        unique('An agent with a name that is much too long for a narrow screen, and goes on'),
      );
      const long = 'Business hours with a name that is too long for any narrow screen, and that goes';
      await api.send('POST', '/v1/business-hours', {
        name: `${long.slice(0, 60)} ${unique('on')}`,
        time_zone: 'America/Argentina/ComodRivadavia',
        weekly: [],
      });
      const page = await signedInAs('admin');
      for (const path of [
        '/numbers',
        '/numbers/new',
        '/agents',
        '/business-hours',
        '/activity',
        '/settings/account',
        '/settings/operators',
        '/settings/api-keys',
        '/settings/limits',
        '/settings/appearance',
      ]) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
        expect(await scrollsSideways(page), path).toBe(false);
      }
    });
  });
}

test('at 1024 px the tools of the whole list stand in one line', async ({ signedInAs, api }) => {
  await Promise.all(Array.from({ length: 100 }, () => addNumber(api, 'pia')));
  const page = await signedInAs('operator');
  await page.setViewportSize({ width: 1024, height: 780 });
  await page.goto('/numbers');
  const add = page.getByRole('main').getByRole('button', { name: 'Add number' });
  await expect(page.getByRole('status').filter({ hasText: /^\d{3} numbers/ })).toBeVisible();
  const search = page.getByRole('searchbox');
  const tools = [search, page.getByRole('button', { name: 'Add a filter' }), add];
  const boxes = await Promise.all(tools.map((tool) => tool.boundingBox()));
  expect(boxes[0]?.width).toBeGreaterThan(160);
  const middles = boxes.map((box) => (box?.y ?? 0) + (box?.height ?? 0) / 2);
  expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(2);
  // Nor are the agents' names cut to their first syllable.
  const unassigned = page.getByRole('gridcell').getByText('Unassigned').first();
  expect(await unassigned.evaluate((text) => text.scrollWidth - text.clientWidth)).toBe(0);
});
