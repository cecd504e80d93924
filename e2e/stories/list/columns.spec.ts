import type { Browser, Page } from '@playwright/test';
import type { View } from '#contract/views.ts';
import { expect, expectAccessible, openPage, test } from '../../fixtures.ts';
import { addNumber, addOperator, signIn, type Caller } from '../../http.ts';
import { grid, openList, rowWith, unique } from '../../numbers.ts';

const heads = (page: Page) => grid(page).getByRole('columnheader');
const panel = (page: Page) => page.getByRole('dialog', { name: 'Columns' });
const box = (page: Page, name: string) => panel(page).getByRole('checkbox', { name, exact: true });
const usual = [
  'Number',
  'Name',
  'Provider',
  'Inbound agent',
  'Answering now',
  'Outbound agent',
  'Labels',
  'Updated',
];
/** The heads of the columns but the boxes, as they are read; the order of the list has its arrow. */
const expectHeads = (page: Page, names: readonly string[]) =>
  expect(heads(page)).toHaveText(['', ...names.map((name) => new RegExp(`^${name}`))]);

/** What one chooses here nobody else is to see: an operator of the test's own. */
const ownOperator = async (admin: Caller) => {
  const caller = await signIn(admin.url, await addOperator(admin, 'operator', unique('Columns')));
  const open = (browser: Browser, options: object) => openPage(browser, admin.url, caller, options);
  return { caller, open };
};

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};

const openPanel = async (page: Page) => {
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  await expect(panel(page).getByRole('listitem').first().getByRole('checkbox')).toBeFocused();
};

test('columns are chosen, dragged and put back by mouse, kept by the server and by the views saved', async ({
  browser,
  contextOptions,
  admin,
  api,
}) => {
  const word = unique('Chosen');
  await addNumber(api, 'pia', { friendly_name: `${word} b`, labels: ['pilot'] });
  await addNumber(api, 'pia', { friendly_name: `${word} a`, labels: ['pilot'] });
  const { caller, open } = await ownOperator(admin);
  const page = await open(browser, contextOptions);
  await openList(page, word);
  await expectHeads(page, usual);
  await openPanel(page);
  await expect(box(page, 'Number')).toBeDisabled();
  await box(page, 'Provider').uncheck();
  await box(page, 'Labels').uncheck();
  await box(page, 'Country').check();
  const shown = usual.filter((name) => name !== 'Provider' && name !== 'Labels');
  await expectHeads(page, [...shown, 'Country']);
  // Country, carried over all others.
  const handle = panel(page).getByRole('listitem').filter({ hasText: 'Country' }).getByTitle('Drag');
  const first = await panel(page).getByRole('listitem').first().boundingBox();
  await handle.hover();
  await page.mouse.down();
  await page.mouse.move(0, 0);
  await page.mouse.move((first?.x ?? 0) + 10, (first?.y ?? 0) + 4, { steps: 4 });
  await page.mouse.up();
  const withCountry = ['Number', 'Country', ...shown.slice(1)];
  await expectHeads(page, withCountry);
  await box(page, 'Compact rows').check();
  await expect.poll(async () => (await rowWith(page, `${word} a`).boundingBox())?.height).toBe(32);
  await expectAccessible(page);
  const stored = {
    list_columns: [
      'phone_number',
      'country',
      'friendly_name',
      'inbound_agent_id',
      'answering_now',
      'outbound_agent_id',
      'updated_at',
    ],
    compact_rows: true,
  };
  await expect.poll(() => caller.get('/v1/me')).toMatchObject(stored);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More for this list' })).toBeFocused();

  // Another browser of the same operator has them, and sorts by what it shows.
  const other = await open(browser, contextOptions);
  await openList(other, word, '&label_all=pilot');
  await expectHeads(other, withCountry);
  await heads(other).filter({ hasText: 'Name' }).getByRole('button').click();
  await expect(grid(other).getByRole('row').nth(1)).toContainText(`${word} a`);
  await expect(heads(other).nth(2)).toHaveText(/^Country/);
  await other.getByRole('button', { name: 'Save view' }).click();
  await other.getByRole('textbox', { name: 'Name' }).fill(word);
  await other.keyboard.press('Control+s');
  await expect(other.getByRole('button', { name: `View ${word}` })).toBeVisible();

  await openPanel(page);
  await panel(page).getByRole('button', { name: 'Back to default' }).click();
  await expectHeads(page, usual);
  await expect(panel(page).getByRole('button', { name: 'Back to default' })).toBeDisabled();
  await page.keyboard.press('Escape');
  // The view, which the other browser has saved, keeps what was shown there; what is chosen while it is open is its own.
  await page.reload();
  await page.getByRole('banner').getByRole('link', { name: word }).click();
  await expectHeads(page, withCountry);
  await openPanel(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  await expect(panel(page).getByRole('listitem').first().getByRole('checkbox')).toBeFocused();
  await expect(panel(page)).toContainText(`Columns of the view ${word}`);
  await box(page, 'Country').uncheck();
  await expectHeads(page, shown);
  await expect
    .poll(async () => (await caller.get<{ views: object[] }>('/v1/views')).views)
    .toContainEqual(expect.objectContaining({ name: word, columns: stored.list_columns.toSpliced(1, 1) }));
  expect(await caller.get('/v1/me')).toMatchObject({ list_columns: null });
  await page
    .getByRole('banner')
    .getByRole('link', { name: /^Numbers/ })
    .click();
  await expectHeads(page, usual);
  await Promise.all([page.context().close(), other.context().close()]);
});

test('what is chosen stays shown while an answer from before it comes late', async ({
  browser,
  contextOptions,
  admin,
  api,
}) => {
  const word = unique('Late');
  await addNumber(api, 'pia', { friendly_name: word });
  const { caller, open } = await ownOperator(admin);
  const addView = (by: Caller, name: string, columns: readonly string[], shared: boolean) =>
    by.send<View>('POST', '/v1/views', { name, filter: { q: word }, columns, pinned: true, shared });
  await addView(caller, word, ['phone_number', 'friendly_name', 'country'], false);
  const other = await addView(admin, `${word} other`, ['phone_number', 'friendly_name'], true);
  const page = await open(browser, contextOptions);
  await page.goto('/numbers');
  const views = page.getByRole('region', { name: 'Views' }).getByRole('link');
  await views.filter({ hasText: word }).first().click();
  await expectHeads(page, ['Number', 'Name', 'Country']);
  await openPanel(page);

  const [read, stored, answered] = [gate(), gate(), gate()];
  let isAnswered = false;
  await page.route(/\/v1\/views$/, async (route) => {
    const response = await route.fetch();
    answered.open();
    await read.opened;
    // Whoever asked may have gone.
    await route.fulfill({ response }).catch(() => {});
    isAnswered = true;
  });
  await page.route(/\/v1\/views\/./, async (route) => {
    await stored.opened;
    await route.continue();
  });
  await admin.send('PATCH', `/v1/views/${other.view_id}`, { name: `${word} renamed` });
  await answered.opened;
  await box(page, 'Country').uncheck();
  await expectHeads(page, ['Number', 'Name']);
  read.open();
  await expect.poll(() => isAnswered).toBe(true);
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  await expect(box(page, 'Country')).not.toBeChecked();
  // What someone else does is shown meanwhile, and the choice with it: also where that is read after it was made.
  await expect(views.filter({ hasText: 'renamed' })).toHaveCount(1);
  await admin.send('PATCH', `/v1/views/${other.view_id}`, { name: `${word} again` });
  await expect(views.filter({ hasText: 'again' })).toHaveCount(1);
  await expectHeads(page, ['Number', 'Name']);
  expect(await box(page, 'Country').isChecked()).toBe(false);
  stored.open();
  await expectHeads(page, ['Number', 'Name']);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().close();
  // It is in everybody's menu.
  await admin.send('DELETE', `/v1/views/${other.view_id}`);
});

test('columns are moved by keyboard alone, scroll sideways where they are too many, and are put back where they cannot be saved', async ({
  browser,
  contextOptions,
  admin,
  api,
}) => {
  const word = unique('Carried');
  await addNumber(api, 'pia', { friendly_name: word });
  const { open } = await ownOperator(admin);
  const page = await open(browser, { ...contextOptions, viewport: { width: 1024, height: 700 } });
  await openList(page, word);
  const fitting = usual.filter((name) => name !== 'Labels');
  await expectHeads(page, fitting);
  const more = page.getByRole('button', { name: 'More for this list' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Columns…' })).toBeVisible();
  // Both keys are there before the page has time for either: the second goes by where the first has led.
  await Promise.all([
    page.evaluate(() => {
      const until = performance.now() + 300;
      while (performance.now() < until);
    }),
    page.keyboard.press('c'),
    page.keyboard.press('Enter'),
  ]);
  await expect(box(page, 'Name')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(box(page, 'Name')).toBeFocused();
  await expect(panel(page).getByRole('status')).toHaveText('Name is now at place 4 of 11.');
  const moved = ['Number', 'Provider', 'Inbound agent', 'Name', ...fitting.slice(4)];
  await expectHeads(page, moved);
  for (const name of ['Labels', 'Added', 'Country']) {
    await box(page, name).focus();
    await page.keyboard.press('Space');
  }
  await expectHeads(page, [...moved, 'Labels', 'Added', 'Country']);
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  // The last column is beyond the edge: the focus brings it into sight, and the first again.
  const country = rowWith(page, word).getByRole('gridcell').last();
  await expect(country).not.toBeInViewport();
  await page.keyboard.press('j');
  await page.keyboard.press('End');
  await expect(country).toBeFocused();
  await expect(country).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Home');
  await expect(rowWith(page, word).getByRole('checkbox')).toBeFocused();
  await expect(rowWith(page, word).getByRole('checkbox')).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);

  // On a narrow screen the entries are as ever, and there is nothing to choose.
  await page.setViewportSize({ width: 390, height: 780 });
  await expect(grid(page).getByRole('row').filter({ hasText: word }).getByRole('gridcell')).toHaveCount(5);
  await more.click();
  await expect(page.getByRole('menuitem')).toHaveText(['Export…', 'Import numbers…']);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1024, height: 700 });

  await page.route('**/v1/me', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  );
  await openPanel(page);
  await box(page, 'Country').click();
  await expect(page.getByText(/^Your choice for the list was not saved/)).toBeVisible();
  await expect(box(page, 'Country')).toBeChecked();
  await expectHeads(page, [...moved, 'Labels', 'Added', 'Country']);
  await page.context().close();
});
