import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { openList, unique } from '../../numbers.ts';

const navigation = (page: Page) => page.getByRole('banner').getByRole('navigation', { name: 'Main' });
const linkTo = (page: Page, name: string) =>
  navigation(page).getByRole('link', { name: new RegExp(`^${name}`) });

const giveTwo = async (api: Caller) => {
  const word = unique('Viewed');
  await addNumber(api, 'pia', { friendly_name: `${word} one`, labels: ['pilot'] });
  await addNumber(api, 'sip', { friendly_name: `${word} two` });
  return word;
};

test('a filter is saved under a name, stands in the navigation with its count, and is renamed and deleted', async ({
  signedInAs,
  api,
}) => {
  const word = await giveTwo(api);
  const page = await signedInAs('operator');
  await openList(page, word, '&provider=pia&sort=friendly_name');
  await page.getByRole('button', { name: 'Save view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save view' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(
    /at least one character/,
  );
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`${word} pilots`);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(linkTo(page, `${word} pilots`)).toHaveAccessibleName(`${word} pilots , 1`);
  await expect(linkTo(page, `${word} pilots`)).toHaveAttribute('aria-current', 'page');

  // What comes to match is counted, and what the view is shows it again from anywhere.
  await addNumber(api, 'pia', { friendly_name: `${word} three` });
  await expect(linkTo(page, `${word} pilots`)).toHaveAccessibleName(`${word} pilots , 2`);
  await page.getByRole('link', { name: 'Agents' }).click();
  await linkTo(page, `${word} pilots`).click();
  await expect(page).toHaveURL(/provider=pia&sort=friendly_name/);
  await expect(page.getByRole('status').filter({ hasText: '2 numbers' })).toBeVisible();

  await page.getByRole('button', { name: `View ${word} pilots` }).click();
  await page.getByRole('menuitem', { name: 'Edit view' }).click();
  await page.getByRole('dialog', { name: 'Edit view' }).getByRole('textbox').fill(`${word} renamed`);
  await page.keyboard.press('Control+s');
  await expect(linkTo(page, `${word} renamed`)).toBeVisible();
  await page.getByRole('button', { name: `View ${word} renamed` }).click();
  await page.getByRole('menuitem', { name: 'Delete view' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete view' }).click();
  await expect(linkTo(page, `${word} renamed`)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Save view' })).toBeVisible();
});

test('a view is shared and taken out of the navigation by keyboard alone, and found by others at once', async ({
  signedInAs,
  api,
}) => {
  const word = await giveTwo(api);
  const [page, viewer] = [await signedInAs('operator'), await signedInAs('viewer')];
  await openList(viewer, word);
  await openList(page, word, '&label_all=pilot');
  await page.getByRole('button', { name: 'Save view' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type(`${word} shared`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('checkbox', { name: 'Shared' })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+s');
  await expect(linkTo(viewer, `${word} shared`)).toBeVisible();
  await linkTo(viewer, `${word} shared`).click();
  await expect(viewer.getByRole('status').filter({ hasText: '1 number' })).toBeVisible();
  // It is not the viewer's to change.
  await expect(viewer.getByRole('button', { name: `View ${word} shared` })).toHaveCount(0);
  await expect(viewer.getByText(`${word} shared`, { exact: true })).toHaveCount(2);

  await page.getByRole('button', { name: `View ${word} shared` }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'In the navigation' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+s');
  await expect(linkTo(viewer, `${word} shared`)).toHaveCount(0);
  await viewer.goto('/agents');
  await expect(viewer.getByRole('heading', { level: 1 })).toBeVisible();
  await viewer.keyboard.press('Control+k');
  await viewer.getByRole('combobox').fill(`${word} sh`);
  await viewer.getByRole('option', { name: new RegExp(`${word} shared`) }).click();
  await expect(viewer).toHaveURL(/label_all=pilot/);
});

test('a view that was opened is updated to what the list has come to show, and put back', async ({
  signedInAs,
  api,
}) => {
  const word = await giveTwo(api);
  const name = `${word} grown`;
  const page = await signedInAs('operator');
  await openList(page, word, '&provider=pia');
  await expect(page.getByRole('button', { name: 'Save view' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Update “/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Control+s');
  await expect(linkTo(page, name)).toHaveAccessibleName(`${name} , 1`);

  await page.getByRole('button', { name: 'Remove the filter Provider' }).click();
  await expect(page.getByRole('button', { name: 'Save view' })).toBeVisible();
  await page.getByRole('button', { name: `Update “${name}”` }).click();
  await expect(linkTo(page, name)).toHaveAccessibleName(`${name} , 2`);
  await expect(linkTo(page, name)).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('button', { name: /^Update “/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(linkTo(page, name)).toHaveAccessibleName(`${name} , 1`);
});

test('on a phone the menu of the list leads to the views', async ({ signedInAs, api }) => {
  const word = await giveTwo(api);
  const name = `${word} pocket`;
  const page = await signedInAs('operator');
  await openList(page, word, '&provider=pia');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Control+s');
  await expect(page.getByText(`View “${name}” saved`)).toBeVisible();
  const open = page.getByRole('button', { name: 'More for this list' });
  await open.click();
  await expect(page.getByRole('menuitem', { name: 'Export…' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 390, height: 844 });
  await openList(page, word);
  await open.click();
  await expect(page.getByRole('group', { name: 'Views' }).getByRole('menuitem', { name })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name }).click();
  await expect(page).toHaveURL(/provider=pia/);
});
