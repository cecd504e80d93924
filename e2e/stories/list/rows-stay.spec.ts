import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, assign, grid, openList, rowWith, unique } from '../../numbers.ts';

const shownIn = async (page: Page, word: string) =>
  (await grid(page).getByRole('row').filter({ hasText: word }).allInnerTexts()).map(
    (text) => /\b(one|two|three)\b/.exec(text)?.[1],
  );

/** Three numbers whose answers the list must ask for, the last one added on top. */
const addThree = async (api: Caller, word: string) => {
  for (const name of ['one', 'two', 'three'])
    await addNumber(api, 'pia', {
      friendly_name: `${word} ${name}`,
      routing: { fallback: { type: 'reject', reason: 'busy' } },
    });
};

test('the whole row opens the number, but for the cells that choose an agent', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Row');
  await addNumber(api, 'sip', { friendly_name: word });
  const page = await signedInAs('operator');
  await openList(page, word);
  const row = rowWith(page, word);
  await expect(row).toHaveCSS('cursor', 'pointer');
  const agent = row.getByRole('gridcell').filter({ has: page.getByRole('button', { name: /^Inbound/ }) });
  await expect(agent).toHaveCSS('cursor', 'auto');
  const box = await agent.boundingBox();
  // Behind the button, which takes all of the cell but its edges.
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 4, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(page).toHaveURL(/\/numbers\?q=/);
  for (const at of [1, 2, -1]) {
    await row.getByRole('gridcell').nth(at).click();
    await expect(page).toHaveURL(/\/numbers\/\w+/);
    await page.goBack();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('a row that was changed stays where it is, until the list is sorted', async ({ signedInAs, api }) => {
  const word = unique('Stays');
  await addThree(api, word);
  const agentName = `${word} night`;
  await addAgent(api, agentName);
  const page = await signedInAs('operator');
  await openList(page, word);
  await expect.poll(() => shownIn(page, word)).toEqual(['three', 'two', 'one']);
  const reread = page.waitForResponse((response) => /page_size=50/.test(response.url()));
  await assign(page, `${word} one`, 'Inbound', agentName);
  await reread;
  await expect(rowWith(page, `${word} one`)).toContainText(agentName);
  expect(await shownIn(page, word)).toEqual(['three', 'two', 'one']);
  // Nor does it move when someone else's change makes the list be read anew.
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: `${word} none` });
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '5');
  await api.send('DELETE', `/v1/phone-numbers/${id}`);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  expect(await shownIn(page, word)).toEqual(['three', 'two', 'one']);

  await page
    .getByRole('columnheader', { name: /^Updated/ })
    .getByRole('button')
    .click();
  await expect.poll(() => shownIn(page, word)).toEqual(['two', 'three', 'one']);
  await page
    .getByRole('columnheader', { name: /^Updated/ })
    .getByRole('button')
    .click();
  await expect.poll(() => shownIn(page, word)).toEqual(['one', 'three', 'two']);
});

test('a row that no longer fits the filter stays under the hand, too', async ({ signedInAs, api }) => {
  const word = unique('Filtered');
  const [before, after] = [await addAgent(api, `${word} before`), `${word} after`];
  await addAgent(api, after);
  for (const name of ['one', 'two'])
    await addNumber(api, 'pia', {
      friendly_name: `${word} ${name}`,
      inbound_agent_id: before,
      routing: { fallback: { type: 'reject', reason: 'busy' } },
    });
  const page = await signedInAs('operator');
  await openList(page, word, `&inbound_agent_id=${before}`);
  const reread = page.waitForResponse((response) => /page_size=50/.test(response.url()));
  await assign(page, `${word} two`, 'Inbound', after);
  await reread;
  expect(await shownIn(page, word)).toEqual(['two', 'one']);
  await expect(rowWith(page, `${word} two`)).toContainText(after);
  await page.reload();
  await expect.poll(() => shownIn(page, word)).toEqual(['one']);
});
