import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';

let made = 0;
const newName = (name: string) => `${name} ${test.info().workerIndex}-${++made}`;

test('an operator adds an agent, and hears that a name is taken', async ({ signedInAs }) => {
  const page = await signedInAs('operator');
  const name = newName('Night desk');
  await page.goto('/agents');
  await page.getByRole('button', { name: 'Add agent' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add agent' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Language').fill('bn-BD');
  await dialog.getByRole('button', { name: 'Add agent' }).click();
  await expect(page.getByText(`“${name}” added`)).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Bangla');

  await page.getByRole('button', { name: 'Add agent' }).first().click();
  await dialog.getByLabel('Name').fill(name.toUpperCase());
  await dialog.getByRole('button', { name: 'Add agent' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await expect(dialog.getByLabel('Name')).toHaveValue(name.toUpperCase());
});

test('an agent is renamed, and the name follows to its numbers', async ({ signedInAs, api }) => {
  const [before, after] = [newName('Sales'), newName('Sales renamed')];
  const { data } = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
    agent_name: before,
  });
  await addNumber(api, 'pia', { friendly_name: before, inbound_agent_id: data.ai_agent_id });
  const page = await signedInAs('operator');
  await page.goto(`/agents?q=${encodeURIComponent(before)}`);
  await page.getByRole('button', { name: `Actions for ${before}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(after);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goto(`/numbers?q=${encodeURIComponent(before)}`);
  await expect(page.getByRole('button', { name: `Inbound agent: ${after}` })).toBeVisible();
});

test('retiring says what would be left, can be undone, and takes the agent from the choice', async ({
  signedInAs,
  api,
}) => {
  const name = newName('Overflow');
  const { data } = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
    agent_name: name,
  });
  for (let n = 0; n < 2; n++) await addNumber(api, 'pia', { inbound_agent_id: data.ai_agent_id });
  await addNumber(api, 'pia', { outbound_agent_id: data.ai_agent_id });
  const page = await signedInAs('operator');
  await page.goto(`/agents?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('link', { name: `2 inbound numbers of ${name}` })).toBeVisible();
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Retire' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Retire ${name}?` });
  await expect(dialog).toContainText('2 numbers are answered by it');
  await expect(dialog).toContainText('1 number dials with it');
  await dialog.getByRole('button', { name: 'Retire' }).click();
  await expect(page.getByText(`“${name}” retired`)).toBeVisible();
  // The row first shows what is to be undone: else its absence would prove nothing.
  const badge = page.getByRole('row', { name: new RegExp(name) }).getByText('Retired');
  await expect(badge).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(badge).toHaveCount(0);
  // As it leaves, a pressed toast gives the focus back, and a menu opened before that would close.
  await expect(page.getByText(`“${name}” retired`)).toHaveCount(0);

  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Retire' }).click();
  await dialog.getByRole('button', { name: 'Retire' }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) }).getByText('Retired')).toBeVisible();
  await page.goto(`/numbers?inbound_agent_id=${data.ai_agent_id}`);
  await expect(page.getByRole('button', { name: /^Inbound agent: / })).toHaveCount(2);
});

test('the counts lead to the list of just those numbers', async ({ signedInAs, api }) => {
  const name = newName('Claims');
  const { data } = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
    agent_name: name,
  });
  await addNumber(api, 'sip', { outbound_agent_id: data.ai_agent_id, friendly_name: `${name} line` });
  const page = await signedInAs('viewer');
  await page.goto(`/agents?q=${encodeURIComponent(name)}`);
  await page.getByRole('link', { name: `1 outbound numbers of ${name}` }).click();
  await expect(
    page
      .getByRole('grid', { name: 'Phone numbers' })
      .getByRole('row')
      .filter({ hasText: `${name} line` }),
  ).toBeVisible();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
});
