import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, nextPhoneNumber } from '../../http.ts';
import { addAgent, grid, openList, rowWith, unique } from '../../numbers.ts';

const choose = async (page: Page, name: string, text: string) => {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^(?:Choose a|Replace the) file…/ }).click();
  const chooser = await choosing;
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
};
const drop = async (page: Page, name: string, text: string) => {
  const dataTransfer = await page.evaluateHandle(
    (given) => {
      const files = new DataTransfer();
      files.items.add(new File([given.text], given.name, { type: 'text/csv' }));
      return files;
    },
    { name, text },
  );
  await page.getByRole('heading', { name: 'Imported' }).dispatchEvent('drop', { dataTransfer });
};
const check = (page: Page) => page.getByRole('region', { name: 'Check' });
const refused = (page: Page) => page.getByRole('table', { name: 'Refused rows' });

test('a file is mapped, checked and imported, and what was refused of it is saved, repaired and imported', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Imported');
  await addAgent(api, `${word} desk`);
  const there = await addNumber(api, 'pia', { friendly_name: `${word} there` });
  const [one, two] = [nextPhoneNumber(), nextPhoneNumber()];
  const rows = [
    'Rufnummer;Provider;Name;Agent;Memo',
    `${one};pia;${word} one;${word} desk;x`,
    `${two};pia;${word} two;${word} nobody;"two\nlines"`,
    `1.41556E+10;pia;${word} rounded;;`,
    `${there.phone_number};pia;${word} renamed;;`,
  ];
  const page = await signedInAs('operator');
  await openList(page, word);
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('menuitem', { name: 'Import numbers…' }).click();
  await expect(page.getByRole('heading', { name: 'Drop a file of numbers here' })).toBeVisible();
  await expectAccessible(page);

  // The heading is not understood: what is wrong is said, and mended by choosing.
  await choose(page, 'nov.csv', rows.join('\r\n'));
  await expect(page.getByRole('alert')).toContainText('No column is the phone number');
  await page.getByRole('combobox', { name: 'Rufnummer becomes' }).selectOption('Phone number');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(check(page)).toContainText('1 new, 3 refused');
  await expect(page).toHaveURL(/\/imports\/[0-9a-f]{24}$/);
  await expect(page.getByRole('region', { name: 'File' })).toContainText(
    'nov.csv4 rows · semicolons · UTF-8',
  );

  await page.getByRole('combobox', { name: 'Numbers that are there already' }).selectOption('update');
  await expect(check(page)).toContainText('check again');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(check(page)).toContainText('1 new, 1 will change, 2 refused');
  await expect(refused(page).getByRole('row', { name: /^3 Agent/ })).toContainText(`${word} nobody`);
  await expect(refused(page).getByRole('row', { name: /^5 Rufnummer 1\.41556E\+10/ })).toContainText(
    'rounded',
  );
  await expectAccessible(page);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the 2 refused rows…' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('nov-refused.csv');
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toMatch(/^\ufeffWhy it was refused;Rufnummer;Provider;Name;Agent;Memo\r\n"Agent: No agent /);
  expect(text).toContain(`;${two};pia;${word} two;${word} nobody;"two\nlines"\r\n`);

  await page.getByRole('button', { name: 'Import 2 numbers' }).click();
  await expect(page.getByRole('region', { name: 'Imported' })).toContainText(
    '1 number added, 1 changed, 2 rows refused',
  );
  await expectAccessible(page);

  // Repaired, it is read as the file it came from: what was chosen then is remembered.
  await drop(page, 'nov-refused.csv', text.replace(`;${word} nobody;`, `;${word} desk;`));
  await expect(check(page)).toContainText('1 new, 1 refused');
  await page.getByRole('button', { name: 'Import 1 number' }).click();
  await expect(page.getByRole('region', { name: 'Imported' })).toContainText('1 number added, 1 row refused');
  await openList(page, word);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  await expect(rowWith(page, `${word} renamed`)).toBeVisible();
  await expect(rowWith(page, `${word} two`).getByRole('button', { name: /^Inbound/ })).toContainText('desk');
});

test('by keyboard alone: rows are pasted, checked, and imported with the agents they name', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Typed');
  await addNumber(api, 'pia', { friendly_name: `${word} there` });
  const page = await signedInAs('operator');
  await openList(page, word);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('import num');
  await expect(page.getByRole('option', { name: 'Import numbers' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Paste rows…' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Rows' })).toBeFocused();
  await page.keyboard.insertText(
    `number\tprovider\tname\tagent\n${nextPhoneNumber()}\tpia\t${word} one\t${word} desk\n`,
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(refused(page)).toContainText('No agent is called');
  const agents = page.getByRole('combobox', { name: 'Agents nobody knows' });
  await agents.focus();
  await page.keyboard.press('ArrowDown');
  await expect(agents).toHaveValue('create');
  await page.getByRole('button', { name: 'Check again' }).focus();
  await page.keyboard.press('Enter');
  await expect(check(page)).toContainText(`Adds 1 agent: ${word} desk`);
  await page.getByRole('button', { name: 'Import 1 number' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Imported' })).toContainText('1 number added');
  await page.getByRole('link', { name: 'Show the numbers' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/numbers$/);
  await openList(page, word);
  await expect(rowWith(page, `${word} one`).getByRole('button', { name: /^Inbound/ })).toContainText(
    `${word} desk`,
  );
});

test('what is no table is said at once, sending is cancelled by hand, and a reload shows the plan again', async ({
  signedInAs,
}) => {
  const page = await signedInAs('operator');
  await page.goto('/imports/new');
  await choose(page, 'numbers.xlsx', 'PK\u0003\u0004\u0000\u0000workbook');
  await expect(page.getByRole('alert')).toContainText('numbers.xlsx was not imported. This is a workbook');
  await page.getByRole('button', { name: 'Paste rows…' }).click();
  await page.getByRole('textbox', { name: 'Rows' }).fill('+12025550100\tpia\n+12025550101\tpia');
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await expect(page.getByRole('alert')).toContainText('The first line holds a phone number');
  await expect(page.getByRole('textbox', { name: 'Rows' })).toHaveValue(/12025550101/);

  // Held where it is: the answer never comes.
  await page.route('**/v1/imports?*', () => {});
  const text = `phone_number,provider\n12345,pia\n`;
  await choose(page, 'short.csv', text);
  await expect(page.getByRole('progressbar', { name: 'Sending short.csv' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Drop a file of numbers here' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.unroute('**/v1/imports?*');

  await choose(page, 'short.csv', text);
  await expect(refused(page)).toContainText('12345');
  await expect(page.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await page.reload();
  await expect(refused(page)).toContainText('12345');
  await expect(page.getByRole('region', { name: 'Refused' })).toContainText('not in hand any more');
  await expect(page.getByRole('combobox', { name: 'phone_number becomes' })).toBeDisabled();

  const viewer = await signedInAs('viewer');
  await viewer.goto(page.url());
  await expect(viewer.getByRole('heading', { name: 'Your role does not allow this' })).toBeVisible();
});
