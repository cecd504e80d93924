import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { nextPhoneNumber } from '../../http.ts';
import { openList, rowWith, unique } from '../../numbers.ts';

const check = (page: Page) => page.getByRole('region', { name: 'Check' });
const send = (page: Page, name: string, text: string) =>
  page.getByLabel('File of numbers').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('what a choice would mend is said first, with that choice; the job is called by its file', async ({
  signedInAs,
}) => {
  const word = unique('Chosen');
  const numbers = [nextPhoneNumber(), nextPhoneNumber()];
  const text = ['number;name', ...numbers.map((number, at) => `${number};${word} ${at}`)].join('\n');
  const page = await signedInAs('operator');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/imports/new');
  await send(page, `${word}.csv`, text);
  await expect(check(page)).toContainText('Both rows are refused: the file does not say their provider.');
  await expect(check(page).getByRole('button', { name: 'Platform' })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('combobox', { name: 'Provider of new numbers' })).toHaveAccessibleDescription(
    'No column says which they have.',
  );
  await expectAccessible(page);
  await check(page).getByRole('button', { name: 'Platform' }).click();
  await expect(check(page)).toContainText('2 new, 0 refused');
  await page.getByRole('button', { name: 'Import 2 numbers' }).click();
  await expect(page.getByRole('region', { name: 'Imported' })).toContainText('2 numbers added');
  await page.getByRole('link', { name: 'Outcomes and undo' }).click();
  await expect(page.getByRole('heading', { name: `Import ${word}.csv` })).toBeVisible();

  // The same file again, its names mended: what was chosen for it is remembered.
  await page.goto('/imports/new');
  await send(page, `${word}.csv`, text.replaceAll(word, `${word} anew`));
  await expect(check(page)).toContainText('Both rows are refused: their numbers are there already.');
  await expect(page.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await check(page).getByRole('button', { name: 'Update them' }).click();
  await expect(check(page)).toContainText('0 new, 2 will change, 0 refused');
  await page.getByRole('button', { name: 'Import 2 numbers' }).click();
  await expect(page.getByRole('region', { name: 'Imported' })).toContainText('2 changed');
  await page.setViewportSize({ width: 1440, height: 900 });
  await openList(page, `${word} anew`);
  await expect(rowWith(page, `${word} anew 1`)).toBeVisible();
});

test('a country is asked for by numbers that have none, other reasons are counted, and no secret is shown', async ({
  signedInAs,
}) => {
  const local = nextPhoneNumber().replace(/^\+1(\d{3})(\d{3})/, '($1) $2-');
  const text = ['number,provider,Memo,Token', `${local},pia,hello,edge-7`, `${nextPhoneNumber()},gsm,,`];
  const page = await signedInAs('operator');
  await page.goto('/imports/new');
  await send(page, 'local.csv', text.join('\n'));
  await expect(check(page)).toContainText('1 row is refused: its number is without a country.');
  await expect(check(page)).toContainText('1 rowNo provider is called so.');
  const example = (heading: string) => page.getByRole('row', { name: new RegExp(`^${heading} `) });
  await expect(example('Memo')).toContainText('hello');
  await expect(example('Token')).toContainText('may be a secret');
  await expect(page.getByRole('main')).not.toContainText('edge-7');
  await expectAccessible(page);
  const again = check(page).getByRole('button', { name: 'Check with it' });
  await expect(again).toBeDisabled();
  await check(page).getByRole('combobox', { name: 'Country of these numbers' }).selectOption('US');
  await again.click();
  await expect(check(page)).toContainText('1 new, 1 refused');
  await check(page).getByRole('button', { name: 'Show every refused row' }).click();
  await expect(page.getByRole('heading', { name: 'Refused' })).toBeFocused();

  await send(page, 'bare.csv', 'number,provider\n');
  await expect(check(page)).toContainText('There is no row below the headings');
});

test('rows that were pasted are written anew, and a running import is cancelled where it is shown', async ({
  signedInAs,
}) => {
  const page = await signedInAs('operator');
  await page.goto('/imports/new');
  await page.getByRole('button', { name: 'Paste rows…' }).click();
  const rows = page.getByRole('textbox', { name: 'Rows' });
  await rows.fill(`number\tprovider\n${nextPhoneNumber()}\tgsm\n`);
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await expect(page.getByRole('table', { name: 'Refused rows' })).toContainText('Write SIP trunk (sip)');
  await page.getByRole('button', { name: 'Replace the rows…' }).click();
  await expect(rows).toHaveValue(/gsm/);
  const many = Array.from({ length: 3000 }, () => `${nextPhoneNumber()},Platform`);
  await send(page, 'many.csv', ['number,provider', ...many].join('\n'));
  await page.getByRole('button', { name: 'Import 3,000 numbers' }).click();
  // Asked alike wherever the job is shown.
  const ask = page.getByRole('button', { name: 'Cancel the rest…' });
  const asked = page.getByRole('alertdialog', { name: 'Cancel the rest of this job?' });
  await ask.click();
  await expect(asked).toContainText('What is imported by now stays');
  await asked.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('link', { name: 'The job' }).click();
  await ask.click();
  await expect(asked).toContainText('What is imported by now stays');
  await asked.getByRole('button', { name: 'Cancel the rest' }).click();
  await expect(page.getByText(/^Cancelled/).first()).toBeVisible();
  await page.goBack();
  const ended = page.getByRole('region', { name: 'The import was cancelled' });
  await expect(ended).toContainText('not done');
  await expect(page.getByRole('button', { name: 'Show', exact: true })).toHaveCount(0);
});
