import type { Page } from '@playwright/test';
import { addHours } from '../../business-hours.ts';
import { expect, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { addAgent, assign, openList, openSheet, rowWith, unique } from '../../numbers.ts';

const title = (page: Page) => page.getByRole('dialog').getByRole('heading', { level: 2 });
const focusIsLost = (page: Page) => page.evaluate(() => document.activeElement === document.body);

test('j and k walk the numbers while one is open, not while typing, and ask when something is typed', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Walk');
  const shown: string[] = [];
  for (const name of ['a', 'b', 'c'])
    shown.push(
      (await addNumber(api, 'pia', { friendly_name: `${word} ${name}` })).phone_number_international,
    );
  const page = await signedInAs('operator');
  await openList(page, word, '&sort=friendly_name');
  await rowWith(page, `${word} a`).getByRole('link').click();
  await expect(title(page)).toHaveText(shown[0] ?? '');
  await page.getByRole('tab', { name: 'Connection' }).click();
  await page.keyboard.press('j');
  await expect(title(page)).toHaveText(shown[1] ?? '');
  await expect(page.getByRole('tab', { name: 'Connection' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('j');
  await expect(title(page)).toHaveText(shown[2] ?? '');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(title(page)).toHaveText(shown[1] ?? '');

  await page.getByRole('tab', { name: 'General' }).click();
  await page.getByRole('textbox', { name: 'Notes' }).pressSequentially('jk');
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('jk');
  await page.getByRole('tab', { name: 'General' }).focus();
  await page.keyboard.press('k');
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('jk');
  await page.getByRole('tab', { name: 'General' }).focus();
  await page.keyboard.press('k');
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await expect(title(page)).toHaveText(shown[0] ?? '');
  await page.keyboard.press('Escape');
  await expect(rowWith(page, `${word} a`).getByRole('link')).toBeFocused();
});

test('Ctrl+Z undoes the last act of this tab, once, and says so', async ({ signedInAs, api }) => {
  const word = unique('Undo');
  const [day, night] = [`${word} day`, `${word} night`];
  const id = await addAgent(api, day);
  await addAgent(api, night);
  const number = await addNumber(api, 'pia', { friendly_name: word, inbound_agent_id: id });
  const page = await signedInAs('operator');
  await openList(page, word);
  await assign(page, word, 'Inbound', night);
  await expect(page.getByText(`Inbound agent is now ${night}`)).toBeVisible();
  // In a text the key is the text's own.
  await page.getByRole('searchbox', { name: 'Search numbers' }).focus();
  await page.keyboard.press('Control+z');
  await expect(rowWith(page, word)).toContainText(night);
  await rowWith(page, word).getByRole('link').focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(`Inbound agent is now ${day}`)).toBeVisible();
  await expect.poll(() => api.get(`/v1/phone-numbers/${number._id}`)).toMatchObject({ inbound_agent_id: id });
  expect(await focusIsLost(page)).toBe(false);
  await page.keyboard.press('Control+z');
  expect(await api.get(`/v1/phone-numbers/${number._id}`)).toMatchObject({ version: 3 });
});

test('Ctrl+Z leaves what someone else has changed since', async ({ signedInAs, api }) => {
  const word = unique('Undo');
  const [mine, theirs] = [`${word} mine`, await addAgent(api, `${word} theirs`)];
  await addAgent(api, mine);
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  await openList(page, word);
  await assign(page, word, 'Inbound', mine);
  await expect(page.getByText(`Inbound agent is now ${mine}`)).toBeVisible();
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { inbound_agent_id: theirs });
  await rowWith(page, word).getByRole('link').focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('was not put back', { exact: false })).toBeVisible();
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ inbound_agent_id: theirs });
});

test('Ctrl+Z brings back what was discarded', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Undo') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await page.waitForLoadState('networkidle');
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('dear');
  // A quick hand does not wait for what says so, which is fetched the first time.
  let letThrough = () => {};
  const isLetThrough = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/assets/**', async (route) => {
    await isLetThrough;
    await route.continue();
  });
  await sheet.getByRole('button', { name: 'Discard' }).press('Enter');
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('');
  await expect.poll(() => focusIsLost(page)).toBe(false);
  await page.keyboard.press('Control+z');
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('dear');
  letThrough();
  await expect(page.getByText('Your changes are back')).toBeVisible();
  await expect(page.getByText('discarded', { exact: false })).toHaveCount(0);
});

test('the focus never falls to the page', async ({ signedInAs, api }) => {
  const word = unique('Focus');
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  const isKept = () => expect.poll(() => focusIsLost(page)).toBe(false);

  await sheet.getByRole('button', { name: 'Set a stand-in…' }).press('Enter');
  await expect(sheet.getByRole('button', { name: /Choose an agent/ })).toBeFocused();
  await sheet.getByRole('button', { name: 'Call off' }).press('Enter');
  await expect(sheet.getByRole('button', { name: 'Set a stand-in…' })).toBeVisible();
  await isKept();

  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await sheet.getByRole('button', { name: 'Add rule' }).press('Enter');
  await sheet.getByRole('button', { name: /^Actions for rule 1/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Remove' }).press('Enter');
  await expect(sheet.getByRole('button', { name: /Rule 1\./ })).toHaveCount(0);
  await isKept();
  await sheet.getByRole('button', { name: 'Undo' }).press('Enter');
  await isKept();
  await sheet.getByRole('button', { name: 'Discard' }).press('Enter');
  await isKept();

  await page.getByRole('button', { name: 'More for this number' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Delete…' }).press('Enter');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Delete/ })
    .press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await isKept();
  await page
    .getByRole('listitem')
    .filter({ hasText: ' deleted' })
    .getByRole('button', { name: 'Undo', exact: true })
    .press('Enter');
  await expect(page.getByText('restored', { exact: false })).toBeVisible();
  await isKept();
});

test('the palette finds business hours and findings, and goes on to all results', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Found');
  await addHours(api, `${word} hours`);
  for (let at = 0; at < 8; at += 1) await addNumber(api, 'pia', { friendly_name: `${word} ${at}` });
  const page = await signedInAs('operator');
  await openList(page, word);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(word);
  await page.getByRole('option', { name: 'All 8 results' }).click();
  await expect(page).toHaveURL(new RegExp(`/numbers\\?q=${word.split(' ')[0]}`));
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${word} hours`);
  await page.getByRole('option', { name: `${word} hours` }).click();
  await expect(page.getByRole('dialog', { name: 'Edit business hours' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('retired agent');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/findings\?code=retired_agent/);
});

test('the palette finds labels and agents: the numbers that carry one, the page of the other', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Known');
  const agent = await addAgent(api, `${word} agent`);
  await addNumber(api, 'pia', { friendly_name: `With ${word}`, labels: [`${word} & co`] });
  await addNumber(api, 'pia', { friendly_name: `Without ${word}`, inbound_agent_id: agent });
  const page = await signedInAs('operator');
  await openList(page, word);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${word} &`);
  await page
    .getByRole('group', { name: 'Labels' })
    .getByRole('option', { name: `${word} & co` })
    .click();
  await expect(page).toHaveURL(/\/numbers\?label_all=/);
  await expect(rowWith(page, `With ${word}`)).toBeVisible();
  await expect(rowWith(page, `Without ${word}`)).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${word} agent`);
  await expect(page.getByRole('option', { name: `${word} agent` })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/agents/${agent}$`));
});

test('the keys are shown from a number, too, and name what works there', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Keys') });
  const page = await signedInAs('operator');
  await openSheet(page, id);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog').filter({ hasText: 'Step back' });
  for (const text of ['Undo the last act', 'Move a rule up or down', 'In a week of hours'])
    await expect(keys).toContainText(text);
});
