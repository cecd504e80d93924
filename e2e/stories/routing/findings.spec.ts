import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, unique } from '../../numbers.ts';

const voicemail = { type: 'voicemail' };

/** A number whose one rule never matches, as it has no hours. */
const addUnreachable = async (api: Caller, word: string) => {
  const agent = await addAgent(api, `${word} agent`);
  const number = await addNumber(api, 'pia', {
    friendly_name: `${word} number`,
    inbound_agent_id: agent,
    routing: { rules: [{ name: word, when: { hours: 'closed' }, destination: voicemail }] },
  });
  return { agent, number };
};

const findings = (page: Page) => page.getByRole('list', { name: 'Findings' });
const about = (page: Page, word: string) =>
  findings(page)
    .getByRole('listitem')
    .filter({ hasText: `${word} number` })
    .last();
/** The sentence with all that it is said of. */
const saying = (page: Page, sentence: string) => findings(page).locator('> li').filter({ hasText: sentence });

/** Read in the page itself: the address that Playwright knows comes a moment after the key. */
const hasFocus = (place: Locator) => place.evaluate((element) => element === document.activeElement);

/** Other tests of the same server leave findings too: further on, if need be, is where ours stands. */
const expectFound = async (page: Page, word: string) => {
  await expect(findings(page)).toBeVisible();
  const more = page.getByRole('button', { name: 'Show more' });
  for (;;) {
    await expect(about(page, word).or(more).first()).toBeVisible();
    if (await about(page, word).isVisible()) return;
    await more.click();
    await expect(page.getByText(/Looking through all numbers/)).toHaveCount(0);
  }
};

test('what is wrong is listed with the way out, and leads to where it is put right', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Found');
  const { agent, number } = await addUnreachable(api, word);
  await api.send('PUT', `/v2/ai-agents/${agent}`, { agent_status: 'retired' });
  const page = await signedInAs('viewer');
  await page.goto('/numbers');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Findings' })).toBeVisible();
  await expectFound(page, word);
  const retired = saying(page, `${word} agent`);
  await expect(retired).toContainText('Error: The number names an agent that is retired.');
  await expect(retired).toContainText('Choose another agent, or reinstate this one.');
  await expect(retired).toContainText(`${word} number`);
  const never = saying(page, `“${word}”, never matches`);
  await expect(never).toContainText(`Warning: Rule 1, “${word}”, never matches`);
  await expect(never).toContainText(`${word} number`);

  await page.getByText('Rule never matches', { exact: true }).click();
  await expect(page).toHaveURL(/\/findings\?code=unreachable_rule$/);
  await expectFound(page, word);
  await expect(findings(page)).not.toContainText('Error:');
  await about(page, word).getByRole('link', { name: number.phone_number_international }).click();
  await expect(page).toHaveURL(new RegExp(`/numbers/${number._id}\\?tab=routing$`));
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText(number.phone_number_international);
  await expect(sheet.getByRole('tab', { name: 'Routing' })).toHaveAttribute('aria-selected', 'true');
  await expect(sheet.getByRole('heading', { name: 'Rules, first match wins' })).toBeVisible();
});

test('by keyboard alone: from the palette to a kind, and on to the number', async ({ signedInAs, api }) => {
  const word = unique('Keys');
  const { number } = await addUnreachable(api, word);
  const page = await signedInAs('operator');
  await page.goto('/agents');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await page.keyboard.type('findings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Findings' })).toBeVisible();
  await page.getByRole('radio', { name: 'All' }).focus();
  const kinds = await page.getByRole('radio').count();
  const wanted = page.getByRole('radio', { name: 'Rule never matches' });
  for (let at = 0; at < kinds && !(await hasFocus(wanted)); at++) await page.keyboard.press('ArrowRight');
  await expect(wanted).toBeChecked();
  await expect(page).toHaveURL(/code=unreachable_rule$/);
  await expectFound(page, word);
  const link = about(page, word).getByRole('link', { name: number.phone_number_international });
  for (let at = 0; at < 400 && !(await hasFocus(link)); at++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(number._id));
});

test('it follows what others put right', async ({ signedInAs, api }) => {
  const word = unique('Mended');
  const { number } = await addUnreachable(api, word);
  const page = await signedInAs('operator');
  await page.goto('/findings?code=unreachable_rule');
  await expectFound(page, word);
  await api.send('PATCH', `/v1/phone-numbers/${number._id}`, { routing: null });
  await expect(about(page, word)).toHaveCount(0);
});

test('short pages are asked for on and on, which is told and can be stopped', async ({ signedInAs }) => {
  const page = await signedInAs('operator');
  let asked = 0;
  let isEnd = false;
  // A million sound numbers, which no test makes: pages without a finding that are not the last.
  await page.route(/\/v1\/routing\/findings/, async (route) => {
    asked += 1;
    await route.fulfill({ json: { findings: [], next_page_token: isEnd ? null : `page-${asked}` } });
  });
  await page.goto('/findings');
  await expect(page.getByText('Looking through all numbers… 0 found so far')).toBeVisible();
  await expect.poll(() => asked).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped: 0 found so far')).toBeVisible();
  isEnd = true;
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is wrong' })).toBeVisible();
  await expectAccessible(page);

  await page.unroute(/\/v1\/routing\/findings/);
  await page.route(/\/v1\/routing\/findings/, (route) => route.abort());
  await page.goto('/findings?code=past_exception');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.unroute(/\/v1\/routing\/findings/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
});

/** Two numbers of one retired agent, and one without any. */
const giveTrouble = async (api: Caller, word: string) => {
  const [fine, retired] = [await addAgent(api, `${word} fine`), await addAgent(api, `${word} gone`)];
  const of = (name: string, fields: object) =>
    addNumber(api, 'pia', { friendly_name: `${name} ${word} number`, ...fields });
  const numbers = {
    first: await of('first', { inbound_agent_id: retired }),
    second: await of('second', { inbound_agent_id: retired }),
    nobody: await of('nobody', {}),
  };
  await api.send('PUT', `/v2/ai-agents/${retired}`, { agent_status: 'retired' });
  return { ...numbers, fine, retired };
};

const agentOf = async (api: Caller, id: string) =>
  (await api.get<{ inbound_agent_id: string | null }>(`/v1/phone-numbers/${id}`)).inbound_agent_id;

test('a number that nobody answers is given an agent in its own row, and that can be undone', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Silent');
  const { nobody, fine } = await giveTrouble(api, word);
  const shown = nobody.phone_number_international;
  const page = await signedInAs('operator');
  await page.goto('/findings?code=nobody_answers');
  await expectFound(page, word);
  await page.getByRole('button', { name: `Choose an agent for ${shown}` }).click();
  const menu = page.getByRole('dialog', { name: 'Choose the inbound agent' });
  await menu.getByRole('combobox').fill(`${word} fine`);
  await expect(menu.getByRole('option').first()).toContainText(`${word} fine`);
  await menu.getByRole('combobox').press('Enter');
  await expect(page.getByText(`${shown}: Inbound agent is now ${word} fine`)).toBeVisible();
  expect(await agentOf(api, nobody._id)).toBe(fine);
  // The row stays where it was, says what is so now, and keeps the focus.
  await expect(about(page, word)).toContainText('Mended');
  await expect(about(page, word).getByRole('link', { name: shown })).toBeFocused();
  await about(page, word).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => agentOf(api, nobody._id)).toBeNull();
  await expect(page.getByRole('button', { name: `Choose an agent for ${shown}` })).toBeVisible();
});

test('what is said of several numbers stands once, and Reinstate mends them all', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Brought back');
  const { retired, first, second } = await giveTrouble(api, word);
  const page = await signedInAs('operator');
  await page.goto('/findings?code=retired_agent');
  await expectFound(page, word);
  const group = saying(page, `${word} gone`);
  await expect(group).toHaveCount(1);
  await expect(group.getByRole('heading')).toContainText('2 numbers');
  for (const { phone_number_international: shown } of [first, second])
    await expect(group.getByRole('link', { name: shown })).toBeVisible();
  await group.getByRole('button', { name: `Reinstate ${word} gone` }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`“${word} gone” reinstated`).first()).toBeVisible();
  await expect(group.getByText('Mended')).toHaveCount(2);
  const { data } = await api.get<{ data: { agent_status: string } }>(`/v2/ai-agents/${retired}`);
  expect(data.agent_status).toBe('active');
  await expect(page.locator('body')).not.toBeFocused();
});

test('a rule that never matches is switched off where that is said, by keyboard', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Switched');
  const { number } = await addUnreachable(api, word);
  const page = await signedInAs('operator');
  await page.goto('/findings?code=unreachable_rule');
  await expectFound(page, word);
  await about(page, word).getByRole('switch').focus();
  await page.keyboard.press('Space');
  await expect(about(page, word)).toContainText('Switched off');
  await expect(about(page, word)).toContainText('Mended');
  const stored = await api.get<{ routing: { rules: { enabled: boolean }[] } }>(
    `/v1/phone-numbers/${number._id}`,
  );
  expect(stored.routing.rules).toMatchObject([{ enabled: false }]);
});

test('a past exception is removed from its hours, and the row says when all has changed', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Old holiday');
  const exception = { name, start_date: '2020-01-02', end_date: '2020-01-03', intervals: [] };
  const hours = await api.send<{ business_hours_id: string }>('POST', '/v1/business-hours', {
    name: `${name} hours`,
    time_zone: 'Asia/Dhaka',
    weekly: [],
    exceptions: [exception],
  });
  const page = await signedInAs('operator');
  await page.goto('/findings?code=past_exception');
  const remove = page.getByRole('button', { name: `Remove it from ${name} hours` });
  await remove.click();
  await expect(saying(page, name)).toContainText('Mended');
  expect(
    (await api.get<{ exceptions: unknown[] }>(`/v1/business-hours/${hours.business_hours_id}`)).exceptions,
  ).toEqual([]);
});

test('the sheet says which finding led to it, and leads back to its row', async ({ signedInAs, api }) => {
  const word = unique('There and back');
  const { number } = await addUnreachable(api, word);
  const page = await signedInAs('operator');
  await page.goto('/findings?code=unreachable_rule');
  await expectFound(page, word);
  const link = about(page, word).getByRole('link', { name: number.phone_number_international });
  const sheet = page.getByRole('dialog');
  const isThere = async () => {
    await expect(page).toHaveURL(new RegExp(`/numbers/${number._id}`));
    await expect(sheet.getByRole('complementary', { name: 'Finding' })).toContainText(
      `“${word}”, never matches`,
    );
  };
  const isBack = async () => {
    await expect(page).toHaveURL(/\/findings\?code=unreachable_rule$/);
    await expect(link).toBeFocused();
  };
  await link.click();
  await isThere();
  await sheet.getByRole('button', { name: 'Back to findings' }).click();
  await isBack();
  await page.keyboard.press('Enter');
  await isThere();
  await page.keyboard.press('Escape');
  await isBack();
  await link.click();
  await isThere();
  await page.reload();
  await isThere();
  await page.goBack();
  await isBack();
});

test('kinds say how much there is of each, and the navigation how much in all', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Counted');
  await addUnreachable(api, word);
  const page = await signedInAs('viewer');
  await page.goto('/findings');
  await expect(page.getByText(/^as of \d\d:\d\d$/)).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Rule never matches \d+\+?$/ })).toBeAttached();
  await expect(page.getByRole('radio', { name: /^All \d+\+?$/ })).toBeAttached();
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Findings\s*, [1-9]\d*\+?$/ }),
  ).toBeVisible();
  // Who may only look is offered nothing to press.
  await expectFound(page, word);
  await expect(findings(page).getByRole('switch')).toHaveCount(0);
});

/** What a part of the console is called as it is served. */
const fileOf = async (source: string): Promise<string> => {
  const manifest: Record<string, { file: string }> = JSON.parse(
    await readFile('dist/client/.vite/manifest.json', 'utf8'),
  );
  const part = manifest[source];
  if (part === undefined) throw new Error(`No part of the console is ${source}`);
  return part.file;
};

test('the first list neither waits for the count nor asks for it before it is there', async ({
  signedInAs,
}) => {
  const page = await signedInAs('operator');
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.route(/\/v1\/phone-numbers\?/, async (route) => {
    await held;
    await route.continue();
  });
  const file = await fileOf('src/client/layout/finding-count.tsx');
  const chunk = page.waitForResponse((response) => response.url().endsWith(file));
  await page.goto('/numbers', { waitUntil: 'commit' });
  await chunk;
  expect(asked).not.toContain('/v1/routing/findings/summary');
  const summary = page.waitForRequest(/findings\/summary/);
  letThrough();
  await summary;
});

test('the findings are accessible, wide and narrow', async ({ signedInAs, api }) => {
  const word = unique('Axe');
  await addUnreachable(api, word);
  await giveTrouble(api, word);
  const page = await signedInAs('operator');
  await page.goto('/findings');
  await expectFound(page, word);
  await expectAccessible(page);
});
