import { randomBytes } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { Import } from '#contract/bulk/imports.ts';
import type { BulkPlan } from '#contract/bulk/plans.ts';
import { fields } from '#contract/numbers/fields.ts';
import { MASK } from '#contract/primitives.ts';
import { addNumber, nextPhoneNumber, type Caller, type HttpAnswer } from '../../http.ts';

const canary = (at: number) => `ca"n&a<r/y+${at}=%\u00e9 ${randomBytes(6).toString('hex')}`;

/** What is handed over in bulk: in plans that are run, dropped and refused, and in a file. */
export const makeBulkCanaries = () => ({
  rotatedPassword: canary(4),
  patchedPassword: canary(5),
  droppedPassword: canary(6),
  refusedInBulk: `canary-7-${randomBytes(6).toString('hex')}`,
  importedPassword: canary(8),
  importedAgain: canary(9),
  refusedInFile: canary(10),
});
type BulkCanaries = ReturnType<typeof makeBulkCanaries>;

type Hear = Caller['request'];

const heardAs = <T>(answer: HttpAnswer, status: number): T => {
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer.json<T>();
};

const settle = async <T>(hear: Hear, path: string, isOver: (answer: T) => boolean): Promise<T> => {
  for (;;) {
    const answer = heardAs<T>(await hear('GET', path), 200);
    if (isOver(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const hearPlan = async (hear: Hear, body: object): Promise<BulkPlan> => {
  const { plan_id: id } = heardAs<BulkPlan>(await hear('POST', '/v1/bulk-jobs?dry_run=true', { body }), 201);
  const plan = await settle<BulkPlan>(hear, `/v1/bulk-plans/${id}`, ({ state }) => state === 'ready');
  heardAs(await hear('GET', `/v1/bulk-plans/${id}/rows`), 200);
  return plan;
};

const hearJob = async (hear: Hear, started: HttpAnswer): Promise<void> => {
  const { bulk_job_id: id } = heardAs<BulkJob>(started, 202);
  await settle<BulkJob>(hear, `/v1/bulk-jobs/${id}`, ({ ended_at: at }) => at !== null);
  for (const path of [`/v1/bulk-jobs/${id}/rows`, `/v1/audit-events?bulk_job_id=${id}`])
    heardAs(await hear('GET', path), 200);
};

const run = async (hear: Hear, { plan_id }: BulkPlan): Promise<void> =>
  hearJob(hear, await hear('POST', '/v1/bulk-jobs', { body: { plan_id } }));

const importFile = async (hear: Hear, rows: readonly object[], query: string): Promise<void> => {
  const answer = await hear('POST', `/v1/imports?${query}`, {
    raw: stringify([...rows], { header: true, quoted: true }),
    headers: { 'content-type': 'text/csv' },
  });
  const { import_id: id } = heardAs<Import>(answer, 201);
  await settle<Import>(hear, `/v1/imports/${id}`, ({ state }) => state === 'ready');
  heardAs(await hear('GET', `/v1/imports/${id}/rows`), 200);
  await hearJob(hear, await hear('POST', `/v1/imports/${id}/run`));
  heardAs(await hear('GET', `/v1/imports/${id}/rows`), 200);
};

/** Credentials set on many numbers at once, and every mistake that can be made of it. */
export const liveInBulk = async (caller: Caller, hear: Hear, canaries: BulkCanaries): Promise<void> => {
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) ids.push((await addNumber(caller, 'sip'))._id);
  ids.push((await addNumber(caller, 'pia'))._id);
  const select = { ids };
  const rotate = (value: string) => ({
    select,
    change: { rotate: { credential: 'sip_trunk_password', value } },
  });

  await run(hear, await hearPlan(hear, rotate(canaries.rotatedPassword)));
  const patch = { sip_trunk_password: canaries.patchedPassword, notes: 'Told by the plan' };
  await run(hear, await hearPlan(hear, { select, change: patch }));
  // Planned and never run: sealed for as long as the plan is there.
  await hearPlan(hear, rotate(canaries.droppedPassword));

  const { refusedInBulk: refused } = canaries;
  const tooLong = refused.padEnd(fields.sip_trunk_password.maxLength + 1, refused);
  for (const change of [{ sip_trunk_password: tooLong }, { sip_trunk_password: `${MASK}${refused}` }])
    await hearPlan(hear, { select, change });
  for (const body of [
    rotate(tooLong.repeat(10)),
    { select, change: { rotate: { credential: refused, value: refused } } },
    { select, change: { rotate: { credential: 'sip_trunk_password', value: { is: refused } } } },
    { select, change: { rotate: { credential: 'sip_trunk_password', value: refused }, notes: refused } },
    { select: { filter: { secret: refused } }, change: { delete: true } },
    { plan_id: `${refused}!` },
  ])
    heardAs(await hear('POST', '/v1/bulk-jobs?dry_run=true', { body }), 422);

  const phone_number = nextPhoneNumber();
  const row = {
    phone_number,
    provider: 'sip',
    sip_termination_uri: 'trunk.example',
    sip_trunk_username: 'u',
  };
  await importFile(
    hear,
    [
      { ...row, sip_trunk_password: canaries.importedPassword },
      {
        ...row,
        phone_number: nextPhoneNumber(),
        provider: 'pia',
        sip_trunk_password: canaries.refusedInFile,
      },
      { ...row, phone_number: nextPhoneNumber(), sip_trunk_password: canaries.refusedInFile.repeat(20) },
      { ...row, phone_number: 'no number', sip_trunk_password: canaries.refusedInFile },
    ],
    'existing=refuse',
  );
  await importFile(hear, [{ ...row, sip_trunk_password: canaries.importedAgain }], 'existing=update');
  for (const path of ['/v1/bulk-jobs', '/v1/audit-events?page_size=100', '/v1/phone-numbers?page_size=100'])
    heardAs(await hear('GET', path), 200);
};
