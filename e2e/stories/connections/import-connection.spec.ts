import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import { addConnection, test } from '../../connections.ts';
import { expect, expectAccessible } from '../../fixtures.ts';
import { addNumber } from '../../http.ts';
import { unique } from '../../numbers.ts';

test('an admin imports the numbers and agents of an account', async ({ signedInAs, api, verbex }) => {
  const { name, connection_id: connection } = await addConnection(api, verbex);
  const [word, asha] = [unique('Import'), unique('Asha')];
  verbex.addAgent('665000000000000000000001', asha);
  const mine = await addNumber(api, 'pia', { friendly_name: `${word} mine` });
  verbex.addNumber({ phone_number: mine.phone_number, provider: 'pia', friendly_name: `${word} theirs` });
  const { phone_number: fresh } = await addNumber(api, 'pia');
  const { phone_numbers: here } = await api.get<PhoneNumberList>(
    `/v1/phone-numbers?q=${encodeURIComponent(fresh)}`,
  );
  await api.send('DELETE', `/v1/phone-numbers/${here[0]?._id}`);
  verbex.addNumber({
    phone_number: fresh,
    provider: 'pia',
    friendly_name: `${word} new`,
    inbound_agent_id: '665000000000000000000001',
  });
  verbex.requests.length = 0;

  const page = await signedInAs('admin');
  await page.goto('/connections');
  await page.getByRole('button', { name: `Import from ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Import from ${name}` })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import 2 numbers' })).toBeVisible();
  await expect(page.getByText(`Adds 1 agent: ${asha}.`)).toBeVisible();
  const news = page.getByRole('list', { name: 'New', exact: true });
  await expect(news).toContainText(`${word} new`);
  await expect(news).toContainText('is added');
  await page.getByText('Different 1', { exact: true }).click();
  const different = page.getByRole('list', { name: 'Different', exact: true });
  await expect(different).toContainText(`${word} mine`);
  await expect(different).toContainText(`${word} theirs`);
  await expect(different).toContainText('is linked');
  await expectAccessible(page);

  // Another choice is another preview.
  await page.getByText('Take theirs', { exact: true }).click();
  await page.getByRole('button', { name: 'Preview again' }).click();
  await expect(page.getByText('changes 1 to what is there')).toBeVisible();
  await page.getByRole('button', { name: 'Import 2 numbers' }).click();
  await expect(page).toHaveURL(/\/jobs\//);
  await expect
    .poll(async () => (await api.get<BulkJob>(`/v1/bulk-jobs/${page.url().split('/').at(-1)}`)).state)
    .toBe('done');
  const imported = await api.get<PhoneNumber>(`/v1/phone-numbers/${mine._id}`);
  expect(imported).toMatchObject({ friendly_name: `${word} theirs`, links: [{ connection_id: connection }] });
  expect(verbex.requests.every(({ method }) => method === 'GET')).toBe(true);

  // A second import finds nothing to do.
  await page.goto('/connections');
  await page.getByRole('button', { name: `Import from ${name}` }).click();
  await expect(page.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await expect(page.getByText('Nothing is left to do.')).toBeVisible();
});

test('an account that cannot be read says so, and is read again', async ({ signedInAs, api, verbex }) => {
  const { name } = await addConnection(api, verbex);
  verbex.addNumber({ phone_number: '+14155550177', provider: 'pia' });
  verbex.state.key = 'another-key';
  const page = await signedInAs('admin');
  await page.goto('/connections');
  await page.getByRole('button', { name: `Import from ${name}` }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await expectAccessible(page);
  verbex.state.key = 'vbx-5e1f0c9a7d3b4826';
  await page.getByRole('button', { name: 'Preview again' }).click();
  await expect(page.getByRole('button', { name: 'Import 1 number' })).toBeEnabled();

  await page.goto('/connections/c0ffee/import/badbad');
  await expect(page.getByRole('heading', { name: 'This preview is not here' })).toBeVisible();
});
