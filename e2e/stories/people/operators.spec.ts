import { addKey } from '../../api-keys.ts';
import { clockAhead } from '../../clock.ts';
import { expect, expectAccessible, openPage, PASSWORD, test } from '../../fixtures.ts';
import { addOperator, callerWith, setUp, signIn, withKey } from '../../http.ts';
import { unique } from '../../numbers.ts';
import { startServer } from '../../server.ts';

test('an admin adds an operator, changes the role and disables them', async ({ signedInAs, server }) => {
  const page = await signedInAs('admin');
  const name = `Nadia New ${test.info().workerIndex}`;
  const email = `nadia.${test.info().workerIndex}@company.example`;
  await page.goto('/settings/operators');
  await page.getByRole('button', { name: 'Add operator' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add operator' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('radio', { name: /^Viewer/ }).check();
  await dialog.getByLabel('First password').fill('a first long password');
  await dialog.getByRole('button', { name: 'Add operator' }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('Viewer');
  const session = await signIn(server.url, { email, password: 'a first long password' });

  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitemradio', { name: 'Operator' }).click();
  await expect(row).toContainText('Operator');
  expect(await session.get<{ role: string }>('/v1/me')).toMatchObject({ role: 'operator' });

  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await expect(row).toContainText('Disabled');
  expect((await session.request('GET', '/v1/me')).status).toBe(401);
});

test('a menu is gone at once, and opens again at once', async ({ signedInAs, admin }) => {
  const name = (await addOperator(admin, 'viewer', unique('Mia Menu'))).name;
  const page = await signedInAs('admin');
  await page.goto('/settings/operators');
  // Whatever moves takes fifty times as long: what is on its way out would meet all that comes next.
  const session = await page.context().newCDPSession(page);
  await session.send('Animation.enable');
  await session.send('Animation.setPlaybackRate', { playbackRate: 0.02 });
  const opener = page.getByRole('button', { name: `Actions for ${name}` });
  const menu = page.getByRole('menu');
  await opener.click();
  await page.getByRole('menuitemradio', { name: 'Operator' }).click();
  await opener.click();
  await expect(page.getByRole('menuitemradio', { name: 'Operator' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(opener).toBeFocused();
  // The item that was chosen has opened a dialog, which has the focus until it gives it back to the button.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test('disabling an admin asks of each key what becomes of it, also of one that came meanwhile', async ({
  signedInAs,
  server,
  admin,
}) => {
  const person = await addOperator(admin, 'admin', unique('Kira Keys'));
  const session = await signIn(server.url, person);
  const [kept, ended, late] = [unique('kept'), unique('ended'), unique('late')];
  const scripts = [
    withKey(server.url, await addKey(session, kept)),
    withKey(server.url, await addKey(session, ended)),
  ];
  const page = await signedInAs('admin');
  // Deaf to changes, as behind a proxy that holds them back: only the refusal says that a key came.
  await page.route('**/v1/changes', (route) => route.abort());
  await page.goto('/settings/operators');
  await page.getByRole('button', { name: `Actions for ${person.name}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Disable ${person.name}?` });
  const disable = dialog.getByRole('button', { name: 'Disable' });
  const asked = (name: string) => dialog.getByRole('group', { name: `What becomes of ${name}` });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(0);
  await expectAccessible(page);

  await asked(kept).getByText('Take over').click();
  await disable.click();
  await expect(dialog.getByRole('alert')).toContainText('Choose what becomes of the key without an answer');
  await expect(asked(ended).getByRole('radio').first()).toBeFocused();
  await asked(ended).getByText('End', { exact: true }).click();
  scripts.push(withKey(server.url, await addKey(session, late)));
  await disable.click();
  await expect(dialog.getByRole('alert')).toContainText('what you chose is kept');
  await expect(asked(kept).getByRole('radio', { name: 'Take over' })).toBeChecked();
  await expect(asked(ended).getByRole('radio', { name: 'End' })).toBeChecked();
  await asked(late).getByText('End', { exact: true }).click();
  await disable.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row', { name: new RegExp(person.name) })).toContainText('Disabled');
  const statuses = await Promise.all(
    scripts.map(async (script) => (await script.request('GET', '/v1/phone-numbers')).status),
  );
  expect(statuses).toEqual([200, 401, 401]);

  await page.goto('/settings/api-keys');
  await expect(page.getByRole('row', { name: new RegExp(kept) })).toContainText('Amina Admin');
  await expect(page.getByRole('row', { name: new RegExp(ended) })).toContainText('Revoked');
});

test('an admin is made less by keyboard alone, and the question can be left without a loss', async ({
  signedInAs,
  server,
  admin,
}) => {
  const person = await addOperator(admin, 'admin', unique('Kay Board'));
  const script = withKey(server.url, await addKey(await signIn(server.url, person), 'by keyboard'));
  const page = await signedInAs('admin');
  await page.goto('/settings/operators');
  const row = page.getByRole('row', { name: new RegExp(person.name) });
  const demote = async () => {
    await page.getByRole('button', { name: `Actions for ${person.name}` }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitemradio', { name: 'Viewer' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alertdialog', { name: `Make ${person.name} a viewer?` })).toBeVisible();
  };
  const choices = page.getByRole('alertdialog').getByRole('radio');
  const tabTo = async (name: string) => {
    await expect(async () => {
      await page.keyboard.press('Tab');
      await expect(page.getByRole('alertdialog').getByRole('button', { name })).toBeFocused({ timeout: 100 });
    }).toPass();
  };
  await demote();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(row).toContainText('Admin');
  await expect(page.getByRole('button', { name: `Actions for ${person.name}` })).toBeFocused();

  await demote();
  await tabTo('Change role');
  await page.keyboard.press('Enter');
  await expect(choices.first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'End' })).toBeChecked();
  await tabTo('Change role');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('Viewer');
  expect((await script.request('GET', '/v1/me')).status).toBe(401);
});

test('the password asked for meanwhile stands before the question and not behind it', async ({ browser }) => {
  const before = await startServer();
  const first = await setUp(before);
  const person = await addOperator(first, 'admin', 'Lea Leaving');
  await addKey(await signIn(before.url, person), 'left behind');
  await before.kill();
  const server = await startServer({ dataDirectory: before.dataDirectory, env: clockAhead(11) });
  const page = await openPage(browser, server.url, callerWith(server.url, first.headers));
  await page.goto('/settings/operators');
  await page.getByRole('button', { name: `Actions for ${person.name}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('End', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Disable' }).click();
  const question = page.getByRole('dialog', { name: 'Confirm it is you' });
  await question.getByLabel('Your password').fill(PASSWORD);
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('row', { name: new RegExp(person.name) })).toContainText('Disabled');
  await page.context().close();
  await server.stop();
});
