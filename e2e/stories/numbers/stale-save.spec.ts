import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { openSheet, saved, unique } from '../../numbers.ts';

test('what others changed elsewhere is merged and said, and nobody’s work is lost', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Merge');
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: word, metadata: { one: '1' } });
  const page = await signedInAs('operator');
  await page.route('**/v1/changes*', (route) => route.abort());
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('mine');
  await api.send('PATCH', `/v1/phone-numbers/${id}`, {
    friendly_name: `${word} theirs`,
    metadata: { two: '2' },
  });
  await sheet.getByRole('button', { name: /^Save/ }).click();
  const panel = sheet.getByRole('alert', { name: 'Someone else saved while you were editing' });
  const merged = panel.or(sheet.getByText('Saved', { exact: true }));
  await expect(merged.first()).toBeVisible();
  if (await panel.isVisible()) {
    await expect(panel).toContainText(/Name.*merged/);
    await sheet.getByRole('button', { name: /^Save/ }).click();
  }
  await expect
    .poll(() => api.get(`/v1/phone-numbers/${id}`))
    .toMatchObject({
      version: 3,
      friendly_name: `${word} theirs`,
      notes: 'mine',
      metadata: { one: '1', two: '2' },
    });
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(`${word} theirs`);
});

for (const [choice, winner] of [
  ['Keep mine', 'mine'],
  ['Take theirs', 'theirs'],
] as const)
  test(`the same field changed twice is asked about: ${choice}`, async ({ signedInAs, api }) => {
    const word = unique('Conflict');
    const { _id: id } = await addNumber(api, 'sip', { friendly_name: word });
    const page = await signedInAs('operator');
    await page.route('**/v1/changes*', (route) => route.abort());
    const sheet = await openSheet(page, id, 'Connection');
    await sheet.getByRole('textbox', { name: 'Username' }).fill('mine');
    await sheet.getByRole('textbox', { name: 'Trunk address' }).fill('mine.carrier.example');
    await api.send('PATCH', `/v1/phone-numbers/${id}`, { sip_trunk_username: 'theirs', notes: 'theirs too' });
    await page.keyboard.press('Control+s');
    const panel = sheet.getByRole('alert', { name: 'Someone else saved while you were editing' });
    await expect(panel).toContainText('mine');
    await expect(panel).toContainText('theirs');
    expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
      version: 2,
      sip_trunk_username: 'theirs',
    });
    await expect(sheet.getByRole('button', { name: /^Save/ })).toBeDisabled();
    await panel.getByRole('button', { name: `${choice}: Trunk username` }).click();
    await sheet.getByRole('button', { name: /^Save/ }).click();
    await saved(page);
    expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
      version: 3,
      sip_trunk_username: winner,
      sip_termination_uri: 'mine.carrier.example',
      notes: 'theirs too',
    });
  });

test('a change that comes in while typing is announced, and what is typed stays', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Meanwhile');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('typed');
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `${word} theirs` });
  await sheet.getByRole('button', { name: 'Merge now' }).click();
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('typed');
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(`${word} theirs`);
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    version: 3,
    friendly_name: `${word} theirs`,
    notes: 'typed',
  });
});
