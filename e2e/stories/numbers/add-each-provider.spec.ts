import { expect, test } from '../../fixtures.ts';
import { addNumber, nextPhoneNumber } from '../../http.ts';
import { openList, rowWith, unique } from '../../numbers.ts';

const digitsOf = (text: string) => text.replaceAll(/\D/g, '');

test('a SIP number is added from what was pasted, and opens', async ({ signedInAs, api }) => {
  const word = unique('Added sip');
  const page = await signedInAs('operator');
  await page.goto('/numbers');
  await page.getByRole('main').getByRole('button', { name: 'Add number' }).first().click();
  const sheet = page.getByRole('dialog', { name: 'Add number' });
  await expect(sheet.getByRole('textbox')).toHaveCount(0);
  await sheet.getByRole('radio', { name: /SIP trunk/ }).check();
  const number = nextPhoneNumber();
  await sheet
    .getByRole('textbox', { name: 'Phone number' })
    .fill(`00${number.slice(1, 2)} (${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`);
  await expect(sheet.getByText(`Will be stored as ${number}`)).toBeVisible();
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill(word);
  await sheet.getByRole('textbox', { name: 'Trunk address' }).fill('sip.carrier.example:5060');
  await sheet.getByRole('textbox', { name: 'Username' }).fill('trunk-1');
  await sheet.getByRole('textbox', { name: 'Password' }).fill('a trunk secret');
  await sheet.getByRole('combobox', { name: 'Trunk region' }).selectOption({ label: 'Bangladesh, Link3' });
  await sheet.getByRole('button', { name: 'Add number' }).click();
  await expect(page).toHaveURL(/\/numbers\/[0-9a-f]{24}/);
  await expect(page.getByRole('dialog')).toContainText(word);
  const id = /numbers\/([0-9a-f]+)/.exec(page.url())?.[1];
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    phone_number: number,
    sip_infra_region: 'bd_link3',
    friendly_name: word,
    version: 1,
  });
  expect(
    await api.send('POST', `/v1/phone-numbers/${id}/reveal`, { credential: 'sip_trunk_password' }),
  ).toMatchObject({ value: 'a trunk secret' });
  await openList(page, word);
});

test('a Twilio number needs its account and token', async ({ signedInAs, api }) => {
  const word = unique('Added twilio');
  const page = await signedInAs('operator');
  await page.goto('/numbers/new');
  const sheet = page.getByRole('dialog', { name: 'Add number' });
  await sheet.getByRole('radio', { name: /Twilio/ }).check();
  const number = nextPhoneNumber();
  await sheet.getByRole('textbox', { name: 'Phone number' }).fill(number);
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill(word);
  await sheet.getByRole('button', { name: 'Add number' }).click();
  await expect(sheet.getByRole('textbox', { name: 'Account SID' })).toHaveAccessibleDescription(
    /required|AC followed by 32/i,
  );
  await expect(sheet.getByRole('textbox', { name: 'Account SID' })).toBeFocused();
  await sheet.getByRole('textbox', { name: 'Account SID' }).fill(`AC${'0a'.repeat(16)}`);
  await sheet.getByRole('textbox', { name: 'Auth token' }).fill('1b'.repeat(16));
  await sheet.getByRole('button', { name: 'Add number' }).click();
  await expect(page).toHaveURL(/\/numbers\/[0-9a-f]{24}/);
  const { phone_numbers: found } = await api.get<{
    phone_numbers: { phone_number: string; provider: string }[];
  }>(`/v1/phone-numbers?q=${encodeURIComponent(word)}`);
  expect(found).toMatchObject([{ phone_number: number, provider: 'twilio' }]);
});

test('a platform number needs nothing but itself, and pressing twice adds once', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Added pia');
  const page = await signedInAs('operator');
  await page.goto('/numbers/new');
  const sheet = page.getByRole('dialog', { name: 'Add number' });
  await sheet.getByRole('radio', { name: /Platform/ }).check();
  await sheet.getByRole('textbox', { name: 'Phone number' }).fill(nextPhoneNumber());
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill(word);
  await sheet.getByRole('button', { name: 'Add number' }).dblclick();
  await expect(page).toHaveURL(/\/numbers\/[0-9a-f]{24}/);
  expect(
    (await api.get<{ phone_numbers: unknown[] }>(`/v1/phone-numbers?q=${encodeURIComponent(word)}`))
      .phone_numbers,
  ).toHaveLength(1);
  await openList(page, word);
  await expect(rowWith(page, word)).toContainText('Platform');
});

test('a number that is there already leads to that one', async ({ signedInAs, api }) => {
  const word = unique('Taken');
  const { phone_number: number, _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  await page.goto('/numbers/new');
  const sheet = page.getByRole('dialog', { name: 'Add number' });
  await sheet.getByRole('radio', { name: /Platform/ }).check();
  await sheet.getByRole('textbox', { name: 'Phone number' }).fill(number);
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('typed before');
  await sheet.getByRole('button', { name: 'Add number' }).click();
  await expect(sheet.getByRole('textbox', { name: 'Phone number' })).toHaveAccessibleDescription(
    /already there/,
  );
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('typed before');
  await sheet.getByRole('link', { name: 'Open that number' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard changes' }).click();
  await expect(page).toHaveURL(new RegExp(id));
});

test('a number that cannot exist is refused at its field, by the server’s judgement', async ({
  signedInAs,
}) => {
  const page = await signedInAs('operator');
  await page.goto('/numbers/new');
  const sheet = page.getByRole('dialog', { name: 'Add number' });
  await sheet.getByRole('radio', { name: /Platform/ }).check();
  await sheet.getByRole('textbox', { name: 'Phone number' }).fill('+1 415 555');
  await sheet.getByRole('button', { name: 'Add number' }).click();
  await expect(sheet.getByRole('alert').first()).toBeVisible();
  await expect(sheet.getByRole('textbox', { name: 'Phone number' })).toHaveAttribute('aria-invalid', 'true');
  expect(digitsOf(await sheet.getByRole('textbox', { name: 'Phone number' }).inputValue())).toBe('1415555');
});

test('what a typed number will be is promised by the server, or it says why not', async ({
  signedInAs,
  api,
}) => {
  const page = await signedInAs('operator');
  await page.goto('/numbers/new');
  const sheet = page.getByRole('dialog', { name: 'Add number' });
  await sheet.getByRole('radio', { name: /Platform/ }).check();
  const field = sheet.getByRole('textbox', { name: 'Phone number' });
  await field.pressSequentially('+1 415 555');
  await expect(field).toHaveAccessibleDescription(
    /^\+1415555 cannot be a phone number: behind \+1 it has 6 digits; 10 are needed/,
  );
  await field.fill('14155552671');
  await expect(field).toHaveAccessibleDescription('Only the + is missing: write +14155552671.');
  // Italy keeps its zero, and Britain does not.
  await field.fill('');
  await field.pressSequentially('+39 (0)6 698 12345');
  await expect(field).toHaveAccessibleDescription('Will be stored as +390669812345');
  await field.fill('');
  const last = String(Date.now() % 10_000).padStart(4, '0');
  await field.pressSequentially(`＋44 (0)20 7946 ${last}`);
  await expect(field).toHaveValue(`+44(0)20 7946 ${last}`);
  await expect(field).toHaveAccessibleDescription(`Will be stored as +44207946${last}`);
  await sheet.getByRole('button', { name: 'Add number' }).click();
  await expect(page).toHaveURL(/\/numbers\/[0-9a-f]{24}/);
  const id = /numbers\/([0-9a-f]+)/.exec(page.url())?.[1];
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ phone_number: `+44207946${last}` });
});

test('switching the provider keeps what they share and forgets the other’s secret', async ({
  signedInAs,
}) => {
  const page = await signedInAs('operator');
  await page.goto('/numbers/new');
  const sheet = page.getByRole('dialog', { name: 'Add number' });
  await sheet.getByRole('radio', { name: /SIP trunk/ }).check();
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('shared');
  await sheet.getByRole('textbox', { name: 'Password' }).fill('to be forgotten');
  await sheet.getByRole('radio', { name: /Twilio/ }).check();
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('shared');
  await sheet.getByRole('radio', { name: /SIP trunk/ }).check();
  await expect(sheet.getByRole('textbox', { name: 'Password' })).toHaveValue('');
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('shared');
});
