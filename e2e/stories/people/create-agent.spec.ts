import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, nextPhoneNumber } from '../../http.ts';
import { openList, openSheet, rowWith, saved, unique } from '../../numbers.ts';

test('an agent is created in the menu of a row, and given to it at once, by keyboard', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Created');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word).getByRole('link').focus();
  await page.keyboard.press('a');
  await expect(
    page.getByRole('combobox', { name: 'Agents' }).or(page.getByPlaceholder('Find an agent')),
  ).toBeFocused();
  await page.keyboard.type(`${word} desk`);
  await expect(page.getByRole('option').first()).toContainText(`Create agent “${word} desk”`);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Create agent' });
  await expect(dialog.getByLabel('Name')).toHaveValue(`${word} desk`);
  await dialog.getByLabel('Language').fill('bn-BD');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const button = rowWith(page, word).getByRole('button', { name: `Inbound agent: ${word} desk` });
  await expect(button).toBeVisible();
  await expect(button).toBeFocused();
  await expect
    .poll(
      async () => (await api.get<{ inbound_agent_id: string }>(`/v1/phone-numbers/${id}`)).inbound_agent_id,
    )
    .not.toBeNull();

  // Shown with its language from then on.
  await button.click();
  await page.getByPlaceholder('Find an agent').fill(word);
  await expect(page.getByRole('option', { name: `${word} desk` }).first()).toContainText('Bangla');
  await expectAccessible(page);
});

test('in the sheet, what is typed stays unsaved while an agent is created, or given up', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Beneath');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('typed before');
  const field = sheet.getByRole('button', { name: /^Inbound agent/ });
  await field.click();
  await page.getByRole('option', { name: 'Create agent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create agent' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(field).toBeFocused();

  await field.click();
  await page.getByRole('option', { name: 'Create agent' }).click();
  await dialog.getByLabel('Name').fill(`${word} desk`);
  await dialog.getByRole('button', { name: 'Create agent' }).click();
  await expect(field).toContainText(`${word} desk`);
  await expect(field).toBeFocused();
  // Creating the agent has not sent the form beneath.
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 1, inbound_agent_id: null });
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('typed before');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 2, notes: 'typed before' });
});

test('numbers are added in a row: what they share stays, the focus waits for the next', async ({
  signedInAs,
  api,
}) => {
  const word = unique('In a row');
  const page = await signedInAs('operator');
  await page.goto('/numbers/new');
  const sheet = page.getByRole('dialog', { name: 'Add number' });
  await sheet.getByRole('radio', { name: /SIP trunk/ }).check();
  const number = sheet.getByRole('textbox', { name: 'Phone number' });
  const [first, second, third] = [nextPhoneNumber(), nextPhoneNumber(), nextPhoneNumber()];
  await number.fill(first);
  await sheet.getByRole('textbox', { name: /^(Label|Name)$/ }).fill(`${word} one`);
  await sheet.getByRole('textbox', { name: /^(Termination URI|Trunk address)$/ }).fill('sip.carrier.example');
  await sheet.getByRole('textbox', { name: 'Password' }).fill('a trunk secret');
  await sheet.getByRole('textbox', { name: 'Labels' }).fill(`${word},`);
  await sheet.getByRole('button', { name: 'Inbound agent' }).click();
  await page.getByRole('option', { name: 'Create agent' }).click();
  await page.getByRole('dialog', { name: 'Create agent' }).getByLabel('Name').fill(`${word} agent`);
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('button', { name: /^Inbound agent/ })).toContainText(`${word} agent`);
  await sheet.getByRole('button', { name: 'Save and add another' }).click();
  await expect(sheet.getByRole('status').filter({ hasText: 'added. Now the next one.' })).toBeVisible();
  await expect(number).toBeFocused();
  await expect(number).toHaveValue('');
  await expect(sheet.getByRole('textbox', { name: /^(Label|Name)$/ })).toHaveValue('');

  // The same once more is refused as what it is.
  await page.keyboard.type(first);
  await page.keyboard.press('Control+Enter');
  await expect(number).toHaveAccessibleDescription(/already there/);
  await number.fill(second);
  await page.keyboard.press('Control+Enter');
  await expect(number).toHaveValue('');
  await expect(number).toBeFocused();
  await page.keyboard.type(third);
  await sheet.getByRole('button', { name: 'Save and add another' }).click();
  await expect(number).toHaveValue('');
  // Nothing is begun: closing asks nothing.
  await sheet.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const { phone_numbers: added } = await api.get<{ phone_numbers: Record<string, unknown>[] }>(
    `/v1/phone-numbers?label=${encodeURIComponent(word)}&sort=phone_number`,
  );
  expect(added.map(({ phone_number }) => phone_number)).toEqual([first, second, third]);
  for (const each of added)
    expect(each).toMatchObject({
      sip_termination_uri: 'sip.carrier.example',
      sip_trunk_password: '••••••••',
    });
  expect(new Set(added.map(({ inbound_agent_id }) => inbound_agent_id)).size).toBe(1);
});
