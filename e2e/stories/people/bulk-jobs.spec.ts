import { readFileSync } from 'node:fs';
import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, type Caller } from '../../http.ts';
import { addAgent, unique } from '../../numbers.ts';
import { preview, run } from '../../selection.ts';

interface Job {
  bulk_job_id: string;
}

/** A change of these numbers, as an operator's script makes it. */
const change = async (caller: Caller, ids: readonly string[], patch: object): Promise<string> => {
  const { plan_id } = await caller.send<{ plan_id: string }>('POST', '/v1/bulk-jobs?dry_run=true', {
    select: { ids },
    change: patch,
  });
  return (await caller.send<Job>('POST', '/v1/bulk-jobs', { plan_id })).bulk_job_id;
};

test('jobs are for everybody to see: what became of each number, filtered, saved, taken back', async ({
  signedInAs,
  sessions,
  api,
}) => {
  const word = unique('Watched');
  const trunk = await addNumber(api, 'sip', { friendly_name: `${word} trunk` });
  const platform = await addNumber(api, 'pia', { friendly_name: `${word} platform` });
  const page = await signedInAs('viewer');
  await page.goto('/jobs');
  const id = await change(sessions.operator, [trunk._id, platform._id], { sip_trunk_username: word });
  const row = page.getByRole('row').filter({ has: page.locator(`[href="/jobs/${id}"]`) });
  await expect(row).toContainText('1 number changed, 1 refused');
  await expect(row).toContainText('Omar Operator');
  await expectAccessible(page);
  const title = `Set the trunk username to “${word}”`;
  await row.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  const before = page.getByRole('region', { name: 'Before and after' });
  await expect(before).toContainText(`became ${word}`);
  const rows = page.getByRole('table', { name: 'Outcomes' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await page.getByRole('button', { name: 'Refused 1' }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText(`${word} platform`);
  await expect(rows.last()).toContainText('Only SIP trunk numbers have this field.');
  await expectAccessible(page);
  await expect(page.getByRole('button', { name: 'Undo…' })).toHaveCount(0);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save these outcomes' }).click();
  const lines = readFileSync(await (await saving).path(), 'utf8').split('\r\n');
  expect(lines[0]).toContain('phone_number,friendly_name,outcome,code,message');
  expect(lines[1]).toContain(`${platform.phone_number},${word} platform,refused,field_of_other_provider,`);
  expect(lines).toHaveLength(3);

  const own = await signedInAs('operator');
  await own.goto(`/jobs/${id}`);
  await own.getByRole('button', { name: 'Undo…' }).click();
  await own.getByRole('button', { name: 'Undo on 1 number' }).click();
  await expect(own.getByRole('heading', { name: `Undo: ${title}` })).toBeVisible();
  await expect(own.getByText('1 number put back', { exact: true })).toBeVisible();
  await expect(own.getByRole('table', { name: 'Outcomes' })).toContainText('Put back');
  await own.getByRole('link', { name: 'this job' }).click();
  await expect(own.getByText('taken back by')).toBeVisible();
  await own.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Jobs' }).click();
  await expect(own.getByRole('heading', { name: 'Jobs' })).toBeVisible();
});

test('an agent is replaced wherever it is named, from its page and before it retires', async ({
  signedInAs,
  api,
}) => {
  const word = unique('Replaced');
  const [from, to] = [await addAgent(api, `${word} from`), await addAgent(api, `${word} to`)];
  const destination = { type: 'agent', agent_id: from };
  const { _id: id } = await addNumber(api, 'pia', {
    friendly_name: word,
    inbound_agent_id: from,
    routing: { rules: [{ name: 'Always', when: {}, destination }] },
  });
  const page = await signedInAs('operator');
  await page.goto(`/agents/${from}`);
  await page.getByRole('button', { name: 'Retire' }).click();
  await page.getByRole('button', { name: 'Replace it everywhere first…' }).click();
  const dialog = page.getByRole('dialog', { name: `Replace ${word} from` });
  await expect(dialog).toContainText(`On every number that names ${word} from`);
  await dialog.getByRole('button', { name: /^By/ }).click();
  await expect(page.getByRole('option', { name: `${word} to` })).toBeVisible();
  await expect(page.getByRole('option', { name: `${word} from` })).toHaveCount(0);
  await page.getByRole('option', { name: `${word} to` }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(await preview(page, 'Change 1 number')).toContainText('Rule 1');
  await expect(dialog).toContainText('Replaced as inbound agent on 1 number, in rules on 1.');
  await run(page, 'Change 1 number', '1 number changed');
  const { inbound_agent_id: now, routing } = await api.send<{
    inbound_agent_id: string;
    routing: { rules: { destination: object }[] };
  }>('GET', `/v1/phone-numbers/${id}`);
  expect([now, routing.rules[0]?.destination]).toEqual([to, { type: 'agent', agent_id: to }]);
  await expect(page.getByText('No number has it as its inbound agent.')).toBeVisible();

  await page.getByRole('button', { name: 'Replace everywhere by…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^By/ }).click();
  await page.getByRole('option', { name: `${word} to` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('dialog')).toContainText('No number matches');
});

test('the activity folds a job into one line that leads to it', async ({ signedInAs, sessions, api }) => {
  const word = unique('Folded');
  const numbers = [await addNumber(api, 'pia'), await addNumber(api, 'pia')];
  const id = await change(
    sessions.operator,
    numbers.map(({ _id }) => _id),
    { notes: word },
  );
  const page = await signedInAs('admin');
  await page.goto(`/jobs/${id}`);
  await expect(page.getByText('2 numbers changed', { exact: true })).toBeVisible();
  await page.goto('/activity?action=phone_number.updated');
  const line = page.getByRole('listitem').filter({ has: page.locator(`[href="/jobs/${id}"]`) });
  await expect(line).toContainText('Omar Operator updated 2 numbers of one job');
  await expect(line).toContainText(word);
  await line.getByRole('link', { name: 'one job' }).click();
  await expect(page.getByRole('heading', { name: `Set the notes to “${word}”` })).toBeVisible();
});
