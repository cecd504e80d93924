import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { grid, openList, rowWith, unique } from '../../numbers.ts';
import { bar, box, selected, toast } from '../../selection.ts';

const addSome = async (api: Caller, word: string, names: string) => {
  for (const name of names) await addNumber(api, 'pia', { friendly_name: `${word} ${name}` });
};

test('boxes select by mouse, Shift selects a range, and a press elsewhere in the row opens it', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Ticked');
  await addSome(api, word, 'abcde');
  const page = await signedInAs('operator');
  await openList(page, word, '&sort=friendly_name');
  await box(page, `${word} b`).click();
  await expect(bar(page)).toContainText('1 selected');
  await box(page, `${word} d`).click({ modifiers: ['Shift'] });
  await expect(selected(page)).toHaveText([/ b/, / c/, / d/]);
  // The range is taken anew from its beginning: what is beyond it now is given back.
  await box(page, `${word} c`).click({ modifiers: ['Shift'] });
  await expect(selected(page)).toHaveText([/ b/, / c/]);
  await box(page, `${word} b`).click();
  await expect(bar(page)).toContainText('1 selected');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');

  await rowWith(page, `${word} e`).getByText(`${word} e`).click();
  await expect(page.getByRole('dialog')).toContainText(`${word} e`);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(bar(page)).toContainText('1 selected');
  await bar(page).getByRole('button', { name: 'Clear the selection' }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect(selected(page)).toHaveCount(0);
});

test('the keyboard selects: x, Shift and the arrows, everything, and Escape', async ({ signedInAs, api }) => {
  const word = unique('Keyed');
  await addSome(api, word, 'abcd');
  const page = await signedInAs('operator');
  await openList(page, word, '&sort=friendly_name');
  await page.keyboard.press('j');
  await expect(rowWith(page, `${word} a`).getByRole('link')).toBeFocused();
  await page.keyboard.press('x');
  await expect(selected(page)).toHaveText([/ a/]);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(selected(page)).toHaveText([/ a/, / b/, / c/]);
  await page.keyboard.press('Shift+ArrowUp');
  await expect(selected(page)).toHaveText([/ a/, / b/]);
  await expect(rowWith(page, `${word} b`).getByRole('link')).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expect(box(page, `${word} b`)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(selected(page)).toHaveText([/ a/]);

  await page.keyboard.press('Control+a');
  await expect(bar(page)).toContainText('All 4 that match');
  await expect(selected(page)).toHaveCount(4);
  await page.keyboard.press('x');
  await expect(bar(page)).toContainText('3 of 4 selected');
  await expect(page.getByRole('status').filter({ hasText: '3 of 4 selected' })).toHaveCount(1);
  await expect(grid(page).getByRole('checkbox', { name: 'Select all that match' })).toBeChecked({
    indeterminate: true,
  });
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox', { name: 'Search numbers' })).toBeFocused();
});

test('a selection outlives other filters, and one of all keeps the filter it was made with', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Kept');
  await addSome(api, word, 'abc');
  await addNumber(api, 'sip', { friendly_name: `${word} trunk` });
  const page = await signedInAs('operator');
  await openList(page, word, '&provider=pia&sort=friendly_name');
  await box(page, `${word} a`).click();
  await box(page, `${word} b`).click();
  const search = page.getByRole('searchbox', { name: 'Search numbers' });
  await search.fill(`${word} b`);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await expect(bar(page)).toContainText('2 selected, 1 not shown');
  await expect(box(page, `${word} b`)).toBeChecked();

  await search.fill(word);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  await bar(page).getByRole('button', { name: 'or all 3' }).click();
  await expect(bar(page)).toContainText('All 3 that match');
  // What comes to match is one of them.
  await addSome(api, word, 'd');
  await expect(bar(page)).toContainText('All 4 that match');
  await expect(box(page, `${word} d`)).toBeChecked();
  await search.fill(`${word} c`);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await expect(bar(page)).toContainText('All 4 selected in another list');
  // Here nothing can be ticked: the box says so, and does not look as if it could.
  const shut = box(page, `${word} c`);
  await expect(shut).toBeChecked({ indeterminate: true });
  await expect(shut).toBeDisabled();
  await expect(shut).toHaveAccessibleDescription(/^Numbers of another list are selected/);
  await shut.click({ force: true });
  await expect(toast(page, 'Numbers of another list are selected')).toBeVisible();
  await expect(shut).toBeChecked({ indeterminate: true });
  // Nor does the box above them all throw away what is selected.
  const all = grid(page).getByRole('checkbox', { name: 'Select all that match' });
  await expect(all).toBeDisabled();
  await all.click({ force: true });
  await expect(all).toBeChecked({ indeterminate: true });
  await expect(bar(page)).toContainText('All 4 selected in another list');
  await bar(page).getByRole('button', { name: 'Labels…' }).click();
  await expect(page.getByRole('dialog')).toContainText('On all 4 numbers that match in another list');
  await page.keyboard.press('Escape');
  await bar(page).getByRole('link', { name: 'Show them' }).click();
  await expect(selected(page)).toHaveCount(4);
});

test('viewers have no boxes', async ({ signedInAs, api }) => {
  const word = unique('Unticked');
  await addSome(api, word, 'a');
  const page = await signedInAs('viewer');
  await openList(page, word);
  await expect(grid(page).getByRole('checkbox')).toHaveCount(0);
  await rowWith(page, word).getByRole('link').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Control+a');
  await expect(bar(page)).toHaveCount(0);
});

for (const width of [1440, 1024, 390, 360])
  test(`the boxes and the bar are for everyone at ${width} px`, async ({ signedInAs, api }) => {
    const word = unique('Everyone');
    await addSome(api, word, 'abc');
    const page = await signedInAs('operator');
    await page.setViewportSize({ width, height: 844 });
    await openList(page, word, '&sort=friendly_name');
    await box(page, `${word} a`).click();
    await expect(bar(page)).toContainText('1 selected');
    // Whole, and all of them in sight.
    for (const button of await bar(page).getByRole('button').all()) {
      const { x = -1, width: own = 0 } = (await button.boundingBox()) ?? {};
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + own).toBeLessThanOrEqual(width);
      expect(await button.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0);
    }
    await bar(page).getByRole('button', { name: 'More' }).click();
    await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
