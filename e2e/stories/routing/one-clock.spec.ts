import type { Browser, Page } from '@playwright/test';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { expect, expectAccessible, openPage, test } from '../../fixtures.ts';
import { addHours, openEdit } from '../../business-hours.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, assign, openList, openSheet, saved, unique } from '../../numbers.ts';

const NEW_YORK = 'America/New_York';
const anyCall = { caller_countries: null, caller_prefixes: null, caller_in: null, anonymous: 'any' };

/** A number whose hours are New York's, and two agents. */
const setUpNumber = async (api: Caller) => {
  const word = unique('Clock');
  const [day, night] = [await addAgent(api, `${word} day`), await addAgent(api, `${word} night`)];
  const { business_hours_id } = await addHours(api, word, { time_zone: NEW_YORK });
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: word,
    inbound_agent_id: day,
    routing: { business_hours_id },
  });
  return { word, day, night, id };
};

const pageIn = (
  {
    browser,
    server,
    sessions,
  }: { browser: Browser; server: { url: string }; sessions: { operator: Caller } },
  timezoneId: string,
): Promise<Page> => openPage(browser, server.url, sessions.operator, { timezoneId });

const standInOf = async (api: Caller, id: string) =>
  (await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`)).temporary_reassignment;

const inNewYork = (instant: string | undefined) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: NEW_YORK,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(Date.parse(instant ?? ''));

test('an operator in Dhaka sets a stand-in over New York’s weekend, not Dhaka’s, by mouse', async ({
  browser,
  server,
  sessions,
  api,
}) => {
  const { id, word, night } = await setUpNumber(api);
  const page = await pageIn({ browser, server, sessions }, 'Asia/Dhaka');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('button', { name: 'Set a stand-in…' }).click();
  await sheet.getByRole('button', { name: 'Agent Choose an agent' }).click();
  await page.getByRole('combobox', { name: 'Agents' }).fill(`${word} night`);
  await page.getByRole('option', { name: `${word} night` }).click();
  await sheet.getByRole('button', { name: 'Over the weekend' }).click();
  const until = sheet.getByRole('textbox', { name: 'Until' });
  await expect(until).toHaveValue(/^\d{1,2} [A-Z][a-z]{2} \d{4}, 08:00$/);
  await expect(until).toHaveAccessibleDescription(
    /^America\/New_York = (?:Mon \d{1,2} [A-Z][a-z]{2}, )?1[89]:00 your time$/,
  );
  await expect(sheet.getByText(`${word} night answers the whole time.`)).toBeVisible();
  await page.keyboard.press('Control+s');
  await saved(page);
  const stored = await standInOf(api, id);
  expect(stored).toMatchObject({ agent_id: night });
  expect(inNewYork(stored?.ends_at)).toBe('Mon 08:00');

  // The answer is by the clock of the chart above it.
  await sheet.getByRole('button', { name: 'Who answers?' }).click();
  await sheet.getByLabel('Moment').fill(new Date(Date.parse(stored?.ends_at ?? '') - 60_000).toISOString());
  await sheet.getByRole('button', { name: 'Ask', exact: true }).click();
  const reasons = sheet.getByRole('list', { name: 'Reasons' });
  await expect(reasons).toContainText(/until Monday \d{1,2} \w{3} \d{4}, 08:00 in America\/New_York/);
  await expect(reasons).not.toContainText('UTC');
  await expect(
    sheet.getByText(/^Monday \d.*, 07:59 in America\/New_York = 1[78]:59 your time$/),
  ).toBeVisible();
  await page.context().close();
});

test('dates are typed and refused in words, chosen from the calendar, and changed clocks are said, by keyboard', async ({
  browser,
  server,
  sessions,
  api,
}) => {
  const { id, word, night } = await setUpNumber(api);
  await api.send('PATCH', `/v1/phone-numbers/${id}`, {
    temporary_reassignment: {
      agent_id: night,
      direction: 'inbound',
      starts_at: '2027-03-01T15:00:00Z',
      ends_at: '2027-03-02T15:00:00Z',
    },
  });
  const page = await pageIn({ browser, server, sessions }, 'Asia/Dhaka');
  const sheet = await openSheet(page, id);
  await expect(sheet.getByText(`${word} night answers from Mon 1 Mar 2027, 10:00 to`)).toBeVisible();
  await sheet.getByRole('button', { name: 'Change' }).press('Enter');
  const until = sheet.getByRole('textbox', { name: 'Until' });
  await expect(until).toHaveValue('2 Mar 2027, 10:00');

  await until.fill('31 feb 22:00');
  await page.keyboard.press('Control+s');
  await expect(until).toBeFocused();
  await expect(until).toHaveAccessibleDescription(/^Feb 2027 has 28 days\. America\/New_York$/);
  await expect(until).toHaveValue('31 feb 22:00');
  expect((await standInOf(api, id))?.ends_at).toMatch(/^2027-03-02T15/);

  await until.fill('14.3.2027 2:30');
  await until.blur();
  await expect(until).toHaveValue('14 Mar 2027, 03:00');
  await expect(until).toHaveAccessibleDescription(/Clocks are set forward then, past 14\.3\.2027 2:30/);
  await until.fill('7 nov 2027, 1:30 am');
  await until.blur();
  await expect(until).toHaveAccessibleDescription(/show 01:30 twice: this is the first/);
  await sheet.getByRole('button', { name: 'Take the second' }).press('Enter');
  await expect(until).toHaveAccessibleDescription(/this is the second/);

  await until.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const calendar = page.getByRole('dialog', { name: 'Choose the day' });
  await expect(calendar).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(calendar).toHaveCount(0);
  await expect(until).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(calendar.getByRole('button', { name: 'Sunday 7 Nov 2027' })).toBeFocused();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(calendar.getByRole('button', { name: 'Friday 15 Oct 2027' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(calendar).toHaveCount(0);
  await expect(until).toHaveValue('15 Oct 2027, 01:30');
  await expect(sheet.getByRole('button', { name: 'Calendar' }).last()).toBeFocused();
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await standInOf(api, id)).toMatchObject({ ends_at: '2027-10-15T05:30:00.000Z' });
  await page.context().close();
});

test('a number without hours goes by its country’s clock, and its new hours begin with it', async ({
  browser,
  server,
  sessions,
  api,
}) => {
  const word = unique('Dhaka');
  const phone_number = `+88017${String(Date.now()).slice(-8)}`;
  const { _id: id } = await addNumber(api, 'pia', { phone_number, friendly_name: word });
  await api.send('PATCH', `/v1/phone-numbers/${id}`, {
    routing: {
      rules: [{ name: 'Nights', when: { ...anyCall, hours: 'closed' }, destination: { type: 'voicemail' } }],
    },
  });
  const page = await pageIn({ browser, server, sessions }, NEW_YORK);
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await expect(sheet.getByLabel('Moment')).toHaveAccessibleDescription('Asia/Dhaka');

  // What warns leads to its repair.
  await sheet.getByRole('button', { name: 'Choose business hours' }).click();
  await expect(sheet.getByRole('combobox', { name: 'Hours' })).toBeFocused();
  await sheet.getByRole('button', { name: 'Choose an inbound agent' }).press('Enter');
  await expect(sheet.getByRole('tab', { name: 'General' })).toHaveAttribute('aria-selected', 'true');
  await expect(sheet.getByRole('button', { name: /^Inbound agent/ })).toBeFocused();
  await sheet.getByRole('tab', { name: 'Routing' }).click();
  await sheet.getByRole('button', { name: 'New hours' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add business hours' });
  await expect(dialog.getByLabel('Time zone')).toContainText('Asia/Dhaka');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(word);
  await dialog.getByRole('button', { name: /^Add business hours/ }).click();
  await expect(sheet.getByText('used by 0 numbers, and by this one when you save')).toBeVisible();
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByText('used by 1 number', { exact: true })).toBeVisible();
  await page.context().close();
});

test('a caller that cannot be read is refused, and an answer goes with its question', async ({
  signedInAs,
  api,
}) => {
  const { id } = await setUpNumber(api);
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('button', { name: 'Who answers?' }).click();
  const caller = sheet.getByRole('textbox', { name: 'Caller' });
  const reasons = sheet.getByRole('list', { name: 'Reasons' });
  await caller.fill('+14155552671');
  await page.keyboard.press('Enter');
  await expect(reasons).toBeVisible();
  await caller.fill('2025550143');
  await expect(reasons).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(caller).toHaveAccessibleDescription(
    /cannot be read as a phone number.*as in \+12025550143\.$/,
  );
  await expect(reasons).toHaveCount(0);
  await caller.fill('+12025550143');
  const moment = sheet.getByLabel('Moment');
  await moment.fill('someday');
  await page.keyboard.press('Enter');
  await expect(moment).toHaveAccessibleDescription(
    /^“someday” is no moment\. Write it as 28 Nov 2026, 22:00\. America/,
  );
  await moment.fill('');
  await page.keyboard.press('Enter');
  await expect(reasons).toBeVisible();
});

test('after assigning it is said who answers instead, and until when', async ({ signedInAs, api }) => {
  const word = unique('Instead');
  const first = await addAgent(api, `${word} first`);
  await addAgent(api, `${word} second`);
  const { business_hours_id } = await addHours(api, word, { weekly: [] });
  const { phone_number_international: shown } = await addNumber(api, 'sip', {
    friendly_name: word,
    inbound_agent_id: first,
    routing: {
      business_hours_id,
      rules: [{ when: { ...anyCall, hours: 'closed' }, destination: { type: 'voicemail' } }],
    },
  });
  const page = await signedInAs('operator');
  await openList(page, word);
  await assign(page, shown, 'Inbound', `${word} second`);
  await expect(
    page.getByText(`${shown}: Inbound agent is now ${word} second; voicemail answers`, { exact: true }),
  ).toBeVisible();
});

test('the days of an exception are typed or clicked, and refused in words', async ({ signedInAs, api }) => {
  const word = unique('Days');
  const { business_hours_id: id } = await addHours(api, word);
  const page = await signedInAs('operator');
  const dialog = await openEdit(page, word);
  await dialog.getByRole('button', { name: 'Add exception' }).click();
  await page.keyboard.type('Inventory');
  const [first, last] = [dialog.getByLabel('First day'), dialog.getByLabel('Last day')];
  await first.fill('2 jan 2091');
  await expect(last).toHaveValue('2 Jan 2091');
  await last.fill('next year');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(last).toBeFocused();
  await expect(last).toHaveAccessibleDescription('“next year” is no date. Write it as 28 Nov 2026.');
  await last.fill('3 jan 2091');
  await dialog.getByRole('button', { name: 'Calendar' }).last().click();
  const calendar = page.getByRole('dialog', { name: 'Choose the day' });
  await calendar.getByRole('button', { name: 'Next month' }).click();
  await calendar.getByRole('button', { name: 'Sunday 4 Feb 2091' }).click();
  await expect(last).toHaveValue('4 Feb 2091');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await api.get(`/v1/business-hours/${id}`)).toMatchObject({
    exceptions: [{ start_date: '2091-01-02', end_date: '2091-02-04' }],
  });
});

test('callers that are written down are said to be blocked when it is saved', async ({ signedInAs, api }) => {
  const { id } = await setUpNumber(api);
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Call handling' }).click();
  await sheet
    .getByRole('textbox', { name: 'Numbers to block' })
    .fill('+12025550101\n+12025550102, spam\n+4470*');
  await sheet.getByRole('button', { name: 'Block 3 callers' }).click();
  await expect(sheet.getByText('3 callers will be blocked when you save.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Unblock +12025550101' }).click();
  await expect(sheet.getByText('2 callers will be blocked when you save.')).toBeVisible();
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByText(/when you save/)).toHaveCount(0);
});

test('hours in a zone that the browser does not know are said to be so, and the server is asked', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Unknown');
  const { business_hours_id } = await addHours(api, word);
  const agent = await addAgent(api, `${word} agent`);
  const { _id: id } = await addNumber(api, 'pia', {
    friendly_name: word,
    inbound_agent_id: agent,
    routing: { business_hours_id, rules: [] },
  });
  const page = await signedInAs('operator');
  // As if the server's list of zones were newer than the browser's.
  await page.route('**/v1/business-hours', async (route) => {
    const answer = await route.fetch();
    const told = (await answer.json()) as { business_hours: { name: string; time_zone: string }[] };
    for (const each of told.business_hours) if (each.name === word) each.time_zone = 'Europe/Atlantis';
    await route.fulfill({ response: answer, json: told });
  });
  await page.goto(`/numbers/${id}?tab=routing`);
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText(/does not know the time zone Europe\/Atlantis/)).toBeVisible();
  await expect(sheet.getByRole('list', { name: 'Open in an ordinary week' })).toBeVisible();
  await sheet.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(sheet.getByRole('list', { name: 'Reasons' })).toContainText(`${word} agent`);
  await sheet.getByRole('button', { name: 'Add rule' }).click();
  await expect(sheet.getByRole('button', { name: /Rule 1\./ })).toBeVisible();
  for (const tab of ['General', 'Call handling', 'Routing']) {
    await sheet.getByRole('tab', { name: tab }).click();
    await expect(sheet.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  }
});
