import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, grid, openList, openSheet, rowWith, unique } from '../../numbers.ts';
import { bar, box, preview, run, toast } from '../../selection.ts';

test('an agent for those ticked: previewed, changed, and taken back', async ({ signedInAs, api }) => {
  const word = unique('Handed');
  const [before, after] = [await addAgent(api, `${word} before`), await addAgent(api, `${word} after`)];
  for (const [name, inbound_agent_id] of Object.entries({ 1: before, 2: before, 3: after, 4: before }))
    await addNumber(api, 'pia', { friendly_name: `${word} ${name}`, inbound_agent_id });
  const page = await signedInAs('operator');
  await openList(page, word, '&sort=friendly_name');
  for (const name of '123') await box(page, `${word} ${name}`).click();
  await bar(page).getByRole('button', { name: 'Inbound agent…' }).click();
  const menu = page.getByRole('dialog', { name: 'Choose the inbound agent' });
  await menu.getByRole('option', { name: `${word} after` }).click();

  const dialog = await preview(page, 'Change 2 numbers');
  // Left as it is, the hand is where it was.
  await page.keyboard.press('Escape');
  await expect(bar(page).getByRole('button', { name: 'Inbound agent…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await menu.getByRole('option', { name: `${word} after` }).click();

  await preview(page, 'Change 2 numbers');
  await expect(dialog).toHaveAccessibleName(`Set the inbound agent to ${word} after`);
  await expect(dialog).toContainText('On 3 selected numbers. Nothing has been changed yet.');
  await expect(page.getByRole('status').filter({ hasText: '2 will change, 1 already so' })).toHaveCount(1);
  await expect(dialog.getByRole('listitem').first()).toContainText(`${word} before`);
  await expectAccessible(page);

  await run(page, 'Change 2 numbers', '2 numbers changed');
  for (const name of '123')
    await expect(rowWith(page, `${word} ${name}`).getByRole('button', { name: /^Inbound agent/ })).toHaveText(
      `${word} after`,
    );
  await expect(bar(page)).toHaveCount(0);

  await toast(page, '2 numbers changed').getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, '2 numbers put back')).toBeVisible();
  await expect(rowWith(page, `${word} 1`)).toContainText(`${word} before`);
  await expect(rowWith(page, `${word} 3`)).toContainText(`${word} after`);
});

test('labels by the keyboard alone, on all that match but one', async ({ signedInAs, api }) => {
  const word = unique('Keyed');
  for (const name of 'abc')
    await addNumber(api, 'pia', { friendly_name: `${word} ${name}`, labels: ['day'] });
  const page = await signedInAs('operator');
  await openList(page, word, '&sort=friendly_name');
  await page.keyboard.press('j');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('x');
  await expect(bar(page)).toContainText('2 of 3 selected');
  await bar(page).getByRole('button', { name: 'Labels…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Add', { exact: true })).toBeFocused();
  // One that no number may have is refused where it is written.
  await page.keyboard.type(`${'long'.repeat(11)},`);
  await expect(dialog.getByLabel('Add', { exact: true })).toHaveAccessibleDescription(
    /These are 44 characters/,
  );
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByLabel('Add', { exact: true })).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(dialog.getByLabel('Add', { exact: true })).toHaveAccessibleDescription(/^Enter or comma/);
  await page.keyboard.type('night,');
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Remove', { exact: true })).toBeFocused();
  // A label that no number has may be another one, mistyped.
  await page.keyboard.type(`${word}x,`);
  await expect(dialog).toContainText(`No number carries “${word}x”.`);
  await page.keyboard.press('Backspace');
  // What the selected numbers carry is a press away.
  const carried = dialog.getByRole('group', { name: 'Selected numbers carry' }).getByRole('button');
  await expect(carried).toHaveText(['day']);
  await carried.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Remove the label day' })).toBeVisible();
  await expect(carried).toHaveCount(0);
  await expect(dialog.getByLabel('Remove', { exact: true })).toBeFocused();
  await page.keyboard.press('Backspace');
  await page.keyboard.type('day');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Preview' }).focus();
  await page.keyboard.press('Enter');
  await preview(page, 'Change 2 numbers');
  await expect(dialog).toHaveAccessibleName('Add the label “night”; remove “day”');
  await expect(dialog).toContainText('On 2 of 3 numbers that match');

  // What was written is there still.
  await dialog.getByRole('button', { name: 'Back' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Remove the label night' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Preview' }).focus();
  await page.keyboard.press('Enter');
  await (await preview(page, 'Change 2 numbers')).getByRole('button', { name: 'Change 2 numbers' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(rowWith(page, `${word} b`)).toContainText('night');
  await expect(rowWith(page, `${word} c`)).toContainText('night');
  await expect(rowWith(page, `${word} a`)).toContainText('day');
  // The hand is in the list again.
  await expect(grid(page).locator(':focus')).toHaveCount(1);
});

test('what cannot change is said with its numbers, and where nothing would, there is nothing to press', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Refused');
  await addNumber(api, 'sip', { friendly_name: `${word} trunk`, sip_trunk_username: 'acme' });
  await addNumber(api, 'pia', { friendly_name: `${word} platform` });
  const page = await signedInAs('operator');
  await page.setViewportSize({ width: 390, height: 844 });
  await openList(page, word);
  await grid(page).focus();
  await page.keyboard.press('Control+a');
  await bar(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Set a field…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Value', { exact: true })).toBeFocused();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Write a value, or choose Clear.');
  await dialog.getByLabel('Field', { exact: true }).selectOption('Trunk username');
  await dialog.getByLabel('Value', { exact: true }).fill('tenant-77');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await preview(page, 'Change 1 number');
  await dialog.getByRole('button', { name: 'Show' }).click();
  await expect(dialog).toContainText(`${word} platform`);
  await expectAccessible(page);

  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.getByLabel('Value', { exact: true }).fill('acme');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog).toContainText('There is nothing to change');
  await expect(dialog.getByRole('button', { name: /^Change/ })).toHaveCount(0);
});

test('many are deleted, and restored from the list of those deleted', async ({ signedInAs, api }) => {
  const word = unique('Parted');
  for (const name of 'ab') await addNumber(api, 'pia', { friendly_name: `${word} ${name}` });
  const page = await signedInAs('operator');
  await openList(page, word);
  await grid(page).getByRole('checkbox', { name: 'Select all that match' }).click();
  await bar(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(await preview(page, 'Delete 2 numbers')).toContainText('Calls to these numbers');
  await run(page, 'Delete 2 numbers', '2 numbers deleted');
  await expect(page.getByRole('heading', { name: /^Nothing matches/ })).toBeVisible();

  await openList(page, word, '&deleted=true');
  await grid(page).getByRole('checkbox', { name: 'Select all that match' }).click();
  await expect(bar(page).getByRole('button', { name: 'Labels…' })).toHaveCount(0);
  await bar(page).getByRole('button', { name: 'Restore…' }).click();
  await run(page, 'Restore 2 numbers', '2 numbers restored');
  await openList(page, word);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
});

test('a credential is replaced on all that share it, and what is left out is said first', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Shared');
  const secret = '0123456789abcdef0123456789abcdef';
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: `${word} a`,
    sip_trunk_password: secret,
  });
  await addNumber(api, 'sip', { friendly_name: `${word} b`, sip_trunk_password: secret });
  await addNumber(api, 'twilio', { friendly_name: `${word} c`, twilio_auth_token: secret });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id, 'Connection');
  await sheet.getByRole('button', { name: 'Replace on all 3…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace the trunk password' });
  await expect(dialog).toContainText('On all 2 numbers that share this trunk password');
  await expect(dialog).toContainText('Left out: 1 number of another provider');
  await dialog.getByLabel('New trunk password').fill('another secret');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByRole('button', { name: 'Change 2 numbers' })).toBeVisible();
  await expect(dialog).toContainText('This cannot be undone');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Change 2 numbers' }).click();
  await expect(toast(page, '2 numbers changed')).toBeVisible();
  await expect(toast(page, '2 numbers changed').getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(sheet).toContainText('Same password as 1 other number');
});
