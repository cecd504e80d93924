import type { Locator } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { openSheet, unique } from '../../numbers.ts';

/**
 * What a component has drawn anew carries other props. React keeps the props of each element at the element,
 * which tells what was drawn in the built console too.
 */
const mark = (sheet: Locator) =>
  sheet.evaluate((root) => {
    const propsOf = (element: Element): unknown =>
      Object.entries(element).find(([key]) => key.startsWith('__reactProps$'))?.[1];
    const before = new Map([...root.querySelectorAll('*')].map((element) => [element, propsOf(element)]));
    Object.assign(window, {
      redrawn: () =>
        [...before].filter(([element, props]) => element.isConnected && propsOf(element) !== props),
    });
    return before.size;
  });

/**
 * The redrawn elements in all, and those that are neither of the field typed in nor of the bar that saves.
 */
const redrawn = (sheet: Locator, label: string) =>
  sheet.evaluate((root, name) => {
    const all = (window as unknown as { redrawn: () => [Element, unknown][] })
      .redrawn()
      .map(([element]) => element);
    const field = [...root.querySelectorAll('label')].find(
      (element) => element.textContent === name,
    )?.parentElement;
    const bar = [...root.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Discard',
    )?.parentElement;
    if (!field || !bar) throw new Error('The field or the bar is not there.');
    return {
      all: all.length,
      elsewhere: all
        .filter((element) => !field.contains(element) && !bar.contains(element))
        .map(({ outerHTML }) => outerHTML),
    };
  }, label);

test('a typed character draws the field and the bar that saves, and nothing else of the form', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: unique('Redraws') });
  const page = await signedInAs('operator');
  // A minute that turns meanwhile is drawn where it is shown.
  await page.clock.install();
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await expect(sheet.getByText('at any time')).toBeVisible();
  await sheet.getByRole('tab', { name: 'Call handling' }).click();
  await expect(sheet.getByRole('button', { name: 'Set a window' })).toBeVisible();
  await sheet.getByRole('tab', { name: 'General' }).click();
  await page.clock.pauseAt(Date.now() + 1000);

  for (const label of ['Name', 'Notes']) {
    await sheet.getByRole('textbox', { name: label, exact: true }).focus();
    // The first change of a field also brings or lengthens the bar.
    for (const key of ['a', 'b']) {
      expect(await mark(sheet)).toBeGreaterThan(200);
      await page.keyboard.press(key);
      await expect(sheet.getByText(label === 'Name' ? '1 change' : '2 changes')).toBeVisible();
      const { all, elsewhere } = await redrawn(sheet, label);
      expect(all, 'the probe sees the field itself').toBeGreaterThan(0);
      expect(elsewhere).toEqual([]);
    }
  }
});
