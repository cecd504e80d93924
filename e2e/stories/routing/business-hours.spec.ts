import type { Page } from '@playwright/test';
import type { BusinessHours } from '#contract/business-hours.ts';
import { expect, expectAccessible, openPage as openAs, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { openSheet, unique } from '../../numbers.ts';

const nine = { start: '09:00', end: '17:00' };
const weekdays = { days: [1, 2, 3, 4, 5], ...nine };
const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const addHours = (api: Caller, name: string, more: object = {}) =>
  api.send<BusinessHours>('POST', '/v1/business-hours', {
    name,
    time_zone: 'Asia/Dhaka',
    weekly: [weekdays],
    exceptions: [],
    ...more,
  });

const hoursCalled = async (api: Caller, name: string) => {
  const { business_hours } = await api.get<{ business_hours: BusinessHours[] }>('/v1/business-hours');
  return business_hours.find((hours) => hours.name === name);
};

const openPage = async (page: Page) => {
  await page.goto('/business-hours');
  await expect(page.getByRole('heading', { name: 'Business hours', level: 1 })).toBeVisible();
};

const openAdd = async (page: Page, name: string) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Add business hours' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add business hours' });
  await dialog.getByLabel('Name').fill(name);
  return dialog;
};

const openEdit = async (page: Page, name: string) => {
  await openPage(page);
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit business hours' });
  await expect(dialog.getByRole('group', { name: 'Monday', exact: true })).toBeVisible();
  return dialog;
};

const row = (page: Page, day: string) => page.getByRole('group', { name: day, exact: true });
const interval = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/**
 * Where a time of a day lies on the screen. The track lies between the day's name and what can be done with
 * the day.
 */
const pointAt = async (page: Page, day: string, hour: number) => {
  await row(page, day).scrollIntoViewIfNeeded();
  const [whole, add] = await Promise.all([
    row(page, day).boundingBox(),
    page.getByRole('button', { name: `Add an interval on ${day}` }).boundingBox(),
  ]);
  if (!whole || !add) throw new Error(`There is no ${day} on the screen.`);
  const [left, right] = [whole.x + 44, add.x - 8];
  return { x: left + (hour / 24) * (right - left), y: add.y + add.height / 2 };
};

const drag = async (page: Page, from: { x: number; y: number }, to: { x: number; y: number }) => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
};

test('an operator paints a week by mouse: paints, resizes, moves, goes past midnight, and stops at a neighbour', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Painted');
  const page = await signedInAs('operator');
  const dialog = await openAdd(page, name);
  await dialog.getByRole('button', { name: 'Clear' }).click();
  await drag(page, await pointAt(page, 'Monday', 9), await pointAt(page, 'Monday', 12));
  await expect(interval(page, 'Monday 09:00 to 12:00')).toBeFocused();
  await drag(page, await pointAt(page, 'Monday', 16), await pointAt(page, 'Monday', 14));
  await expect(interval(page, 'Monday 14:00 to 16:00')).toBeVisible();

  // By its edge, into its neighbour: it stops there.
  const edge = await pointAt(page, 'Monday', 12);
  await drag(page, { ...edge, x: edge.x - 2 }, await pointAt(page, 'Monday', 18));
  await expect(interval(page, 'Monday 09:00 to 14:00')).toBeVisible();

  // As a whole.
  await drag(page, await pointAt(page, 'Monday', 11), await pointAt(page, 'Monday', 8));
  await expect(interval(page, 'Monday 06:00 to 11:00')).toBeVisible();

  // From Saturday's evening into Sunday's row is past midnight.
  await drag(page, await pointAt(page, 'Saturday', 22), await pointAt(page, 'Sunday', 2));
  await expect(interval(page, 'Saturday 22:00 to 02:00 on Sunday')).toBeVisible();
  const tail = await pointAt(page, 'Sunday', 2);
  await drag(page, { ...tail, x: tail.x - 2 }, await pointAt(page, 'Sunday', 3));
  await expect(interval(page, 'Saturday 22:00 to 03:00 on Sunday')).toBeVisible();

  // What was given up, or taken back, is as it was.
  await page.mouse.move((await pointAt(page, 'Monday', 8)).x, (await pointAt(page, 'Monday', 8)).y);
  await page.mouse.down();
  await page.mouse.move((await pointAt(page, 'Monday', 3)).x, (await pointAt(page, 'Monday', 8)).y, {
    steps: 3,
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(interval(page, 'Monday 06:00 to 11:00')).toBeVisible();
  await dialog.getByRole('button', { name: '24/7' }).click();
  await expect(interval(page, 'Sunday 00:00 to 24:00')).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo' }).click();

  await dialog.getByRole('button', { name: 'Add business hours' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText(/Open|Closed/);
  expect((await hoursCalled(api, name))?.weekly).toEqual([
    { days: [1], start: '06:00', end: '11:00' },
    { days: [1], start: '14:00', end: '16:00' },
    { days: [6], start: '22:00', end: '03:00' },
  ]);
});

test('text on the page is not selected by painting, and not carried away in place of an interval', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Selected');
  await addHours(api, name, { weekly: [{ days: [1], ...nine }] });
  const page = await signedInAs('operator');
  await openEdit(page, name);
  await drag(page, await pointAt(page, 'Saturday', 22), await pointAt(page, 'Sunday', 2));
  await expect(interval(page, 'Saturday 22:00 to 02:00 on Sunday')).toBeFocused();
  const selected = () => page.evaluate(() => String(getSelection()));
  expect(await selected()).toBe('');

  await page.keyboard.press('Control+a');
  expect(await selected()).toContain('Sat');
  await drag(page, await pointAt(page, 'Monday', 12), await pointAt(page, 'Monday', 14));
  await expect(interval(page, 'Monday 11:00 to 19:00')).toBeVisible();
});

test('a finger paints across, and scrolls up and down', async ({ browser, server, sessions, api }) => {
  const name = unique('Touched');
  await addHours(api, name, { weekly: [] });
  const page = await openAs(browser, server.url, sessions.operator, {
    hasTouch: true,
    viewport: { width: 390, height: 844 },
  });
  await openEdit(page, name);
  const fingers = await page.context().newCDPSession(page);
  const touch = async (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...touchPoints: { x: number; y: number }[]
  ) => fingers.send('Input.dispatchTouchEvent', { type, touchPoints });
  const swipe = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    await touch('touchStart', from);
    for (let part = 1; part <= 8; part += 1) {
      await touch('touchMove', {
        x: from.x + ((to.x - from.x) * part) / 8,
        y: from.y + ((to.y - from.y) * part) / 8,
      });
    }
    await touch('touchEnd');
  };
  await swipe(await pointAt(page, 'Wednesday', 6), await pointAt(page, 'Wednesday', 12));
  await expect(interval(page, 'Wednesday 06:00 to 12:00')).toBeVisible();
  const empty = await pointAt(page, 'Wednesday', 18);
  await swipe(empty, { x: empty.x + 2, y: empty.y - 100 });
  const middle = await pointAt(page, 'Wednesday', 9);
  await page.touchscreen.tap(middle.x, middle.y);
  await expect(page.getByRole('dialog', { name: 'Times on Wednesday' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /day \d\d:\d\d to / })).toHaveCount(1);
  await page.context().close();
});

test('a week is made by the keyboard alone', async ({ signedInAs, api }) => {
  const name = unique('Typed');
  // So that the button is there before and after: an empty page has another.
  await addHours(api, unique('Before'));
  const page = await signedInAs('operator');
  await openPage(page);
  await page.getByRole('button', { name: 'Add business hours' }).first().focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add business hours' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.type(name);
  await dialog.getByRole('button', { name: 'Clear' }).press('Enter');
  await dialog.getByRole('button', { name: 'Add an interval on Tuesday' }).press('Enter');
  await expect(interval(page, 'Tuesday 09:00 to 17:00')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(interval(page, 'Tuesday 09:15 to 17:15')).toBeFocused();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(interval(page, 'Tuesday 09:00 to 17:00')).toBeFocused();
  await page.keyboard.press('Enter');
  const times = page.getByRole('dialog', { name: 'Times on Tuesday' });
  await expect(times.getByLabel('Start')).toBeFocused();
  await page.keyboard.type('2207');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  await expect(times).toContainText('until 02:00 the next day, Wednesday');
  await page.keyboard.press('Enter');
  await expect(interval(page, 'Tuesday 22:07 to 02:00 on Wednesday')).toBeFocused();

  await dialog.getByRole('button', { name: 'Add an interval on Wednesday' }).press('Enter');
  await page.keyboard.press('ArrowUp');
  await expect(interval(page, 'Tuesday 22:07 to 02:00 on Wednesday')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await expect(dialog.getByRole('button', { name: 'Add an interval on Wednesday' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Copy Tuesday to other days' }).press('Enter');
  const copy = page.getByRole('dialog', { name: 'Copy Tuesday to' });
  await copy.getByRole('checkbox', { name: 'Sunday' }).press('Space');
  await copy.getByRole('button', { name: 'Copy', exact: true }).press('Enter');
  await expect(interval(page, 'Sunday 22:07 to 02:00 on Monday')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add business hours' })).toBeFocused();
  expect((await hoursCalled(api, name))?.weekly).toEqual([{ days: [2, 7], start: '22:07', end: '02:00' }]);
});

test('a day is copied to the weekdays, and the time zone is found by its city', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Copied');
  const page = await signedInAs('operator');
  const dialog = await openAdd(page, name);
  await dialog.getByLabel('Time zone').click();
  await page
    .getByRole('combobox', { name: 'Time zones' })
    .or(page.getByPlaceholder('City or region, as in Dhaka'))
    .first()
    .fill('kolkata');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Time zone')).toContainText('Asia/Kolkata');
  await interval(page, 'Monday 09:00 to 17:00').click();
  const times = page.getByRole('dialog', { name: 'Times on Monday' });
  await times.getByLabel('End').fill('9');
  await times.getByRole('button', { name: 'Set times' }).click();
  await expect(times.getByRole('alert')).toContainText('The end is the start');
  await times.getByLabel('End').fill('24:00');
  await times.getByRole('button', { name: 'Set times' }).click();
  await dialog.getByRole('button', { name: 'Copy Monday to other days' }).click();
  const copy = page.getByRole('dialog', { name: 'Copy Monday to' });
  await copy.getByRole('button', { name: 'Weekdays' }).click();
  await copy.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('button', { name: 'Add business hours' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await hoursCalled(api, name)).toMatchObject({
    time_zone: 'Asia/Kolkata',
    weekly: [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '24:00' }],
  });
});

test('a time zone is found by its former names, its cities, its abbreviation and its distance from UTC', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Zone');
  const page = await signedInAs('operator');
  const dialog = await openAdd(page, name);
  await dialog.getByLabel('Time zone').click();
  const typed = page.getByPlaceholder('City or region, as in Dhaka');
  const options = page.getByRole('option');
  for (const [sought, zone] of [
    ['calcutta', 'Asia/Kolkata'],
    ['kyiv', 'Europe/Kyiv'],
    ['saigon', 'Asia/Ho Chi Minh'],
    ['us/eastern', 'America/New York'],
    ['Tampa', 'America/New York · Tampa'],
  ] as const) {
    await typed.fill(sought);
    await expect(options.first()).toContainText(zone);
  }
  await typed.fill('IST');
  await expect(options.filter({ hasText: 'Asia/Kolkata · IST' })).toBeVisible();
  await expect(options.filter({ hasText: 'Boa Vista' })).toHaveCount(0);
  await typed.fill('UTC+6');
  await expect(options.filter({ hasText: 'Asia/Dhaka' })).toBeVisible();
  await expect(options.filter({ hasText: 'Asia/Tokyo' })).toHaveCount(0);
  await typed.fill('kiev');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Time zone')).toContainText('Europe/Kyiv');
  await dialog.getByRole('button', { name: 'Add business hours' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await hoursCalled(api, name)).toMatchObject({ time_zone: 'Europe/Kyiv' });
});

test('exceptions are added with hours of their own, sorted by when they come, and those in the past set apart', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Holidays');
  await addHours(api, name, {
    exceptions: [
      {
        name: 'Long ago',
        start_date: '2020-01-02',
        end_date: '2020-01-03',
        every_year: false,
        intervals: [],
      },
      { name: 'Far off', start_date: '2090-05-01', end_date: '2090-05-01', every_year: false, intervals: [] },
    ],
  });
  const page = await signedInAs('operator');
  const dialog = await openEdit(page, name);
  await dialog.getByRole('button', { name: 'Add exception' }).click();
  await expect(dialog.getByLabel('Name').last()).toBeFocused();
  await page.keyboard.type('Stocktaking');
  await dialog.getByLabel('First day').fill('2089-12-30');
  await expect(dialog.getByLabel('Last day')).toHaveValue('2089-12-30');
  await dialog.getByLabel('Last day').fill('2090-01-02');
  await dialog.getByRole('radio', { name: 'Own hours' }).check({ force: true });
  await dialog.getByLabel('Interval 1, start').fill('10');
  await dialog.getByLabel('Interval 1, end').fill('12:30');
  await dialog.getByRole('button', { name: 'Add interval' }).click();
  await dialog.getByLabel('Interval 2, start').fill('12:00');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('overlaps');
  await expect(dialog.getByLabel('Interval 2, start')).toBeFocused();
  await dialog.getByLabel('Interval 2, start').fill('13:00');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog.getByRole('listitem').first()).toContainText('30 Dec 2089 – 2 Jan 2090');
  await expect(dialog.getByRole('listitem').first()).toContainText('Open 10:00–12:30, 13:00–17:00');
  await dialog.getByText('1 exception in the past').click();
  await dialog.getByRole('button', { name: 'Remove all in the past' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await hoursCalled(api, name))?.exceptions).toEqual([
    { name: 'Far off', start_date: '2090-05-01', end_date: '2090-05-01', every_year: false, intervals: [] },
    {
      name: 'Stocktaking',
      start_date: '2089-12-30',
      end_date: '2090-01-02',
      every_year: false,
      intervals: [
        { start: '10:00', end: '12:30' },
        { start: '13:00', end: '17:00' },
      ],
    },
  ]);
});

test('what the server refuses is shown at its place, and nothing that was drawn is lost', async ({
  signedInAs,
  api,
}) => {
  const [taken, name] = [unique('Taken'), unique('Refused')];
  await addHours(api, taken);
  const page = await signedInAs('operator');
  const dialog = await openAdd(page, taken.toUpperCase());
  await dialog.getByRole('button', { name: 'Add business hours' }).click();
  await expect(dialog.getByRole('alert')).toContainText('no other hours have');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill(name);

  // A server that knows better than this console: its word lands at the interval it points at.
  await page.route('**/v1/business-hours', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 422,
          contentType: 'application/problem+json',
          json: {
            type: 'about:blank',
            title: 'Some fields are not valid',
            status: 422,
            detail: 'x',
            code: 'validation_failed',
            request_id: 'r',
            errors: [{ pointer: '/weekly/0/end', code: 'too_late', message: 'Nobody works so long.' }],
          },
        })
      : route.continue(),
  );
  await dialog.getByRole('button', { name: 'Add business hours' }).click();
  await expect(row(page, 'Wednesday').getByRole('alert')).toContainText('Nobody works so long.');
  await expect(interval(page, 'Monday 09:00 to 17:00')).toBeFocused();
  await page.unroute('**/v1/business-hours');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Add business hours' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await hoursCalled(api, name))?.weekly).toEqual([
    { days: [1], start: '09:00', end: '16:45' },
    { days: [2, 3, 4, 5], ...nine },
  ]);
});

for (const [choice, expected] of [
  ['Keep mine and save', { name: 'mine', time_zone: 'Asia/Kolkata', weekly: [weekdays] }],
  ['Take theirs', { name: 'theirs', time_zone: 'Asia/Kolkata', weekly: [weekdays] }],
] as const)
  test(`two saves that meet overwrite nothing before the operator has chosen: ${choice}`, async ({
    signedInAs,
    api,
  }) => {
    const name = unique('Stale');
    const { business_hours_id: id } = await addHours(api, name);
    const page = await signedInAs('operator');
    await page.route('**/v1/changes', (route) => route.abort());
    const dialog = await openEdit(page, name);
    await dialog.getByLabel('Name').fill(`${name} mine`);
    await api.send('PATCH', `/v1/business-hours/${id}`, {
      name: `${name} theirs`,
      time_zone: 'Asia/Kolkata',
    });
    await page.keyboard.press('Control+s');
    const panel = dialog.getByRole('alert', { name: 'Someone else saved while you were editing' });
    await expect(panel).toContainText('They changed the name and the time zone. You changed the name.');
    await panel.getByRole('button', { name: choice }).click();
    if (choice === 'Take theirs') {
      await expect(dialog.getByLabel('Name')).toHaveValue(`${name} theirs`);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await api.get(`/v1/business-hours/${id}`)).toMatchObject({
      ...expected,
      name: `${name} ${expected.name}`,
    });
  });

test('hours in use say how many numbers move and cannot be deleted; others can be duplicated and deleted', async ({
  signedInAs,
  api,
}) => {
  const name = unique('Used');
  const { business_hours_id: id } = await addHours(api, name);
  for (let at = 0; at < 2; at += 1)
    await addNumber(api, 'pia', { routing: { business_hours_id: id, rules: [], fallback: null } });
  const page = await signedInAs('operator');
  const dialog = await openEdit(page, name);
  await expect(dialog).toContainText('Used by 2 numbers: all of them move with this.');
  await dialog.getByRole('button', { name: 'Clear' }).click();
  await expect(dialog.getByText('Moves 2 numbers')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stay' }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard changes' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const refused = page.getByRole('alertdialog', { name: `${name} cannot be deleted` });
  await expect(refused).toContainText('2 numbers go by it');
  await refused.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  const copy = page.getByRole('dialog', { name: 'Add business hours' });
  await expect(copy.getByLabel('Name')).toHaveValue(`${name} copy`);
  await copy.getByRole('button', { name: 'Add business hours' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`${name} copy`) })).toBeVisible();
  await page.getByRole('button', { name: `Actions for ${name} copy` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`${name} copy`) })).toHaveCount(0);
});

test('the editor lies over a number’s sheet and leaves what is unsaved there alone', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'pia', { friendly_name: unique('Beneath') });
  const page = await signedInAs('operator');
  const sheet = await openSheet(page, id);
  await sheet.getByRole('textbox', { name: 'Notes' }).fill('not saved yet');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox').fill('add business');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add business hours' });
  await dialog.getByLabel('Name').fill('x');
  await page.keyboard.press('Escape');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('these business hours');
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(sheet.getByRole('textbox', { name: 'Notes' })).toHaveValue('not saved yet');
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Your changes to this number are not saved.');
});

test('what others change appears, and the log tells it in words', async ({ signedInAs, api }) => {
  const name = unique('Live');
  const { business_hours_id: id } = await addHours(api, name, { weekly: [] });
  const page = await signedInAs('admin');
  await openPage(page);
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Closed');
  await api.send('PATCH', `/v1/business-hours/${id}`, {
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }],
  });
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Open');
  await page.goto(`/activity?subject_id=${id}`);
  await expect(page.getByText('never open').first()).toBeVisible();
  await expect(page.getByText('Every day 00:00–24:00')).toBeVisible();
});

test('a viewer reads everything and changes nothing', async ({ signedInAs, api }) => {
  const name = unique('Seen');
  const eid = {
    name: 'Eid',
    start_date: '2090-03-09',
    end_date: '2090-03-12',
    every_year: false,
    intervals: [],
  };
  await addHours(api, name, { exceptions: [eid] });
  const page = await signedInAs('viewer');
  await openPage(page);
  await expect(page.getByRole('button', { name: /^(Add business hours|Actions for)/ })).toHaveCount(0);
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog', { name });
  const week = dialog.getByRole('list', { name: 'Open in an ordinary week' });
  await expect(week.getByRole('listitem').first()).toContainText('Monday 09:00–17:00');
  await expect(week.getByRole('listitem').last()).toContainText('Sunday closed');
  await expect(dialog).toContainText('9–12 Mar 2090');
  await expect(dialog.getByRole('button')).toHaveText(['']);
  await expect(dialog.getByRole('textbox')).toHaveCount(0);
});

for (const width of [1440, 390])
  test(`the page and its dialog are accessible at ${width} px`, async ({ signedInAs, api }) => {
    const name = unique('Reachable');
    await addHours(api, name, {
      weekly: [weekdays, { days: [6, 7], start: '22:00', end: '02:00' }],
      exceptions: [
        {
          name: 'Eid',
          start_date: '2090-03-09',
          end_date: '2090-03-12',
          every_year: true,
          intervals: [nine],
        },
      ],
    });
    const page = await signedInAs('operator');
    await page.setViewportSize({ width, height: 900 });
    const dialog = await openEdit(page, name);
    await dialog.getByRole('button', { name: 'Edit Eid' }).click();
    await expectAccessible(page);
    await interval(page, 'Saturday 22:00 to 02:00 on Sunday').press('Enter');
    await expect(page.getByRole('dialog', { name: 'Times on Saturday' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    for (const day of dayNames) await expect(row(page, day)).toBeVisible();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
  });
