import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';

test('a viewer reads everything and is offered nothing that would be refused', async ({
  signedInAs,
  api,
}) => {
  const label = `Seen ${test.info().workerIndex}`;
  const { data } = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
    agent_name: `${label} agent`,
  });
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: label,
    inbound_agent_id: data.ai_agent_id,
  });
  const page = await signedInAs('viewer');
  const refused: string[] = [];
  page.on('response', (response) => response.status() === 403 && refused.push(response.url()));

  await page.goto(`/numbers?q=${encodeURIComponent(label)}`);
  const row = page.getByRole('row').filter({ hasText: label });
  await expect(row).toContainText(`${label} agent`);
  await expect(row.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add number' })).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(/new/);

  await page.goto(`/numbers/${id}`);
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('tab', { name: 'Connection' }).click();
  await expect(sheet.getByText('sip.carrier.example')).toBeVisible();
  await expect(sheet.getByRole('img', { name: 'The trunk password is set and hidden' })).toBeVisible();
  for (const name of ['Save', 'Delete', 'Reveal', 'Replace', 'Copy the', 'Clear', 'Add a field'])
    await expect(sheet.getByRole('button', { name: new RegExp(`^${name}`) })).toHaveCount(0);
  await expect(sheet.getByRole('textbox')).toHaveCount(0);
  await sheet.getByRole('button', { name: 'More for this number' }).click();
  await expect(page.getByRole('menuitem')).toHaveText([/Copy number/, /Copy link/]);
  await page.keyboard.press('Escape');

  await page.goto('/agents');
  await expect(page.getByRole('table', { name: 'Agents' })).toContainText(`${label} agent`);
  await expect(page.getByRole('button', { name: /^(Add agent|Actions for)/ })).toHaveCount(0);
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }),
  ).toHaveCount(0);
  await page.goto('/settings/account');
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText([
    'Account',
    'Appearance',
  ]);
  expect(refused).toEqual([]);
});

test('pages that are for admins say so to everyone else', async ({ signedInAs }) => {
  const page = await signedInAs('operator');
  for (const path of ['/activity', '/settings/operators', '/settings/api-keys', '/settings/limits']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Your role does not allow this' })).toBeVisible();
  }
});
