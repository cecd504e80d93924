import type { Locator, Page } from '@playwright/test';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, openSheet, saved, unique } from '../../numbers.ts';

const anyCall = {
  hours: 'any',
  caller_countries: null,
  caller_prefixes: null,
  caller_in: null,
  anonymous: 'any',
};

/** Open from nine to six, London time, every day. */
const addHours = async (api: Caller, name: string): Promise<string> =>
  (
    await api.send<{ business_hours_id: string }>('POST', '/v1/business-hours', {
      name,
      time_zone: 'Europe/London',
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '09:00', end: '18:00' }],
      exceptions: [],
    })
  ).business_hours_id;

/** A number with an agent for the day and rules: closed, then one for Bangladesh that is switched off. */
const setUpNumber = async (api: Caller) => {
  const word = unique('Routing');
  const [day, night] = [await addAgent(api, `${word} day`), await addAgent(api, `${word} night`)];
  const hours = await addHours(api, word);
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: word,
    inbound_agent_id: day,
    routing: {
      business_hours_id: hours,
      fallback: { type: 'voicemail', greeting: null },
      rules: [
        {
          name: 'Nights',
          when: { ...anyCall, hours: 'closed' },
          destination: { type: 'agent', agent_id: night },
        },
        {
          name: 'Bangladesh',
          enabled: false,
          when: { ...anyCall, caller_countries: ['BD'] },
          destination: { type: 'message', text: 'A moment.' },
        },
        {
          name: 'Withheld',
          when: { ...anyCall, anonymous: true },
          destination: { type: 'reject', reason: 'busy' },
        },
      ],
    },
  });
  return { word, day, night, hours, id };
};

const openRouting = async (page: Page, id: string) => {
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await expect(sheet.getByRole('heading', { name: 'Rules, first match wins' })).toBeVisible();
  return sheet;
};

const rule = (sheet: Locator, place: number) =>
  sheet.getByRole('button', { name: new RegExp(`^Rule ${place}\\.`) });
const routingOf = async (api: Caller, id: string) =>
  (await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`)).routing;
const namesOf = async (api: Caller, id: string) => (await routingOf(api, id))?.rules.map(({ name }) => name);

test('rules are read as sentences, carried by mouse, switched and saved, and only they are sent', async ({
  signedInAs,
  api,
}) => {
  const { id, word } = await setUpNumber(api);
  const before = await routingOf(api, id);
  const page = await signedInAs('operator');
  const sheet = await openRouting(page, id);
  await expect(rule(sheet, 1)).toContainText('When closed');
  await expect(rule(sheet, 1)).toContainText(`${word} night`);
  const sent: unknown[] = [];
  page.on('request', (request) => request.method() === 'PATCH' && sent.push(request.postDataJSON()));

  const handle = sheet.getByRole('button', { name: 'Move rule 3, Withheld' });
  const [from, to] = [await handle.boundingBox(), await rule(sheet, 1).boundingBox()];
  if (!from || !to) throw new Error('The rules are not on the screen.');
  // Selected text must not be carried away in place of the rule.
  await handle.focus();
  await page.keyboard.press('Control+a');
  expect(await page.evaluate(() => String(getSelection()))).toContain('Withheld');
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y - 20, { steps: 4 });
  await page.mouse.move(from.x + 8, to.y + 4, { steps: 8 });
  await page.mouse.up();
  await expect(rule(sheet, 1)).toContainText('Withheld');
  await sheet.getByRole('switch', { name: 'Rule 3 is on' }).click();
  await expect(sheet.getByText('1 change Routing rules')).toBeVisible();
  await page.keyboard.press('Control+s');
  await saved(page);

  const [nights, bangladesh, withheld] = before?.rules ?? [];
  expect(sent).toEqual([{ routing: { rules: [withheld, nights, { ...bangladesh, enabled: true }] } }]);
  expect(await namesOf(api, id)).toEqual(['Withheld', 'Nights', 'Bangladesh']);
  expect(await routingOf(api, id)).toMatchObject({
    business_hours_id: before?.business_hours_id,
    fallback: before?.fallback,
  });
});

test('a rule is added, filled in, moved and taken out by keyboard alone', async ({ signedInAs, api }) => {
  const { id, word } = await setUpNumber(api);
  const page = await signedInAs('operator');
  const sheet = await openRouting(page, id);
  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());

  await sheet.getByRole('button', { name: 'Add rule' }).focus();
  await press('Enter');
  await expect(sheet.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Neighbours');
  await press('Tab');
  await page.keyboard.type('At any');
  await press('Tab', 'Enter');
  await page.keyboard.type('IN');
  await expect(
    page.getByRole('dialog', { name: 'the caller’s countries' }).getByRole('option').first(),
  ).toContainText('India');
  await press('Enter', 'Escape');
  await expect(sheet.getByRole('button', { name: 'Add to the caller’s countries' })).toBeFocused();
  await press('Tab', 'Tab', 'Tab');
  await expect(sheet.getByRole('button', { name: 'Agent Choose an agent' })).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('dialog', { name: 'Choose the agent' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(`${word} day`);
  await expect(page.getByRole('dialog', { name: 'Choose the agent' }).getByRole('option').first()).toHaveText(
    new RegExp(`${word} day`),
  );
  await press('Enter');
  await expect(rule(sheet, 4)).toContainText('caller from IN');

  await sheet.getByRole('button', { name: 'Move rule 4, Neighbours' }).focus();
  await press('ArrowUp', 'ArrowUp');
  await expect(sheet.getByRole('button', { name: 'Move rule 2, Neighbours' })).toBeFocused();
  await expect(sheet.getByText('Neighbours is now rule 2 of 4.')).toBeAttached();
  await rule(sheet, 2).focus();
  await press('Alt+ArrowUp');
  await expect(rule(sheet, 1)).toContainText('Neighbours');

  await sheet.getByRole('button', { name: 'Actions for rule 3, Bangladesh' }).focus();
  await press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await press('End');
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toBeFocused();
  await press('Enter');
  await expect(sheet.getByText('Bangladesh, removed.')).toBeVisible();
  await press('Control+s');
  await saved(page);
  expect(await namesOf(api, id)).toEqual(['Neighbours', 'Nights', 'Withheld']);
  expect((await routingOf(api, id))?.rules[0]).toMatchObject({
    when: { hours: 'any', caller_countries: ['IN'] },
    destination: { type: 'agent' },
  });
});

test('the rules stand where they will stay: nothing that comes later pushes them away', async ({
  signedInAs,
  api,
}) => {
  const { id } = await setUpNumber(api);
  const page = await signedInAs('operator');
  let goOn = () => {};
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.route('**/v1/business-hours', async (route) => {
    await held;
    await route.continue();
  });
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await expect(sheet.getByRole('status', { name: 'Loading' })).toBeVisible();
  await expect(rule(sheet, 1)).toHaveCount(0);
  goOn();
  await expect(rule(sheet, 1)).toBeVisible();
  const first = await rule(sheet, 1).boundingBox();
  await expect(sheet.getByText(/where clocks show another time/)).toBeVisible();
  await expect(sheet.getByRole('heading', { name: 'Who answers, next two weeks' })).toBeVisible();
  expect(await rule(sheet, 1).boundingBox()).toEqual(first);
});

test('a wrong weight and a forward to itself are said at their very place', async ({ signedInAs, api }) => {
  const { id } = await setUpNumber(api);
  const { phone_number: own } = await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`);
  const page = await signedInAs('operator');
  const sheet = await openRouting(page, id);
  await rule(sheet, 1).click();
  await sheet.getByRole('combobox', { name: 'Then' }).selectOption('Split between agents');
  await sheet.getByRole('textbox', { name: 'Weight of agent 1' }).fill('0');
  await rule(sheet, 1).click();
  await sheet.getByRole('tab', { name: 'General' }).click();
  await page.keyboard.press('Control+s');
  const agent = sheet.getByRole('button', { name: 'Agent 1: Choose an agent' });
  await expect(agent).toBeFocused();
  await expect(agent).toHaveAccessibleDescription('Choose an agent.');
  const weight = sheet.getByRole('textbox', { name: 'Weight of agent 1' });
  await expect(weight).toHaveAttribute('aria-invalid', 'true');
  await expect(weight).toHaveAccessibleDescription(/^Give each agent a weight/);
  await expect(sheet.getByText(/^Give each agent a weight/)).toBeVisible();

  await sheet.getByRole('combobox', { name: 'Then' }).selectOption('Forward');
  await sheet.getByRole('textbox', { name: 'Forward to' }).fill(own);
  await rule(sheet, 1).click();
  await sheet.getByRole('tab', { name: 'Connection' }).click();
  await page.keyboard.press('Control+s');
  const forward = sheet.getByRole('textbox', { name: 'Forward to' });
  await expect(forward).toBeFocused();
  await expect(forward).toHaveAccessibleDescription(/itself/);
  await expect(forward).toHaveValue(own);
  await forward.fill('"Desk" <sip:desk@pbx.example;transport=tls?Subject=x>');
  await forward.press('Tab');
  await expect(forward).toHaveValue('sip:desk@pbx.example;transport=tls');
  await expect(forward).toHaveAccessibleDescription(/Taken off: the angle brackets and “\?Subject=x”/);
  expect(await namesOf(api, id)).toEqual(['Nights', 'Bangladesh', 'Withheld']);
});

test('others’ hours and my rules are merged; rules that both changed are asked about in words', async ({
  signedInAs,
  api,
}) => {
  const { id, word } = await setUpNumber(api);
  const page = await signedInAs('operator');
  await page.route('**/v1/changes*', (route) => route.abort());
  const sheet = await openRouting(page, id);
  await sheet.getByRole('switch', { name: 'Rule 1 is on' }).click();
  await api.send('PATCH', `/v1/phone-numbers/${id}`, {
    routing: { business_hours_id: await addHours(api, `${word} other`) },
  });
  await page.keyboard.press('Control+s');
  const panel = sheet.getByRole('alert', { name: 'Someone else saved while you were editing' });
  await expect(panel).toContainText('Business hours was changed, and is merged.');
  await expect(sheet.getByRole('combobox', { name: 'Hours' })).toContainText(`${word} other`);
  await api.send('PATCH', `/v1/phone-numbers/${id}`, { routing: { rules: [] } });
  await page.keyboard.press('Control+s');
  await expect(panel).toContainText('theirs nothing');
  await expect(panel).toContainText('When closed → ');
  await panel.getByRole('button', { name: 'Keep mine: Routing rules' }).click();
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await namesOf(api, id)).toEqual(['Nights', 'Bangladesh', 'Withheld']);
  expect((await routingOf(api, id))?.rules[0]?.enabled).toBe(false);
});

test('the timeline and the question go by what is not saved yet', async ({ signedInAs, api }) => {
  const { id, word } = await setUpNumber(api);
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('button', { name: 'Who answers?' }).click();
  const caller = sheet.getByRole('textbox', { name: 'Caller' });
  await expect(caller).toBeFocused();
  const timeline = sheet.getByRole('listbox', { name: 'Who answers, next two weeks' });
  await expect(
    timeline.getByRole('option', { name: /18:00–09:00 .* night, by rule 1$/ }).first(),
  ).toBeAttached();
  await timeline.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(sheet.getByText(/09:00–18:00 .* day, as the inbound agent$/)).toBeVisible();

  const asked: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/route/preview')) asked.push(request.postDataJSON());
  });
  await caller.fill('+8801711204418');
  await sheet.getByLabel('Moment').fill('1 dec 2026 20:00');
  await sheet.getByRole('button', { name: 'Ask', exact: true }).click();
  const reasons = sheet.getByRole('list', { name: 'Reasons' });
  await expect(reasons).toContainText('Rule 1, “Nights”, matches: closed.');
  // No answer to another question was shown first.
  expect(asked).toEqual([expect.objectContaining({ direction: 'inbound', from: '+8801711204418' })]);
  await sheet.getByRole('switch', { name: 'Rule 1 is on' }).click();
  await expect(timeline.getByRole('option', { name: /night/ })).toHaveCount(0);
  await expect(reasons).toContainText('Rule 1, “Nights”, is switched off.');
  await expect(reasons).toContainText(`${word} day, the inbound agent, answers.`);
  await sheet.getByRole('checkbox', { name: 'The caller withholds the number' }).click();
  await sheet.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(reasons).toContainText('Rule 3, “Withheld”, matches');
  expect((await routingOf(api, id))?.rules[0]?.enabled).toBe(true);
});

test('what nobody wants is found while it is edited', async ({ signedInAs, api }) => {
  const { id } = await setUpNumber(api);
  const page = await signedInAs('operator');
  const sheet = await openRouting(page, id);
  await sheet.getByRole('combobox', { name: 'Hours' }).selectOption('None (always open)');
  await expect(
    sheet.getByText('Rule 1, “Nights”, never matches: a number without hours is always open.'),
  ).toBeVisible();
  await sheet.getByRole('button', { name: 'Discard' }).click();
  await expect(sheet.getByText(/never matches/)).toHaveCount(0);
});

test('a stand-in is set for a while, and called off', async ({ signedInAs, api }) => {
  const { id, word, night } = await setUpNumber(api);
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('button', { name: 'Set a stand-in…' }).click();
  await page.keyboard.press('Control+s');
  const agent = sheet.getByRole('button', { name: 'Agent Choose an agent' });
  await expect(agent).toBeFocused();
  await agent.click();
  await page.getByRole('combobox', { name: 'Agents' }).fill(`${word} night`);
  await page.getByRole('option', { name: `${word} night` }).click();
  await sheet.getByRole('button', { name: 'For 24 hours' }).click();
  await expect(
    sheet.getByText(new RegExp(`${word} night answers until .*, then ${word} day\\.`)),
  ).toBeVisible();
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({
    temporary_reassignment: { agent_id: night, direction: 'inbound' },
  });
  await sheet.getByRole('button', { name: 'End now' }).click();
  await expect(sheet.getByText('It has ended.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Clear' }).click();
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await api.get(`/v1/phone-numbers/${id}`)).toMatchObject({ temporary_reassignment: null });
});

test('a viewer reads all of it and can change none', async ({ signedInAs, api }) => {
  const { id, word } = await setUpNumber(api);
  const page = await signedInAs('viewer');
  const sheet = await openRouting(page, id);
  await rule(sheet, 2).click();
  await expect(sheet.getByText('A moment.', { exact: true })).toBeVisible();
  await expect(sheet.getByText(word, { exact: true }).last()).toBeVisible();
  await expect(sheet.getByRole('switch')).toHaveCount(0);
  await expect(sheet.getByRole('button', { name: /^(Move|Actions|Add rule|Edit|New hours)/ })).toHaveCount(0);
  await expect(sheet.getByRole('combobox')).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(sheet.getByRole('list', { name: 'Reasons' })).toBeVisible();
});

test('the routing editor is accessible, opened and narrow', async ({ signedInAs, api }) => {
  const { id } = await setUpNumber(api);
  const page = await signedInAs('operator');
  const sheet = await openRouting(page, id);
  await expect(sheet.getByRole('option').first()).toBeAttached();
  await rule(sheet, 1).click();
  await rule(sheet, 2).click();
  await sheet.getByRole('button', { name: 'Who answers?' }).click();
  await sheet.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(sheet.getByRole('list', { name: 'Reasons' })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  // The window takes its new size when the browser comes to it.
  await expect
    .poll(() =>
      page.evaluate(() => document.querySelector('[role=tabpanel][data-state=active]')?.scrollWidth),
    )
    .toBeLessThanOrEqual(390);
});

test('hours are made from within the sheet and chosen at once, and what is typed stays', async ({
  signedInAs,
  api,
}) => {
  const { id, word } = await setUpNumber(api);
  const page = await signedInAs('operator');
  const sheet = await openRouting(page, id);
  await sheet.getByRole('switch', { name: 'Rule 1 is on' }).click();
  await sheet.getByRole('button', { name: 'New hours' }).click();
  const dialog = page
    .getByRole('dialog')
    .filter({ has: page.getByRole('textbox', { name: 'Name' }) })
    .last();
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`${word} new`);
  await dialog.getByRole('button', { name: 'Mon–Fri 9–17' }).click();
  await dialog.getByRole('button', { name: /^Add/ }).last().click();
  await expect(sheet.getByText('2 changes Business hours, Routing rules')).toBeVisible();
  await expect(sheet.getByRole('combobox', { name: 'Hours' }).locator('option:checked')).toHaveText(
    `${word} new`,
  );
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByText('used by 1 number')).toBeVisible();
});
