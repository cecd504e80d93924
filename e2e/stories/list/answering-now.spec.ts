import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, grid, openList, rowWith, unique } from '../../numbers.ts';

const always = [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }];

const addHours = async (api: Caller, name: string, weekly: object[]) =>
  (
    await api.send<{ business_hours_id: string }>('POST', '/v1/business-hours', {
      name,
      time_zone: 'Asia/Dhaka',
      weekly,
    })
  ).business_hours_id;

const whenClosed = (agent: string) => [
  { when: { hours: 'closed' }, destination: { type: 'agent', agent_id: agent } },
];

/** What the column says in the row with this text. */
const answering = async (page: Page, row: string) => {
  const header = grid(page).getByRole('columnheader', { name: 'Answering now' });
  const column = Number(await header.getAttribute('aria-colindex'));
  return rowWith(page, row)
    .getByRole('gridcell')
    .nth(column - 1);
};

test('the list tells who answers now, follows the hours when they change, and is filtered by it', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Answering');
  const [day, night] = [await addAgent(api, `${word} day`), await addAgent(api, `${word} night`)];
  const hours = await addHours(api, word, always);
  const routed = { inbound_agent_id: day, routing: { business_hours_id: hours, rules: whenClosed(night) } };
  await addNumber(api, 'pia', { friendly_name: `${word} routed`, ...routed });
  await addNumber(api, 'pia', { friendly_name: `${word} plain`, inbound_agent_id: day });
  await addNumber(api, 'pia', { friendly_name: `${word} silent` });
  await addNumber(api, 'pia', {
    friendly_name: `${word} recorded`,
    routing: { fallback: { type: 'voicemail' } },
  });
  const page = await signedInAs('operator');
  await openList(page, word);
  await expect(await answering(page, `${word} routed`)).toHaveText(`${word} day`);
  await expect(await answering(page, `${word} plain`)).toHaveText(`${word} day`);
  await expect(await answering(page, `${word} silent`)).toHaveText('Nobody');
  await expect(await answering(page, `${word} recorded`)).toHaveText('Voicemail');

  await api.send('PATCH', `/v1/business-hours/${hours}`, { weekly: [] });
  await expect(await answering(page, `${word} routed`)).toHaveText(`${word} night`);

  await page.getByRole('button', { name: 'Filter by answering now' }).click();
  await page.getByRole('combobox').fill(`${word} night`);
  await page.keyboard.press('Enter');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await expect(rowWith(page, `${word} routed`)).toBeVisible();
  await expect(page).toHaveURL((url) => url.searchParams.get('answering_now') === night);
  await expectAccessible(page);
  await page.getByRole('option', { name: 'Nobody' }).click();
  await expect(rowWith(page, `${word} silent`)).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
  await expect(page.getByRole('button', { name: `Answering now: ${word} night, Nobody` })).toBeVisible();
  await page.getByRole('option', { name: `${word} night` }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
});

test('an agent who stands in is shown while it does, and goes by itself', async ({ signedInAs, api }) => {
  const word = unique('Stand');
  const [usual, other] = [await addAgent(api, `${word} usual`), await addAgent(api, `${word} other`)];
  // Long enough for the page to be open, short enough to wait for.
  const [starts, ends] = [Date.now() - 60_000, Date.now() + 12_000];
  const temporary_reassignment = {
    agent_id: other,
    starts_at: new Date(starts).toISOString(),
    ends_at: new Date(ends).toISOString(),
  };
  await addNumber(api, 'pia', { friendly_name: word, inbound_agent_id: usual, temporary_reassignment });
  const page = await signedInAs('operator');
  await openList(page, word);
  await expect(await answering(page, word)).toHaveText(`${word} other`);
  await expect(
    rowWith(page, word).getByRole('button', { name: /usual; .*other stands in until/ }),
  ).toBeVisible();
  await expect(await answering(page, word)).toHaveText(`${word} usual`, { timeout: 30_000 });
  await expect(rowWith(page, word).getByRole('button', { name: /stands in/ })).toHaveCount(0);
});
