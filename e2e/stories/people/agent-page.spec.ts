import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, unique } from '../../numbers.ts';

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** An agent that is named in every way there is. */
const giveUses = async (api: Caller, word: string) => {
  const [agent, other] = [await addAgent(api, `${word} agent`), await addAgent(api, `${word} other`)];
  const of = (name: string, fields: object) =>
    addNumber(api, 'pia', { friendly_name: `${word} ${name}`, inbound_agent_id: other, ...fields });
  const inbound = await of('inbound', { inbound_agent_id: agent });
  await of('outbound', { outbound_agent_id: agent });
  const routed = await of('routed', {
    routing: {
      rules: [
        {
          name: 'Night',
          enabled: false,
          when: {},
          destination: {
            type: 'split',
            agents: [
              { agent_id: agent, weight: 1 },
              { agent_id: other, weight: 3 },
            ],
          },
        },
      ],
      fallback: { type: 'agent', agent_id: agent },
    },
  });
  const stoodInFor = await of('stood in for', {});
  await api.send('PATCH', `/v1/phone-numbers/${stoodInFor._id}`, {
    temporary_reassignment: {
      agent_id: agent,
      direction: 'inbound',
      starts_at: inHours(1),
      ends_at: inHours(50),
    },
  });
  return { agent, inbound, routed, stoodInFor };
};

test('an agent’s page names all that names it, each a link to the place and back', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Named');
  const { agent, inbound, routed, stoodInFor } = await giveUses(api, word);
  const page = await signedInAs('viewer');
  await page.goto(`/agents?q=${encodeURIComponent(`${word} agent`)}`);
  await page.getByRole('link', { name: `${word} agent`, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/agents/${agent}$`));
  await expect(page.getByRole('heading', { level: 1, name: `${word} agent` })).toBeVisible();
  const list = (name: string) => page.getByRole('list', { name, exact: true });
  await expect(list('Inbound numbers')).toContainText(`${word} inbound`);
  await expect(list('Outbound numbers')).toContainText(`${word} outbound`);
  const rules = list('Rules, splits and fallbacks');
  await expect(rules).toContainText('Rule 1, “Night”, 25 % of a split, switched off');
  await expect(rules).toContainText('Fallback');
  await expect(list('Stand-ins, now and coming')).toContainText(/Answers from .+ until .+/);
  await expect(list('Stand-ins, now and coming')).toContainText(stoodInFor.phone_number_international);
  await expect(page.getByRole('button', { name: /Retire|Edit/ })).toHaveCount(0);

  const link = rules.getByRole('link', { name: routed.phone_number_international });
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/numbers/${routed._id}\\?tab=routing$`));
  await expect(page.getByRole('dialog')).toContainText(routed.phone_number_international);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(new RegExp(`/agents/${agent}$`));
  await expect(link).toBeFocused();

  await page.getByRole('link', { name: 'Inbound numbers: show in the list' }).click();
  await expect(page).toHaveURL(new RegExp(`inbound_agent_id=${agent}`));
  await expect(page.getByRole('grid')).toContainText(inbound.phone_number_international);
});

test('an agent is retired and reinstated on its page, by keyboard', async ({ signedInAs, api }) => {
  const word = unique('Page');
  const { agent } = await giveUses(api, word);
  const status = async () =>
    (await api.get<{ data: { agent_status: string } }>(`/v2/ai-agents/${agent}`)).data.agent_status;
  const page = await signedInAs('operator');
  await page.goto(`/agents/${agent}`);
  await page.getByRole('button', { name: 'Retire' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: `Retire ${word} agent?` });
  await expect(dialog).toContainText('1 number is answered by it');
  await dialog.getByRole('button', { name: 'Retire' }).focus();
  await page.keyboard.press('Enter');
  const reinstate = page.getByRole('main').getByRole('button', { name: 'Reinstate' });
  await expect(reinstate).toBeFocused();
  expect(await status()).toBe('retired');
  await expect(page.getByRole('list', { name: 'Inbound numbers' })).toContainText(`${word} inbound`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('button', { name: 'Retire' })).toBeVisible();
  await expect.poll(status).toBe('active');
});

test('many numbers come page by page, with their count', async ({ signedInAs, api }) => {
  const word = unique('Busy');
  const agent = await addAgent(api, `${word} agent`);
  for (let n = 0; n < 23; n++) await addNumber(api, 'pia', { inbound_agent_id: agent });
  const page = await signedInAs('operator');
  await page.goto(`/agents/${agent}`);
  const rows = page.getByRole('list', { name: 'Inbound numbers' }).getByRole('listitem');
  await expect(rows).toHaveCount(20);
  await expect(page.getByRole('heading', { name: 'Inbound numbers' }).locator('..')).toContainText('23');
  await page.getByRole('button', { name: 'Inbound numbers: show more' }).click();
  await expect(rows).toHaveCount(23);
});

test('an agent that is not there is said so, and the page is accessible', async ({ signedInAs, api }) => {
  const word = unique('Reachable');
  const { agent } = await giveUses(api, word);
  const page = await signedInAs('operator');
  await page.goto('/agents/nobody');
  await expect(page.getByRole('heading', { name: 'This agent is not here' })).toBeVisible();
  await page.goto(`/agents/${agent}`);
  await expect(page.getByRole('list', { name: 'Rules, splits and fallbacks' })).toBeVisible();
  await expectAccessible(page);
});
