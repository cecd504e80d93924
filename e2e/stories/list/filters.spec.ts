import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, grid, openList, rowWith, unique } from '../../numbers.ts';

const shows = (page: Page, numbers: number) =>
  expect(grid(page)).toHaveAttribute('aria-rowcount', `${numbers + 1}`);
const chip = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

const giveNumbers = async (api: Caller, word: string) => {
  const [day, night] = [await addAgent(api, `${word} day`), await addAgent(api, `${word} night`)];
  const vip = `${word} VIP`;
  await addNumber(api, 'sip', {
    friendly_name: `${word} sip`,
    inbound_agent_id: day,
    labels: [vip, `${word} b`],
  });
  await addNumber(api, 'twilio', { friendly_name: `${word} twilio`, inbound_agent_id: night, labels: [vip] });
  await addNumber(api, 'pia', { friendly_name: `${word} pia` });
  return { day, night, vip };
};

test('a filter takes several values by mouse: each press ticks one, and the chip tells them', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Several');
  const { day, night, vip } = await giveNumbers(api, word);
  const page = await signedInAs('viewer');
  await openList(page, word);
  await shows(page, 3);

  await chip(page, 'Provider: any').click();
  await page.getByRole('option', { name: 'SIP trunk' }).click();
  await shows(page, 1);
  await page.getByRole('option', { name: 'Twilio' }).click();
  await shows(page, 2);
  await expect(chip(page, 'Provider: SIP trunk, Twilio')).toBeVisible();
  await expect(page).toHaveURL(/provider=sip&provider=twilio/);
  await page.getByRole('option', { name: 'SIP trunk' }).click();
  await shows(page, 1);
  await page.keyboard.press('Escape');
  await expect(chip(page, 'Provider: Twilio')).toBeFocused();
  await chip(page, 'Remove the filter Provider').click();
  await expect(chip(page, 'Add a filter')).toBeFocused();

  await chip(page, 'Filter by agent').click();
  await page.getByRole('combobox').fill(word);
  await page.getByRole('option', { name: `${word} day` }).click();
  await shows(page, 1);
  await page.getByRole('option', { name: 'Unassigned' }).click();
  await shows(page, 2);
  await page.getByRole('combobox').fill(word);
  await page.getByRole('option', { name: `${word} night` }).click();
  await shows(page, 3);
  await expect(chip(page, 'Agent: 3 agents')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(chip(page, 'Agent: 3 agents')).toBeVisible();
  await expect(page).toHaveURL((url) =>
    [day, night, 'none'].every((agent) => url.searchParams.getAll('agent_id').includes(agent)),
  );
  await chip(page, 'Remove the filter Agent').click();

  await rowWith(page, `${word} twilio`)
    .getByRole('button', { name: `Filter by label ${vip}` })
    .click();
  await shows(page, 2);
  await expect(page).toHaveURL(/\/numbers\?/);
  await expect(chip(page, `Labelled: ${vip}`)).toBeVisible();
  await chip(page, `Labelled: ${vip}`).click();
  await page.getByRole('button', { name: 'All of' }).click();
  await page.getByRole('option', { name: vip }).click();
  await shows(page, 3);
  await expect(page.getByRole('option', { name: vip })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chip(page, 'Filter by labelled')).toHaveCount(0);
  await expect(chip(page, 'Add a filter')).toBeFocused();
});

test('labels, credential and the last change are filtered by with the keyboard alone', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Keyed');
  const { vip } = await giveNumbers(api, word);
  const page = await signedInAs('viewer');
  await openList(page, word);
  const add = async (name: string) => {
    await chip(page, 'Add a filter').focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('option', { name, exact: true });
    for (let steps = 0; steps < 8 && (await item.getAttribute('aria-selected')) !== 'true'; steps++)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(item).toHaveCount(0);
  };

  await add('Label');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(`${word} v`);
  await expect(page.getByRole('option', { name: vip })).toContainText('2 numbers');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await shows(page, 2);
  await page.keyboard.press('Escape');
  await expect(chip(page, 'Add a filter')).toBeFocused();

  await chip(page, `Labelled: ${vip}`).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'None of' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type(`${word} b`);
  await expect(page.getByRole('option', { name: `${word} b` })).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await shows(page, 1);
  await expect(rowWith(page, `${word} twilio`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chip(page, `Not labelled: ${word} b`)).toBeVisible();
  await chip(page, 'Remove the filter Not labelled').press('Enter');
  await chip(page, 'Remove the filter Labelled').press('Enter');
  await shows(page, 3);

  await add('Credential');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await shows(page, 1);
  await expect(chip(page, 'Credential: Not set')).toBeVisible();
  await add('Changed since');
  await page.keyboard.press('Enter');
  await expect(chip(page, /^Changed since: /)).toBeVisible();
  await shows(page, 1);
  await page.reload();
  await shows(page, 1);
  await expect(chip(page, /^Changed since: /)).toBeVisible();

  await chip(page, /^Changed since: /).press('Enter');
  const day = page.getByRole('textbox', { name: 'Since a day' });
  await day.fill('sometime');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'sometime' })).toBeVisible();
  await day.fill('3 mar 2031');
  await page.keyboard.press('Enter');
  await expect(chip(page, 'Changed since: 3 Mar 2031, 00:00')).toBeVisible();
  await expect(page).toHaveURL(/changed_since=2031-03-03T00%3A00/);
  await chip(page, /^Changed since: /).press('Enter');
  await day.fill('3 mar 2021');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(chip(page, 'Changed since: 3 Mar 2021, 00:00')).toBeVisible();
  await shows(page, 1);
});

test('filters by country, and sorts by country and by provider', async ({ signedInAs, api }) => {
  const word = unique('Lands');
  await addNumber(api, 'twilio', { friendly_name: `${word} a` });
  await addNumber(api, 'sip', { friendly_name: `${word} b` });
  await addNumber(api, 'pia', { friendly_name: `${word} c` });
  const page = await signedInAs('viewer');
  await openList(page, word);
  const order = async () =>
    (await rowWith(page, word).allTextContents())
      .map((text) => new RegExp(`${word} (.)`).exec(text)?.[1])
      .join('');
  await page.getByRole('columnheader', { name: 'Provider' }).getByRole('button').click();
  await expect.poll(order).toBe('cba');
  await expect(page.getByRole('columnheader', { name: 'Provider' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await chip(page, 'Add a filter').click();
  await page.getByRole('option', { name: 'Sort by…' }).click();
  await page.getByRole('option', { name: /^Country/ }).click();
  await expect(page).toHaveURL(/sort=country/);
  await expect(chip(page, 'Sort: Country ↑')).toBeVisible();

  const country = await grid(page).getByRole('link').first().getAttribute('data-country');
  const name = new Intl.DisplayNames('en-GB', { type: 'region' }).of(country ?? '') ?? '';
  await chip(page, 'Add a filter').click();
  await page.getByRole('option', { name: 'Country', exact: true }).click();
  await page.getByRole('combobox').fill('Iceland');
  await page.getByRole('option', { name: 'Iceland' }).click();
  await expect(page.getByRole('heading', { name: /Nothing matches/ })).toBeVisible();
  await page.getByRole('combobox').fill(name);
  await page.getByRole('option', { name }).first().click();
  await expect(grid(page)).toBeVisible();
  await expect(rowWith(page, word).first()).toBeVisible();
});

test('what comes to match while one looks is shown, by any of the values chosen', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Arrive');
  const { vip } = await giveNumbers(api, word);
  const page = await signedInAs('viewer');
  await openList(page, word, `&label_any=${encodeURIComponent(vip)}&label_any=other`);
  await shows(page, 2);
  await addNumber(api, 'pia', { friendly_name: `${word} new`, labels: ['other'] });
  await shows(page, 3);
  await expect(rowWith(page, `${word} new`)).toBeVisible();
});

test('an old or hand-made address falls back quietly to what of it can be shown', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Mended');
  await giveNumbers(api, word);
  const page = await signedInAs('admin');
  const search = `q=${encodeURIComponent(word).replaceAll('%20', '+')}`;
  for (const garbage of [
    'sort=number',
    'provider=foo',
    'region=&agent_id=no%20id',
    'q=twice',
    'label_any=%00',
  ]) {
    await page.goto(`/numbers?${search}&${garbage}`);
    await shows(page, 3);
    await expect(page).toHaveURL((url) => url.search === `?${search}`);
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
  await page.goto(`/numbers?${search}&provider=foo&provider=sip`);
  await shows(page, 1);
  await expect(page).toHaveURL((url) => url.search === `?${search}&provider=sip`);

  await page.goto('/activity?action=number.eaten&actor_id=no%20one&since=2026-02-31');
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await expect(page).toHaveURL(/\/activity$/);
  await page.goto('/findings?code=bad_weather');
  await expect(page.getByRole('radio', { name: 'All' })).toBeChecked();
  await expect(page).toHaveURL(/\/findings$/);
  await page.goto(`/agents?status=asleep&${search}`);
  await expect(page.getByRole('cell', { name: `${word} day`, exact: true })).toBeVisible();
  await expect(page).toHaveURL((url) => url.search === `?${search}`);
});

test('whatever is filtered by, index.html asks for the first page by the words of the page', async ({
  signedInAs,
}) => {
  const page = await signedInAs('operator');
  const asked = new Set<string>();
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === '/v1/phone-numbers') asked.add(search);
  });
  await page.goto(
    '/numbers?q=a+b&provider=sip&provider=twilio&agent_id=a1&inbound_agent_id=a2&outbound_agent_id=none' +
      '&routed_agent_id=a3&answering_now=none&answering_now=voicemail&country=BD&country=none&region=bd&region=global' +
      '&label_all=vip&label_any=100%2541&label_any=a%26b&label_none=x&connection=c1&link_state=held&has_labels=true&has_credential=true' +
      '&changed_since=2026-11-01T00%3A00%3A00.000Z&fingerprint=0123abcd&sort=-country',
  );
  await expect(page.getByRole('heading', { name: /Nothing matches/ })).toBeVisible();
  expect([...asked]).toHaveLength(1);
  expect([...asked][0]).toContain('label_any=100%2541&label_any=a%26b');
});
