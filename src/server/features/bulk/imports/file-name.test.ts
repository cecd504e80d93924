import { expect } from 'vitest';
import { expectProblem } from '#server/testing/given.ts';
import { planImport, runImport, sendFile } from '#server/testing/given-import.ts';
import { test } from '#server/testing/test-app.ts';

const file = 'phone_number,provider\n+14155550100,pia\n';

test('an import, its job and the log say what its file is called', async ({ cordboard }) => {
  const as = await cordboard.signedInAs('operator');
  const name = 'Nummern <b>März</b>, “neu”.csv';
  const plan = await planImport(as, `${file}12,pia\n`, { file_name: ` ${name} ` });
  expect(plan).toMatchObject({ file_name: name });
  const job = await runImport(as, plan);
  expect(job).toMatchObject({ file_name: name });
  const log = await cordboard.as('admin').request('GET', '/v1/audit-events?subject_kind=bulk_job');
  expect(log.body).toMatchObject({
    audit_events: [
      { subject: { name: '2 rows' }, detail: `Imports them from “${name}”: 1 added, 1 refused` },
      { subject: { name: '2 rows' }, detail: `Imports them from “${name}”` },
    ],
  });
});

test('a file without a name has none, and one that nobody could read is refused', async ({ cordboard }) => {
  const as = await cordboard.signedInAs('operator');
  const plan = await planImport(as, file);
  expect(plan).toMatchObject({ file_name: null });
  expect(await runImport(as, plan)).toMatchObject({ file_name: null });
  for (const name of ['x'.repeat(201), 'a\nb', 'a\0b', 'a\u202efdp.csv', ''])
    expect(
      expectProblem(await sendFile(as, file, { file_name: name }), 422, 'validation_failed').errors,
    ).toMatchObject([{ pointer: '/file_name' }]);
});
