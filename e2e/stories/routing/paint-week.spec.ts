import { expect, openPage as openAs, test } from '../../fixtures.ts';
import { unique } from '../../numbers.ts';
import {
  nine,
  addHours,
  hoursCalled,
  openPage,
  openAdd,
  openEdit,
  interval,
  pointAt,
  drag,
} from '../../business-hours.ts';

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
