import type { Agent } from '#contract/agents.ts';
import { addConnection, test } from '../../connections.ts';
import { expect, expectAccessible } from '../../fixtures.ts';
import { addAgent, unique } from '../../numbers.ts';

test('an operator gives an agent the id that it has on a platform', async ({ signedInAs, api, verbex }) => {
  const { name, connection_id: connection } = await addConnection(api, verbex);
  const [agent, other] = [await addAgent(api, unique('Rina')), await addAgent(api, unique('Night desk'))];
  await api.send('PUT', `/v2/ai-agents/${other}`, { upstream_ids: { [connection]: 'verbex-night' } });
  const idOf = async () =>
    (await api.get<{ data: Agent }>(`/v2/ai-agents/${agent}`)).data.upstream_ids[connection];
  const page = await signedInAs('operator');
  await page.goto(`/agents/${agent}`);
  const field = page.getByRole('textbox', { name: `Id on ${name}` });
  const save = page.getByRole('button', { name: `Save the id on ${name}` });
  await expect(save).toBeDisabled();
  await expectAccessible(page);

  // What is refused is said at the field, and stays there to be mended.
  await field.fill('verbex-night');
  await save.click();
  await expect(page.getByRole('alert')).toHaveText(
    'Another agent has that id there. Take it from that one first.',
  );
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('verbex-night');
  await expectAccessible(page);
  await field.fill('two words');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Paste the id alone');
  expect(await idOf()).toBeUndefined();

  await field.fill(' verbex-rina ');
  await field.press('Enter');
  await expect(page.getByText(`on ${name} saved`)).toBeVisible();
  await expect(field).toHaveValue('verbex-rina');
  await expect(save).toBeDisabled();
  expect(await idOf()).toBe('verbex-rina');

  const viewer = await signedInAs('viewer');
  await viewer.goto(`/agents/${agent}`);
  await expect(viewer.getByText('verbex-rina')).toBeVisible();
  await expect(viewer.getByRole('main').getByRole('textbox')).toHaveCount(0);

  // What is typed is not dropped unasked, and empty takes the id away.
  await field.fill('');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Agents' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stay' }).click();
  await save.click();
  await expect(page.getByText(`has no id on ${name} any more`)).toBeVisible();
  await expect(viewer.getByText('verbex-rina')).toHaveCount(0);
  expect(await idOf()).toBeUndefined();
});
