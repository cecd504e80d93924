import type { Locator, Page } from '@playwright/test';
import type { AuditEventList } from '#contract/audit-events.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, unique } from '../../numbers.ts';
import { toast } from '../../selection.ts';

const read = (api: Caller, id: string) => api.get<PhoneNumber>(`/v1/phone-numbers/${id}`);
const updatesOf = async (api: Caller, id: string) =>
  (await api.get<AuditEventList>(`/v1/phone-numbers/${id}/history`)).audit_events.filter(
    ({ action }) => action === 'phone_number.updated',
  );

/** A number with rules, and others to copy them to; all with one word in their labels. */
const makeNumbers = async (api: Caller, others: number, more: object = {}) => {
  const word = unique('Copied');
  const agent = await addAgent(api, `${word} night`);
  const source = await addNumber(api, 'pia', {
    friendly_name: `${word} source`,
    routing: {
      rules: [
        { name: 'Withheld', when: { anonymous: true }, destination: { type: 'agent', agent_id: agent } },
      ],
      fallback: { type: 'voicemail' },
    },
    call_handling: { max_duration_seconds: 1800 },
    ...more,
  });
  const targets: PhoneNumber[] = [];
  // One after the other, so that they stand in the list as they are named.
  for (let at = 0; at < others; at++)
    targets.push(await addNumber(api, 'pia', { friendly_name: `${word} ${at}` }));
  return { word, agent, source, targets };
};

const openDialog = async (page: Page, id: string) => {
  await page.goto(`/numbers/${id}`);
  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: 'Copy routing to…' }).click();
  return page.getByRole('dialog', { name: /^Copy routing of/ });
};

test('routing and call handling are copied to chosen numbers by one job, one act of the log each', async ({
  signedInAs,
  api,
}) => {
  const { word, agent, source, targets } = await makeNumbers(api, 3);
  const [first, second, same] = targets as [PhoneNumber, PhoneNumber, PhoneNumber];
  await api.send('PATCH', `/v1/phone-numbers/${same._id}`, {
    routing: source.routing,
    call_handling: source.call_handling,
  });
  const page = await signedInAs('operator');
  const dialog = await openDialog(page, source._id);
  await dialog.getByRole('searchbox', { name: 'Find numbers' }).fill(`${word} 0`);
  await dialog.getByRole('checkbox', { name: `${word} 0` }).click();
  // What was chosen stays chosen while one searches on.
  await dialog.getByRole('searchbox').fill(word);
  await expect(dialog.getByRole('checkbox', { name: `${word} 0` })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: `${word} source` })).toHaveCount(0);
  await dialog.getByRole('checkbox', { name: /^All 3 shown/ }).click();
  // How calls are handled is another matter, and copied where it is asked for.
  await dialog.getByRole('checkbox', { name: /^Call handling/ }).click();
  await dialog.getByRole('button', { name: 'Review 3 numbers' }).click();

  const changes = dialog.getByRole('list', { name: 'What changes' });
  const row = (label: string) => changes.getByRole('listitem').filter({ hasText: label });
  await expect(row(`${word} 0`)).toContainText(`added: When the caller withholds the number → ${word} night`);
  await expect(row(`${word} 0`)).toContainText(/Maximum duration\s*default \(1 h\).*30 min/);
  await expect(row(`${word} 1`)).toContainText('Changes as above.');
  await expect(row(`${word} 2`)).toContainText('The same already: skipped.');
  await dialog.getByRole('button', { name: `Leave out ${same.phone_number_international}` }).click();
  await expect(row(`${word} 2`)).toHaveCount(0);
  await expect(
    dialog.getByRole('button', { name: `Leave out ${second.phone_number_international}` }),
  ).toBeFocused();
  await dialog.getByRole('button', { name: 'Copy to 2 numbers' }).click();
  await expect(dialog.getByText('Copied to 2 numbers', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'More for this number' })).toBeFocused();

  const jobs = new Set<string | null>();
  for (const { _id: id } of [first, second]) {
    const copy = await read(api, id);
    expect(copy.routing?.rules[0]?.destination).toEqual({ type: 'agent', agent_id: agent });
    expect(copy.call_handling?.max_duration_seconds).toBe(1800);
    const updates = await updatesOf(api, id);
    expect(updates).toHaveLength(1);
    jobs.add(updates[0]?.bulk_job_id ?? null);
  }
  const [job] = jobs;
  expect(jobs.size).toBe(1);
  expect((await read(api, same._id)).version).toBe(same.version + 1);
  await page.goto(`/numbers/${first._id}`);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('dialog')).toContainText(
    `added: When the caller withholds the number → ${word} night`,
  );
  const other = await signedInAs('admin');
  await other.goto('/activity?action=phone_number.updated');
  const line = other.getByRole('listitem').filter({ has: other.locator(`[href="/jobs/${job}"]`) });
  await expect(line).toContainText('Omar Operator updated 2 numbers of one job');
});

test('it is done by keyboard alone', async ({ signedInAs, api }) => {
  const { word, source, targets } = await makeNumbers(api, 2);
  const page = await signedInAs('operator');
  await page.goto(`/numbers/${source._id}`);
  await page.getByRole('button', { name: 'More for this number' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Copy routing to…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Copy routing of/ });
  await expect(dialog.getByRole('checkbox', { name: /^Routing/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('checkbox', { name: /^Call handling/ })).not.toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.type(word);
  await expect(dialog.getByText('2 numbers shown')).toBeAttached();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(dialog.getByText('2 chosen')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect(dialog.getByText('1 chosen')).toBeVisible();
  // Past Clear, the list and Cancel.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('button', { name: 'Review 1 number' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('1 number changes')).toBeVisible();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Review 1 number' }).press('Enter');
  await dialog.getByRole('button', { name: 'Copy to 1 number' }).press('Enter');
  await expect(dialog.getByText('Copied to 1 number')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  const copies = await Promise.all(targets.map(({ _id }) => read(api, _id)));
  expect(copies.filter(({ routing }) => routing !== null)).toHaveLength(1);
  // Call handling was left out.
  expect(copies.every(({ call_handling }) => call_handling === null)).toBe(true);
});

test('what someone changed meanwhile is reviewed again, and a refusal says why', async ({
  signedInAs,
  api,
}) => {
  const { word, source, targets } = await makeNumbers(api, 2);
  const [overtaken, itself] = targets as [PhoneNumber, PhoneNumber];
  const fallback = { type: 'forward', to: itself.phone_number };
  await api.send('PATCH', `/v1/phone-numbers/${source._id}`, { routing: { fallback } });
  const page = await signedInAs('operator');
  const dialog = await openDialog(page, source._id);
  await dialog.getByRole('searchbox').fill(word);
  await expect(dialog.getByText('2 numbers shown')).toBeAttached();
  await dialog.getByRole('checkbox', { name: /^All 2 shown/ }).click();
  await dialog.getByRole('checkbox', { name: /^Call handling/ }).click();
  await dialog.getByRole('button', { name: 'Review 2 numbers' }).click();
  await expect(dialog.getByText('2 numbers change')).toBeVisible();
  await api.send('PATCH', `/v1/phone-numbers/${overtaken._id}`, {
    call_handling: { max_duration_seconds: 60 },
  });
  await dialog.getByRole('button', { name: 'Copy to 2 numbers' }).click();

  const row = (label: string) =>
    dialog.getByRole('list', { name: 'What changes' }).getByRole('listitem').filter({ hasText: label });
  await expect(row(`${word} 1`)).toContainText('Not copied. This is the number itself.');
  await expect(row(`${word} 0`)).toContainText('Someone changed it meanwhile');
  expect((await read(api, overtaken._id)).call_handling?.max_duration_seconds).toBe(60);
  await row(`${word} 0`).getByRole('button', { name: 'Review again' }).click();
  await expect(row(`${word} 0`)).toContainText(/Maximum duration\s*1 min.*30 min/);
  await dialog.getByRole('button', { name: 'Copy to 1 number' }).click();
  await expect(row(`${word} 0`)).toContainText('Copied');

  await api.send('PATCH', `/v1/phone-numbers/${source._id}`, { routing: { fallback: null } });
  await dialog.getByRole('button', { name: 'Try 1 number again' }).click();
  await expect(row(`${word} 1`)).toContainText('Not copied. This is the number itself.');
});

test('the dialog is accessible, wide and narrow, and is not there for viewers', async ({
  signedInAs,
  api,
}) => {
  const { word, source } = await makeNumbers(api, 2);
  const page = await signedInAs('operator');
  const dialog = await openDialog(page, source._id);
  await dialog.getByRole('searchbox').fill(word);
  await expect(dialog.getByText('2 numbers shown')).toBeAttached();
  await expectAccessible(page);
  await dialog.getByRole('checkbox', { name: /^All 2 shown/ }).click();
  await dialog.getByRole('button', { name: 'Review 2 numbers' }).click();
  await expect(dialog.getByText('2 numbers change')).toBeVisible();
  await expectAccessible(page);
  const other = await signedInAs('viewer');
  await other.goto(`/numbers/${source._id}`);
  await other.getByRole('button', { name: 'More for this number' }).click();
  await expect(other.getByRole('menuitem', { name: 'Copy number' })).toBeVisible();
  await expect(other.getByRole('menuitem', { name: 'Copy routing to…' })).toHaveCount(0);
});

/** Chooses all six numbers and reviews them. */
const reviewSix = async (dialog: Locator, word: string) => {
  await dialog.getByRole('searchbox').fill(word);
  await expect(dialog.getByText('6 numbers shown')).toBeAttached();
  await dialog.getByRole('checkbox', { name: /^All 6 shown/ }).click();
  await dialog.getByRole('button', { name: 'Review 6 numbers' }).click();
};

/** Holds the request that has a plan made (`dry`), or the one that runs it, until it is let go. */
const hold = async (page: Page, which: 'dry' | 'run') => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/v1\/bulk-jobs(\?|$)/, async (route) => {
    const request = route.request();
    const isDry = request.url().includes('dry_run');
    if (request.method() === 'POST' && isDry === (which === 'dry')) await released;
    // Nobody may wait for it any longer.
    await route.continue().catch(() => undefined);
  });
  return release;
};

const copiedOf = async (api: Caller, targets: readonly PhoneNumber[]) =>
  (await Promise.all(targets.map(({ _id }) => read(api, _id)))).filter(({ routing }) => routing !== null)
    .length;

test('stopped before its job is there, nothing is copied, and it can be begun again', async ({
  signedInAs,
  api,
}) => {
  const { word, source, targets } = await makeNumbers(api, 6);
  const page = await signedInAs('operator');
  const dialog = await openDialog(page, source._id);
  await reviewSix(dialog, word);
  const release = await hold(page, 'dry');
  await dialog.getByRole('button', { name: 'Copy to 6 numbers' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Copying' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('6 numbers change')).toBeVisible();
  release();
  expect(await copiedOf(api, targets)).toBe(0);
  await dialog.getByRole('button', { name: 'Copy to 6 numbers' }).click();
  await expect(dialog.getByText('Copied to 6 numbers')).toBeVisible();
  expect(await copiedOf(api, targets)).toBe(6);
});

test('a job that is stopped says truly how far it came, is gone on with, and leaves what is typed alone', async ({
  signedInAs,
  api,
}) => {
  const { word, source, targets } = await makeNumbers(api, 6);
  const page = await signedInAs('operator');
  await page.goto(`/numbers/${source._id}`);
  await page.getByRole('dialog').getByRole('textbox', { name: 'Notes' }).fill('not saved yet');
  await page.getByRole('button', { name: 'More for this number' }).click();
  await page.getByRole('menuitem', { name: 'Copy routing to…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Copy routing of/ });
  await expect(dialog).toContainText('what is saved is copied, not what is typed');
  await reviewSix(dialog, word);

  const release = await hold(page, 'run');
  const asked = page.waitForRequest((request) => request.url().endsWith('/v1/bulk-jobs'));
  const cancelled = page.waitForResponse((response) => response.url().endsWith('/cancel'));
  await dialog.getByRole('button', { name: 'Copy to 6 numbers' }).click();
  await asked;
  // The job is cancelled as soon as it is known: how far it has come by then is for the server to say.
  await dialog.getByRole('button', { name: 'Stop' }).click();
  release();
  expect((await cancelled).status()).toBe(200);
  await expect(dialog.getByRole('progressbar', { name: 'Copying' })).toHaveCount(0);
  const copied = await copiedOf(api, targets);
  const words = copied === 0 ? '6 numbers change' : `Copied to ${copied} number`;
  await expect(dialog.getByText(words)).toBeVisible();
  if (copied < 6) await dialog.getByRole('button', { name: /^Copy to \d/ }).click();
  await expect(dialog.getByText('Copied to 6 numbers')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Notes' })).toHaveValue('not saved yet');
});

test('what someone changes while the job is on its way is left alone, too', async ({ signedInAs, api }) => {
  const { word, source, targets } = await makeNumbers(api, 6);
  const page = await signedInAs('operator');
  const dialog = await openDialog(page, source._id);
  await reviewSix(dialog, word);
  const release = await hold(page, 'run');
  const asked = page.waitForRequest((request) => request.url().endsWith('/v1/bulk-jobs'));
  await dialog.getByRole('button', { name: 'Copy to 6 numbers' }).click();
  await asked;
  await api.send('PATCH', `/v1/phone-numbers/${targets[0]?._id}`, { notes: 'mine' });
  release();
  await expect(dialog.getByText('Copied to 5 numbers · 1 changed meanwhile')).toBeVisible();
  expect(await copiedOf(api, targets.slice(0, 1))).toBe(0);
  await dialog.getByRole('button', { name: 'Review again' }).click();
  await dialog.getByRole('button', { name: 'Copy to 1 number' }).click();
  await expect(dialog.getByText('Copied to 6 numbers')).toBeVisible();
  expect(await copiedOf(api, targets)).toBe(6);
});

test('closed, the copying goes on, and its end can be taken back', async ({ signedInAs, api }) => {
  const { word, source, targets } = await makeNumbers(api, 6);
  const page = await signedInAs('operator');
  const dialog = await openDialog(page, source._id);
  await reviewSix(dialog, word);
  const release = await hold(page, 'dry');
  await dialog.getByRole('button', { name: 'Copy to 6 numbers' }).click();
  await expect(dialog.getByText('You may close this: it goes on.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  release();
  const ended = toast(page, '6 numbers changed');
  await expect(ended).toBeVisible();
  expect(await copiedOf(api, targets)).toBe(6);
  await ended.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, '6 numbers put back')).toBeVisible();
  expect(await copiedOf(api, targets)).toBe(0);
});
