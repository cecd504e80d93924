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
    .first();

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
  await expect(about(page, word)).toContainText('Error: The number names an agent that is retired.');
  await expect(about(page, word)).toContainText('Choose another agent, or reinstate this one.');
  await expect(about(page, word)).toContainText(`Warning: Rule 1, “${word}”, never matches`);

  await page.getByText('Rule never matches', { exact: true }).click();
  await expect(page).toHaveURL(/\/findings\?code=unreachable_rule$/);
  await expectFound(page, word);
  await expect(about(page, word)).not.toContainText('Error:');
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

test('the findings are accessible, wide and narrow', async ({ signedInAs, api }) => {
  const word = unique('Axe');
  await addUnreachable(api, word);
  const page = await signedInAs('viewer');
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/findings?code=unreachable_rule');
    await expectFound(page, word);
    await expectAccessible(page);
  }
});
