import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, openList, openSheet, rowWith, saved, unique } from '../../numbers.ts';

test('a SIP number: its own fields, only what changed is sent, and the list follows', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Trunk');
  const agent = await addAgent(api, `${word} agent`);
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: word,
    sip_infra_region: 'bd',
    notes: 'kept',
  });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  const sent: unknown[] = [];
  page.on(
    'request',
    (request) =>
      request.method() === 'PATCH' &&
      sent.push({ body: request.postDataJSON() as unknown, ifMatch: request.headers()['if-match'] }),
  );

  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill(`${word} changed`);
  await sheet.getByRole('button', { name: /^Inbound agent/ }).click();
  await page.getByRole('combobox').fill(word);
  await page.getByRole('option', { name: `${word} agent` }).click();
  await sheet.getByRole('textbox', { name: 'Labels' }).fill('vip,production');
  await sheet.getByRole('textbox', { name: 'Labels' }).press('Enter');
  await sheet.getByRole('button', { name: 'Add a field' }).click();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('button', { name: 'Add a field' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('crm');
  await sheet.getByRole('textbox', { name: 'Value of crm' }).fill('a-1');
  await sheet.getByRole('tab', { name: 'Connection' }).click();
  await expect(sheet.getByText('fixed when the number was added')).toBeVisible();
  await expect(sheet.getByRole('textbox', { name: /account sid/i })).toHaveCount(0);
  await sheet
    .getByRole('textbox', { name: 'Trunk address' })
    .fill('sips:voice@edge.carrier.example:5061;transport=tls');
  await expect(sheet.getByText('5 changes')).toBeVisible();
  await page.keyboard.press('Control+s');
  await saved(page);

  expect(sent).toEqual([
    {
      ifMatch: '"1"',
      body: {
        friendly_name: `${word} changed`,
        inbound_agent_id: agent,
        labels: expect.arrayContaining(['production', 'vip']) as unknown,
        metadata: { crm: 'a-1' },
        sip_termination_uri: 'sips:voice@edge.carrier.example:5061;transport=tls',
      },
    },
  ]);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 2,
    notes: 'kept',
    sip_trunk_username: 'acme',
    inbound_agent_id: agent,
  });
  await sheet.getByRole('tab', { name: 'History' }).click();
  await expect(sheet.getByRole('listitem').first()).toContainText('by Omar Operator');
  await expect(sheet.getByRole('listitem').first()).toContainText(`${word} changed`);
  await page.keyboard.press('Escape');
  await openList(page, `${word} changed`);
  await expect(rowWith(page, word)).toContainText(`${word} agent`);
});

test('how a trunk writes callers without + is chosen, told in the history, and taken back', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: unique('Callers') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id, 'Connection');
  const format = sheet.getByRole('combobox', { name: 'Callers without +' });
  await expect(format).toHaveValue('');
  await format.selectOption({ label: 'Bangladesh' });
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ sip_caller_format: 'BD', version: 2 });
  await format.selectOption({ label: 'International, the country code first' });
  await page.keyboard.press('Control+s');
  await saved(page);
  await sheet.getByRole('tab', { name: 'History' }).click();
  await expect(sheet.getByRole('listitem').first()).toContainText('Callers without +');
  await expect(sheet.getByRole('listitem').first()).toContainText('As dialled within Bangladesh');
  await expect(sheet.getByRole('listitem').first()).toContainText('International, the country code first');
  await sheet.getByRole('tab', { name: 'Connection' }).click();
  await format.selectOption('');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ sip_caller_format: null, version: 4 });
});

test('a trunk as it is pasted: what cannot be kept is taken off or named, and the list shows host and port', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Pasted');
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: word, labels: ['Caf\u00e9'] });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill(` ${word}\u200b `);
  const labels = sheet.getByRole('textbox', { name: 'Labels' });
  await labels.fill('CAFE\u0301\u200b, \u200bnight,');
  await labels.press('Enter');
  await expect(sheet.getByText('1 change')).toBeVisible();
  await sheet.getByRole('tab', { name: 'Connection' }).click();
  const address = sheet.getByRole('textbox', { name: 'Trunk address' });
  await address.fill('"Carrier" <sip:acme.pstn.example:5061;edge=dublin;transport=TLS?Subject=x>');
  await sheet.getByRole('textbox', { name: 'Username' }).fill('trunk\u200b');
  await expect(address).toHaveValue('sip:acme.pstn.example:5061;edge=dublin;transport=TLS');
  await expect(address).toHaveAccessibleDescription(/Taken off: the angle brackets and “\?Subject=x”/);
  await page.keyboard.press('Control+s');
  await expect(sheet.getByRole('textbox', { name: 'Username' })).toHaveAccessibleDescription(
    /ends with a zero-width space \(U\+200B\)/,
  );
  await sheet.getByRole('textbox', { name: 'Username' }).fill('trunk');
  await sheet.getByRole('button', { name: 'Replace the trunk password' }).click();
  const password = sheet.getByRole('textbox', { name: 'Password' });
  await password.fill('••••••••new');
  await page.keyboard.press('Control+s');
  await expect(password).toHaveAccessibleDescription(/mask of the hidden credential is in it/);
  await password.fill('p'.repeat(256));
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    friendly_name: word,
    labels: ['Caf\u00e9', 'night'],
    sip_termination_uri: 'sip:acme.pstn.example:5061;edge=dublin;transport=TLS',
    sip_trunk_username: 'trunk',
  });
  expect(
    await api.send('POST', `/v1/phone-numbers/${id}/reveal`, { credential: 'sip_trunk_password' }),
  ).toMatchObject({ value: 'p'.repeat(256) });
  await page.keyboard.press('Escape');
  await openList(page, word);
  await expect(rowWith(page, word)).toContainText('acme.pstn.example:5061');
  await expect(rowWith(page, word)).not.toContainText('edge=dublin');
});

test('a Twilio number: account and token, and a mistake is said at its field', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'twilio', { friendly_name: unique('Account') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id, 'Connection');
  await expect(sheet.getByRole('textbox', { name: /Trunk address|Username/ })).toHaveCount(0);
  const sid = sheet.getByRole('textbox', { name: 'Account SID' });
  await sid.fill('AC123');
  await sheet.getByRole('tab', { name: 'General' }).click();
  await page.keyboard.press('Control+s');
  await expect(sid).toBeFocused();
  await expect(sid).toHaveAccessibleDescription(/32 hexadecimal digits/);
  await expect(sid).toHaveValue('AC123');
  await sid.fill(`AC${'ff'.repeat(16)}`);
  await sheet.getByRole('button', { name: 'Replace the auth token' }).click();
  await sheet.getByRole('textbox', { name: 'Auth token' }).fill('ab'.repeat(16));
  await sheet.getByRole('button', { name: /^Save/ }).click();
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 2,
    twilio_account_sid: `AC${'ff'.repeat(16)}`,
  });
  expect(
    await api.send('POST', `/v1/phone-numbers/${id}/reveal`, { credential: 'twilio_auth_token' }),
  ).toMatchObject({ value: 'ab'.repeat(16) });
});

test('a platform number has nothing of its own to set', async ({ signedInAs, api }) => {
  const word = unique('Managed');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id, 'Connection');
  await expect(sheet.getByText('There is nothing to set')).toBeVisible();
  await sheet.getByRole('tab', { name: 'General' }).click();
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ friendly_name: null, version: 2 });
});

test('what the server refuses is said at its field, and nothing typed is lost', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Refused');
  const agent = await addAgent(api, `${word} agent`);
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: word });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('something long that was typed');
  await sheet.getByRole('button', { name: /^Outbound agent/ }).click();
  await page.getByRole('combobox').fill(word);
  await page.getByRole('option', { name: `${word} agent` }).click();
  await api.send('PUT', `/v2/ai-agents/${agent}`, { agent_status: 'retired' });
  await sheet.getByRole('button', { name: /^Save/ }).click();
  await expect(sheet.getByRole('button', { name: /^Outbound agent/ })).toHaveAccessibleDescription(
    /retired/i,
  );
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('something long that was typed');
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 1, notes: null });
});

test('leaving with changes asks once, and Discard takes them back', async ({ signedInAs, api }) => {
  const word = unique('Leaving');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  const label = sheet.getByRole('textbox', { name: 'Name', exact: true });
  await label.fill(`${word} typed`);
  await page.keyboard.press('Escape');
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toHaveCount(0);
  await expect(label).toHaveValue(`${word} typed`);

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Agents' }).first().click();
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(label).toHaveValue(`${word} typed`);
  await sheet.getByRole('button', { name: 'Discard' }).click();
  await expect(label).toHaveValue(word);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 1 });
});

test('a save that cannot be sent keeps everything, and works when tried again', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Again');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await page.route(`**/v1/phone-numbers/${id}`, (route) =>
    route.request().method() === 'PATCH' ? route.abort('connectionfailed') : route.continue(),
  );
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill(`${word} kept`);
  await page.keyboard.press('Control+s');
  await expect(sheet.getByRole('alert')).toBeVisible();
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(`${word} kept`);
  await page.unroute(`**/v1/phone-numbers/${id}`);
  await page.keyboard.press('Control+s');
  await saved(page);
});
