import type { Page } from '@playwright/test';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { openSheet, saved, unique } from '../../numbers.ts';

const openHandling = async (page: Page, id: string) => {
  const sheet = await openSheet(page, id);
  await sheet.getByRole('tab', { name: 'Call handling' }).click();
  await expect(
    sheet.getByRole('textbox', { name: 'Maximum duration' }).or(sheet.getByText('Maximum duration')).first(),
  ).toBeVisible();
  return sheet;
};

const handlingOf = async (api: Caller, id: string) =>
  (await api.get<PhoneNumber>(`/v1/phone-numbers/${id}`)).call_handling;

test('each preference is set, said with its default, sent alone, and cleared again', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: unique('Handling') });
  const page = await signedInAs('operator');
  const sheet = await openHandling(page, id);
  const duration = sheet.getByRole('textbox', { name: 'Maximum duration' });
  await expect(duration).toHaveAccessibleDescription(/Default: 1\sh/);
  await expect(sheet.getByRole('heading', { name: 'Limits Passed on' })).toBeVisible();
  await expect(sheet.getByRole('heading', { name: 'Inbound calls Enforced' })).toBeVisible();
  await duration.fill('5400');
  await expect(sheet.getByText('seconds = 1 h 30 min')).toBeVisible();
  await sheet.getByRole('combobox', { name: 'Recording', exact: true }).selectOption('All calls');
  await sheet.getByRole('combobox', { name: 'Voicemail detection' }).selectOption('On');
  await sheet.getByRole('combobox', { name: 'When a machine answers' }).selectOption('Leave a message');
  await sheet.getByRole('textbox', { name: 'Caller ID name' }).fill('Front desk');
  await sheet.getByRole('button', { name: 'Add to the countries that may call' }).click();
  await page.getByRole('combobox').last().fill('bangla');
  await page.getByRole('option', { name: 'Bangladesh' }).click();
  await page.keyboard.press('Escape');
  await sheet.getByRole('button', { name: 'Set a window' }).click();
  await expect(sheet.getByText('6 changes')).toBeVisible();
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await handlingOf(api, id)).toMatchObject({
    max_duration_seconds: 5400,
    ring_timeout_seconds: null,
    recording: 'both',
    voicemail_detection: { enabled: true, action: 'leave_message' },
    caller_id_name: 'Front desk',
    inbound_countries: ['BD'],
    outbound_window: {
      time_zone: 'Europe/London',
      weekly: [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '18:00' }],
    },
  });

  const sent: unknown[] = [];
  page.on('request', (request) => request.method() === 'PATCH' && sent.push(request.postDataJSON()));
  await duration.fill('');
  await sheet.getByRole('button', { name: 'Allow any time' }).click();
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(sent).toEqual([{ call_handling: { max_duration_seconds: null, outbound_window: null } }]);
});

test('what is wrong is said at its place, also in a caller far down the list', async ({
  signedInAs,
  api,
}) => {
  const { _id: id } = await addNumber(api, 'sip', { friendly_name: unique('Wrong') });
  const page = await signedInAs('operator');
  const sheet = await openHandling(page, id);
  const duration = sheet.getByRole('textbox', { name: 'Maximum duration' });
  await duration.fill('5');
  await duration.blur();
  await expect(duration).toHaveAccessibleDescription('Write at least 10 seconds.');
  await duration.fill('60');

  const lines = Array.from({ length: 60 }, (_, at) =>
    at === 50 ? 'not a number' : `+1202555${String(1000 + at)}`,
  );
  await sheet.getByRole('textbox', { name: 'Numbers to block' }).fill(lines.join('\n'));
  await sheet.getByRole('button', { name: 'Block 60 callers' }).click();
  await expect(sheet.getByText('60 of 500')).toBeVisible();
  await sheet.getByRole('tab', { name: 'General' }).click();
  await page.keyboard.press('Control+s');
  const wrong = sheet.getByRole('textbox', { name: 'Number', exact: true });
  await expect(wrong).toBeFocused();
  await expect(wrong).toHaveAccessibleDescription('“not” is no part of a phone number. Leave it out.');
  await wrong.fill('+12025559999');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect((await handlingOf(api, id))?.blocked_callers).toHaveLength(60);
});

test('blocked callers are found, given a reason and an end, and unblocked', async ({ signedInAs, api }) => {
  const blocked = Array.from({ length: 500 }, (_, at) => ({ number: `+12025${String(100_000 + at)}` }));
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: unique('Blocked'),
    call_handling: { blocked_callers: blocked },
  });
  const page = await signedInAs('operator');
  const sheet = await openHandling(page, id);
  const list = sheet.getByRole('list', { name: 'Blocked callers' });
  await expect(list.getByRole('listitem')).toHaveCount(20);
  await sheet.getByRole('searchbox', { name: 'Find a blocked caller' }).fill('100321');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await sheet.getByRole('button', { name: 'Edit +12025100321' }).click();
  await sheet.getByRole('textbox', { name: 'Reason' }).fill('nuisance');
  await sheet.getByLabel('Until, or for good').fill('1 jan 2027 0:00');
  await sheet.getByRole('searchbox', { name: 'Find a blocked caller' }).fill('100322');
  await sheet.getByRole('button', { name: 'Unblock +12025100322' }).click();
  await page.keyboard.press('Control+s');
  await saved(page);
  const stored = (await handlingOf(api, id))?.blocked_callers ?? [];
  expect(stored).toHaveLength(499);
  expect(stored[321]).toEqual({
    number: '+12025100321',
    reason: 'nuisance',
    expires_at: '2027-01-01T00:00:00.000Z',
  });
});

test('a caller is blocked as the number that calls, however it is typed', async ({ signedInAs, api }) => {
  const { _id: id, phone_number: to } = await addNumber(api, 'sip', { friendly_name: unique('Typed block') });
  const page = await signedInAs('operator');
  const sheet = await openHandling(page, id);
  await sheet
    .getByRole('textbox', { name: 'Numbers to block' })
    .pressSequentially('+44 (0)20 7946 0958, nuisance');
  await sheet.getByRole('button', { name: 'Block' }).click();
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(sheet.getByRole('list', { name: 'Blocked callers' })).toContainText('+442079460958');
  expect((await handlingOf(api, id))?.blocked_callers).toEqual([
    { number: '+442079460958', reason: 'nuisance', expires_at: null },
  ]);
  const decidedBy = async () =>
    (await api.send<{ decided_by: string }>('POST', '/v1/route', { to, from: '+442079460958' })).decided_by;
  await expect.poll(decidedBy).toBe('blocked_caller');
});

test('a viewer reads every preference and can change none', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: unique('Read'),
    call_handling: {
      max_duration_seconds: 5400,
      blocked_callers: [{ number: '+12025551000', reason: 'nuisance' }],
      inbound_countries: ['BD'],
    },
  });
  const page = await signedInAs('viewer');
  const sheet = await openHandling(page, id);
  await expect(sheet.getByText('1 h 30 min')).toBeVisible();
  await expect(sheet.getByText('Bangladesh')).toBeVisible();
  await expect(sheet.getByText('+12025551000')).toBeVisible();
  await expect(sheet.getByRole('textbox')).toHaveCount(0);
  await expect(sheet.getByRole('combobox')).toHaveCount(0);
  await expect(sheet.getByRole('tabpanel').getByRole('button')).toHaveCount(0);
});

test('the call handling editor is accessible, full and narrow', async ({ signedInAs, api }) => {
  const { _id: id } = await addNumber(api, 'sip', {
    friendly_name: unique('Reachable'),
    call_handling: {
      inbound_countries: ['BD', 'IN'],
      blocked_callers: [{ prefix: '+4470', reason: 'a source of nuisance' }],
      voicemail_detection: { enabled: true, action: 'hangup' },
      outbound_window: {
        time_zone: 'Asia/Dhaka',
        weekly: [{ days: [1, 2, 3], start: '09:00', end: '18:00' }],
      },
    },
  });
  const page = await signedInAs('operator');
  const sheet = await openHandling(page, id);
  await sheet.getByRole('button', { name: 'Edit +4470' }).click();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  // The window takes its new size when the browser comes to it.
  await expect
    .poll(() =>
      page.evaluate(() => document.querySelector('[role=tabpanel][data-state=active]')?.scrollWidth),
    )
    .toBeLessThanOrEqual(390);
});
