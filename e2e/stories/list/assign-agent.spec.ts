import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, assign, openList, rowWith, unique } from '../../numbers.ts';

interface Assigned {
  inbound_agent_id: string | null;
  outbound_agent_id: string | null;
  version: number;
}

test('choosing another agent in the row saves it, and Undo puts the old one back', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Assign');
  const [day, night] = [await addAgent(api, `${word} day`), await addAgent(api, `${word} night`)];
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'sip', {
    friendly_name: word,
    inbound_agent_id: day,
  });
  const stored = () => api.get<Assigned>(`/v1/phone-numbers/${id}`);
  const page = await signedInAs('operator');
  await openList(page, word);
  await assign(page, shown, 'Inbound', `${word} night`);
  await expect(
    rowWith(page, shown).getByRole('button', { name: `Inbound agent: ${word} night` }),
  ).toBeFocused();
  await expect(page.getByText(`${shown}: Inbound agent is now ${word} night`)).toBeVisible();
  expect(await stored()).toMatchObject({ inbound_agent_id: night, version: 2 });

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(
    rowWith(page, shown).getByRole('button', { name: `Inbound agent: ${word} day` }),
  ).toBeVisible();
  await expect.poll(stored).toMatchObject({ inbound_agent_id: day, version: 3 });
});

test('the keyboard assigns both directions, and unassigns', async ({ signedInAs, api }) => {
  const word = unique('Handed');
  const agent = await addAgent(api, `${word} agent`);
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const stored = () => api.get<Assigned>(`/v1/phone-numbers/${id}`);
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word).getByRole('link').focus();
  for (const key of ['a', 'Shift+A']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name: /^Choose the (in|out)bound agent$/ })).toBeVisible();
    await page.keyboard.type(word);
    await expect(page.getByRole('option').first()).toContainText(`${word} agent`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await expect.poll(stored).toMatchObject({ inbound_agent_id: agent, outbound_agent_id: agent });
  await page.keyboard.press('a');
  await page.getByRole('option', { name: 'Unassigned' }).click();
  await expect.poll(stored).toMatchObject({ inbound_agent_id: null, outbound_agent_id: agent });
  await expect(rowWith(page, word).getByRole('button', { name: 'Inbound agent: Unassigned' })).toBeVisible();
});

test('the menu says how many numbers each agent has, and offers no retired one', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Burden');
  const busy = await addAgent(api, `${word} busy`);
  const retired = await addAgent(api, `${word} gone`);
  await api.send('PUT', `/v2/ai-agents/${retired}`, { agent_status: 'retired' });
  for (let n = 0; n < 3; n++) await addNumber(api, 'pia', { friendly_name: word, inbound_agent_id: busy });
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word)
    .first()
    .getByRole('button', { name: /^Inbound agent/ })
    .click();
  await page.getByRole('combobox').fill(word);
  await expect(page.getByRole('option', { name: `${word} busy` })).toContainText('answers on 3');
  await expect(page.getByRole('option', { name: `${word} gone` })).toHaveCount(0);
});

test('an assignment that is refused is taken back, and said why', async ({ signedInAs, api }) => {
  const word = unique('Refused');
  const [before, leaving] = [await addAgent(api, `${word} before`), await addAgent(api, `${word} leaving`)];
  const { phone_number_international: shown } = await addNumber(api, 'pia', {
    friendly_name: word,
    inbound_agent_id: before,
  });
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, shown)
    .getByRole('button', { name: /^Inbound agent/ })
    .click();
  await page.getByRole('combobox').fill(`${word} leaving`);
  const option = page.getByRole('option', { name: `${word} leaving` });
  await expect(option).toBeVisible();
  // The agent is retired while the menu is open, and the page hears of it too late.
  await page.route('**/v2/ai-agents*', (route) => route.abort());
  await api.send('PUT', `/v2/ai-agents/${leaving}`, { agent_status: 'retired' });
  await option.click();
  await expect(page.getByText(/was not reassigned/)).toBeVisible();
  await expect(
    rowWith(page, shown).getByRole('button', { name: `Inbound agent: ${word} before` }),
  ).toBeVisible();
});

test('an assignment that cannot be sent is taken back', async ({ signedInAs, api }) => {
  const word = unique('Offline');
  const [before] = [await addAgent(api, `${word} before`), await addAgent(api, `${word} after`)];
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'pia', {
    friendly_name: word,
    inbound_agent_id: before,
  });
  const page = await signedInAs('operator');
  await openList(page, word);
  await page.route(`**/v1/phone-numbers/${id}`, (route) =>
    route.request().method() === 'PATCH' ? route.abort('connectionfailed') : route.continue(),
  );
  await assign(page, shown, 'Inbound', `${word} after`);
  await expect(page.getByText(/was not reassigned/)).toBeVisible();
  await expect(
    rowWith(page, shown).getByRole('button', { name: `Inbound agent: ${word} before` }),
  ).toBeVisible();
  expect(await api.get<Assigned>(`/v1/phone-numbers/${id}`)).toMatchObject({
    inbound_agent_id: before,
    version: 1,
  });
});

test('the new agent is shown before the server has answered', async ({ signedInAs, api }) => {
  const word = unique('Optimistic');
  await addAgent(api, `${word} after`);
  const { _id: id, phone_number_international: shown } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  await openList(page, word);
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(`**/v1/phone-numbers/${id}`, async (route) => {
    if (route.request().method() === 'PATCH') await held;
    await route.continue();
  });
  await assign(page, shown, 'Inbound', `${word} after`);
  await expect(
    rowWith(page, shown).getByRole('button', { name: `Inbound agent: ${word} after` }),
  ).toBeVisible();
  expect(await api.get<Assigned>(`/v1/phone-numbers/${id}`)).toMatchObject({ version: 1 });
  letThrough();
  await expect(page.getByText(/Inbound agent is now/)).toBeVisible();
});
