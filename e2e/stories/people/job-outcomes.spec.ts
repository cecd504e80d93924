import { expect, expectAccessible, test } from '../../fixtures.ts';
import { addNumber, nextPhoneNumber, type Caller } from '../../http.ts';
import { unique } from '../../numbers.ts';

/** The job, or the import, once this holds of it. */
const whenSo = async <T>(caller: Caller, path: string, isSo: (read: T) => boolean): Promise<void> =>
  expect.poll(async () => isSo(await caller.get<T>(path))).toBe(true);

const hasEnded = ({ ended_at: at }: { ended_at: string | null }) => at !== null;

test('an undo says which numbers somebody changed since, and Jobs that the job was undone', async ({
  signedInAs,
  sessions: { operator },
}) => {
  const word = unique('Since');
  const numbers = [
    await addNumber(operator, 'pia', { friendly_name: `${word} kept`, labels: ['a'] }),
    await addNumber(operator, 'pia', { friendly_name: `${word} mine`, labels: ['a'] }),
  ];
  const { plan_id } = await operator.send<{ plan_id: string }>('POST', '/v1/bulk-jobs?dry_run=true', {
    select: { filter: { q: word } },
    change: { labels: { add: [word] } },
  });
  const { bulk_job_id: id } = await operator.send<{ bulk_job_id: string }>('POST', '/v1/bulk-jobs', {
    plan_id,
  });
  await whenSo(operator, `/v1/bulk-jobs/${id}`, hasEnded);
  await operator.send('PATCH', `/v1/phone-numbers/${numbers[1]?._id}`, { labels: ['mine'] });

  const page = await signedInAs('operator');
  await page.goto(`/jobs/${id}`);
  await expect(page.getByText('Run on the numbers that matched')).toContainText(`“${word}”`);
  await expect(page.getByRole('region', { name: 'Before and after' })).toContainText(`${word} kept`);
  await page.getByRole('button', { name: 'Undo…' }).click();
  await expect(page.getByRole('alertdialog')).not.toContainText('Credentials');
  await page.getByRole('button', { name: 'Undo on 2 numbers' }).click();
  await expect(
    page.getByText('1 number put back, 1 changed by others meanwhile', { exact: true }),
  ).toBeVisible();
  const row = page
    .getByRole('table', { name: 'Outcomes' })
    .getByRole('row')
    .filter({ hasText: `${word} mine` });
  await expect(row).toContainText('Changed meanwhile');
  await expect(row).toContainText('“Labels” was changed since; it stays as it is.');
  await expectAccessible(page);
  await page.goto('/jobs');
  const undone = page.getByRole('row').filter({ has: page.locator(`[href="/jobs/${id}"]`) });
  await expect(undone).toContainText('2 numbers changed. Undone');
});

test('rows that an import refused are found in their file, and lead to it', async ({
  signedInAs,
  sessions: { operator },
}) => {
  const answer = await operator.request('POST', '/v1/imports?file_name=mixed.csv', {
    raw: `phone_number,provider\n${nextPhoneNumber()},pia\n415 555,pia\n`,
    headers: { 'content-type': 'text/csv' },
  });
  const { import_id } = answer.json<{ import_id: string }>();
  await whenSo<{ state: string }>(operator, `/v1/imports/${import_id}`, ({ state }) => state === 'ready');
  const { bulk_job_id: id } = await operator.send<{ bulk_job_id: string }>(
    'POST',
    `/v1/imports/${import_id}/run`,
  );
  await whenSo(operator, `/v1/bulk-jobs/${id}`, hasEnded);

  const page = await signedInAs('operator');
  await page.goto(`/jobs/${id}`);
  const row = page.getByRole('table', { name: 'Outcomes' }).getByRole('row').filter({ hasText: 'Refused' });
  await expect(row.getByRole('cell').first()).toHaveText('3');
  await expect(row).toContainText('415 555');
  await expect(row).toContainText('choose in the import which country such numbers belong to');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Look at the refused rows in the import' }).click();
  await expect(page.getByRole('table', { name: 'Refused rows' })).toContainText('415 555');
});
