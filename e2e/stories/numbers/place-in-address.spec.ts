import type { Page } from '@playwright/test';
import { addHours, openEdit } from '../../business-hours.ts';
import { expect, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, openList, openSheet, rowWith, unique } from '../../numbers.ts';

const anyCall = {
  hours: 'any',
  caller_countries: null,
  caller_prefixes: null,
  caller_in: null,
  anonymous: 'any',
};

const addRouted = (api: Caller, word: string) =>
  addNumber(api, 'pia', {
    friendly_name: word,
    routing: {
      rules: ['Nights', 'Days'].map((name) => ({
        name,
        when: anyCall,
        destination: { type: 'reject', reason: 'busy' },
      })),
    },
  });

const sheetOf = (page: Page) => page.getByRole('dialog').first();

test('the tab and the rule are in the address: reload stays, Back closes the rule, then the sheet', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Place');
  await addRouted(api, word);
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word).getByRole('link').click();
  const sheet = sheetOf(page);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await expect(page).toHaveURL(/[?&]tab=routing/);
  const rule = sheet.getByRole('button', { name: /Rule 2\./ });
  await rule.click();
  await expect(rule).toHaveAttribute('aria-expanded', 'true');
  await page.reload();
  await expect(rule).toHaveAttribute('aria-expanded', 'true');
  await expect(sheet.getByRole('tab', { name: 'Routing' })).toHaveAttribute('aria-selected', 'true');

  await page.goBack();
  await expect(rule).toHaveAttribute('aria-expanded', 'false');
  await expect(sheet.getByRole('tab', { name: 'Routing' })).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/\/numbers\?q=/);
  await expect(page).not.toHaveURL(/tab=/);
});

test('closing by hand goes the same way, and the keyboard does all of it', async ({ signedInAs, api }) => {
  const word = unique('Place');
  await addRouted(api, word);
  const page = await signedInAs('operator');
  await openList(page, word);
  const steps = await page.evaluate(() => history.length);
  await rowWith(page, word).getByRole('link').press('Enter');
  const sheet = sheetOf(page);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  const [first, second] = [
    sheet.getByRole('button', { name: /Rule 1\./ }),
    sheet.getByRole('button', { name: /Rule 2\./ }),
  ];
  await first.press('Enter');
  await first.press('Enter');
  await second.press('Enter');
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  await expect(second).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/\/numbers\?q=/);
  // Nothing was left behind on the way: what is opened next takes the very next step.
  await rowWith(page, word).getByRole('link').press('Enter');
  await expect(sheet).toBeVisible();
  expect(await page.evaluate(() => history.length)).toBe(steps + 1);
});

test('the stand-in editor is in the address: reload stays, Back closes it', async ({ signedInAs, api }) => {
  const word = unique('Stand');
  const { _id: id } = await addRouted(api, word);
  const standIn = await addAgent(api, `${word} agent`);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const reassignment = { agent_id: standIn, direction: 'inbound', ends_at: until };
  await api.send('PATCH', `/v1/phone-numbers/${id}`, {
    temporary_reassignment: { ...reassignment, starts_at: new Date().toISOString() },
  });
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word).getByRole('link').click();
  const editor = sheetOf(page).getByRole('group', { name: 'Stand-in', exact: true });
  const change = sheetOf(page).getByRole('button', { name: 'Change', exact: true });
  await change.click();
  await expect(editor).toBeVisible();
  await page.reload();
  await expect(editor).toBeVisible();
  await page.goBack();
  await expect(editor).toHaveCount(0);
  await change.click();
  await sheetOf(page).getByRole('button', { name: 'Call off' }).click();
  await expect(editor).toHaveCount(0);
  await expect(page).not.toHaveURL(/open=/);

  // Who may not change it is shown no editor, whatever the address says.
  const viewer = await signedInAs('viewer');
  await viewer.goto(`/numbers/${id}?open=stand-in`);
  await expect(sheetOf(viewer).getByText(`${word} agent`, { exact: false }).first()).toBeVisible();
  await expect(sheetOf(viewer).getByRole('group', { name: 'Stand-in', exact: true })).toHaveCount(0);
});

test('what was asked of "Who answers?" is in the address, and is kept while a rule is opened', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Asked');
  await addRouted(api, word);
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word).getByRole('link').click();
  const sheet = sheetOf(page);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  const question = sheet.getByRole('form', { name: 'Who answers?' });
  const answer = sheet.getByRole('list', { name: 'Reasons' });
  await question.getByLabel('Caller').fill('+8801711111111');
  await question.getByRole('button', { name: 'Ask' }).click();
  await expect(answer).toBeVisible();
  await page.reload();
  await expect(question.getByLabel('Caller')).toHaveValue('+8801711111111');
  await expect(answer).toBeVisible();

  const rule = sheet.getByRole('button', { name: /Rule 2\./ });
  await rule.click();
  await expect(rule).toHaveAttribute('aria-expanded', 'true');
  await expect(answer).toBeVisible();
  await rule.click();
  await question.getByLabel('Caller').fill('+8801711111112');
  await expect(answer).toHaveCount(0);
  await expect(page).not.toHaveURL(/open=/);
  await expect(question.getByLabel('Caller')).toHaveValue('+8801711111112');

  await question.getByRole('button', { name: 'Ask' }).click();
  await expect(answer).toBeVisible();
  await page.goBack();
  await expect(answer).toHaveCount(0);
  await expect(sheet.getByRole('tab', { name: 'Routing' })).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/\/numbers\?q=/);
});

test('filtering the list beside an open number leaves its tab', async ({ signedInAs, api }) => {
  const word = unique('Place');
  await addRouted(api, word);
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word).getByRole('link').click();
  const sheet = sheetOf(page);
  await sheet.getByRole('tab', { name: 'Connection' }).click();
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill(`${word.slice(0, -1)}`);
  await expect(page).toHaveURL(/tab=connection/);
  await expect(sheet.getByRole('tab', { name: 'Connection' })).toHaveAttribute('aria-selected', 'true');
});

test('Back closes a dialog and leaves what is beneath, and asks where something is typed', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addRouted(api, unique('Beneath'));
  const name = unique('Back hours');
  await addHours(api, name);
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog').filter({ hasText: 'Step back' });
  await expect(keys).toBeVisible();
  await page.goBack();
  await expect(keys).toHaveCount(0);
  await expect(sheet).toBeVisible();

  const dialog = await openEdit(page, name);
  await dialog.getByLabel('Name').fill(`${name} typed`);
  await page.goBack();
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(dialog.getByLabel('Name')).toHaveValue(`${name} typed`);
  await page.goBack();
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\/business-hours$/);
});

test('a dialog takes its step back as it closes, and breaks off nothing that is opened after it', async ({
  signedInAs,
}) => {
  const page = await signedInAs('operator');
  await page.goto('/agents');
  await page.getByRole('button', { name: 'Add agent' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.evaluate(() => {
    const step = history.go.bind(history);
    let steps = 0;
    history.go = (by) => {
      steps += 1;
      step(by);
    };
    new MutationObserver((_, observer) => {
      if (document.querySelector('[role=dialog]') !== null) return;
      observer.disconnect();
      document.body.dataset['steps'] = String(steps);
    }).observe(document.body, { childList: true, subtree: true });
  });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-steps', '1');
});

test('what the palette led to is one step from where it was opened', async ({ signedInAs, api }) => {
  const word = unique('Led');
  await addNumber(api, 'pia', { friendly_name: word });
  const page = await signedInAs('operator');
  await openList(page, word);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('agents');
  await expect(page.getByRole('option', { name: 'Agents', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/agents$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/numbers\?q=/);
  await expect(rowWith(page, word)).toBeVisible();
});

test('deleting from a sheet in which a rule is open leads back to the list', async ({ signedInAs, api }) => {
  const word = unique('Gone');
  await addRouted(api, word);
  await addNumber(api, 'pia', { friendly_name: `${word} other` });
  const page = await signedInAs('operator');
  await openList(page, word);
  await rowWith(page, word).filter({ hasNotText: 'other' }).getByRole('link').click();
  const sheet = sheetOf(page);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await sheet.getByRole('button', { name: /Rule 1\./ }).click();
  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/\/numbers\?q=/);
  await expect(rowWith(page, `${word} other`)).toBeVisible();
});
