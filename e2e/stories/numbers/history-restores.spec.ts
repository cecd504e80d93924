import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, openSheet, unique } from '../../numbers.ts';

test('an earlier state is restored whole from the history, and that is undone', async ({
  signedInAs,
  api,
}) => {
  const word = unique('State');
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: `${word} one`,
    notes: 'first',
    labels: ['vip'],
  });
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `${word} two`, labels: [] });
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { notes: 'third', sip_trunk_password: 'other' });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id, 'History');
  await expect(sheet.getByRole('button', { name: 'Restore version 3' })).toHaveCount(0);
  await expectAccessible(page);
  await sheet.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(
    page.getByText(/Version 1 restored, but not all of it.*credentials are not kept/i),
  ).toBeVisible();
  await expect(sheet.getByText('Restored from version 1')).toBeVisible();
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 4,
    friendly_name: `${word} one`,
    notes: 'first',
    labels: ['vip'],
  });
  await sheet.getByRole('tab', { name: 'General' }).click();
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(`${word} one`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Version 3 restored')).toBeVisible();
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 5,
    friendly_name: `${word} two`,
    notes: 'third',
    labels: [],
  });
});

test('one field is restored by keyboard, and what cannot come back is said', async ({ signedInAs, api }) => {
  const word = unique('Field');
  const agent = await addAgent(api, `${word} agent`);
  const { _id: id } = await addNumber(api, 'pia', {
    friendly_name: word,
    notes: 'before',
    inbound_agent_id: agent,
  });
  await api.send('PATCH', `/v1/phone-numbers/${id}`, {
    friendly_name: `${word} renamed`,
    notes: 'after',
    inbound_agent_id: null,
  });
  await api.send('PUT', `/v2/ai-agents/${agent}`, { agent_status: 'retired' });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id, 'History');
  await sheet.getByRole('button', { name: 'Restore Notes of version 1' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Notes restored')).toBeVisible();
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 3,
    friendly_name: `${word} renamed`,
    notes: 'before',
    inbound_agent_id: null,
  });
  await sheet.getByRole('button', { name: 'Restore Inbound agent of version 1' }).click();
  await expect(page.getByText(/was not restored. This agent is retired/)).toBeVisible();
});

test('with changes that are not saved nothing is restored over them; a viewer reads alone', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Typed');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `${word} two` });
  const viewer = await signedInAs('viewer');
  const read = await openSheet(viewer, id, 'History');
  await expect(read.getByText('Updated')).toBeVisible();
  await expect(read.getByRole('button', { name: /^Restore/ })).toHaveCount(0);

  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('mine');
  await sheet.getByRole('tab', { name: 'History' }).click();
  await sheet.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(page.getByText('Save or discard your changes first, then restore.')).toBeVisible();
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 2 });
});
