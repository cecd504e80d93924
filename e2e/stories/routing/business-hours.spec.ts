import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { openSheet, unique } from '../../numbers.ts';
import {
  nine,
  weekdays,
  dayNames,
  addHours,
  hoursCalled,
  openPage,
  openAdd,
  openEdit,
  row,
  interval,
} from '../../business-hours.ts';

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
  await expect(dialog.getByLabel('Last day')).toHaveValue('30 Dec 2089');
  await dialog.getByLabel('Last day').fill('2 jan 2090');
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
    await page.route('**/v1/changes*', (route) => route.abort());
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

test('the page and its dialog are accessible', async ({ signedInAs, api }) => {
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
