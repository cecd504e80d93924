import { stringify } from 'csv-stringify/sync';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { Import } from '#contract/bulk/imports.ts';
import type { BulkPlan } from '#contract/bulk/plans.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Caller } from '../../http.ts';

type Number = Pick<PhoneNumber, '_id' | 'phone_number'>;

/** Waits for what is judged or run to have come to its end. */
const settle = async <Answer>(
  first: Answer,
  again: (answer: Answer) => Promise<Answer>,
  isOver: (answer: Answer) => boolean,
): Promise<Answer> => {
  let answer = first;
  while (!isOver(answer)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer = await again(answer);
  }
  return answer;
};

// Whether a fingerprint is told, and not which.
const shapeOf = ({ counts, refusals, examples }: Pick<BulkPlan, 'counts' | 'refusals' | 'examples'>) => [
  counts,
  refusals.map(({ code }) => code),
  examples.map(({ changes }) => JSON.stringify(changes).replaceAll(/"[0-9a-f]{8}"/g, '"told"')),
];

const planOf = async (as: Caller, { _id }: Number, change: object): Promise<BulkPlan> =>
  settle(
    await as.send<BulkPlan>('POST', '/v1/bulk-jobs?dry_run=true', { select: { ids: [_id] }, change }),
    ({ plan_id: id }) => as.get<BulkPlan>(`/v1/bulk-plans/${id}`),
    ({ state }) => state === 'ready',
  );

const importOf = async (
  as: Caller,
  { phone_number }: Number,
  sip_trunk_password: string,
): Promise<Import> => {
  const answer = await as.request('POST', '/v1/imports?existing=update', {
    raw: stringify([{ phone_number, sip_trunk_password }], { header: true }),
    headers: { 'content-type': 'text/csv' },
  });
  if (answer.status !== 201) throw new Error(`The import was answered ${answer.status}: ${answer.text}`);
  return settle(
    answer.json<Import>(),
    ({ import_id: id }) => as.get<Import>(`/v1/imports/${id}`),
    ({ state }) => state === 'ready',
  );
};

const runOf = async (as: Caller, { plan_id }: BulkPlan): Promise<BulkJob> =>
  settle(
    await as.send<BulkJob>('POST', '/v1/bulk-jobs', { plan_id }),
    ({ bulk_job_id: id }) => as.get<BulkJob>(`/v1/bulk-jobs/${id}`),
    ({ ended_at: at }) => at !== null,
  );

/**
 * All that plans, an import and a job tell of a guess at the credential that a number holds: as text, that
 * two guesses can be compared.
 */
export const guessInPlans = async (as: Caller, number: Number, secret: string): Promise<string> => {
  const versionOf = async () =>
    (await as.get<{ version: number }>(`/v1/phone-numbers/${number._id}`)).version;
  const before = await versionOf();
  const rotate = await planOf(as, number, { rotate: { credential: 'sip_trunk_password', value: secret } });
  const patch = await planOf(as, number, { sip_trunk_password: secret });
  const file = await importOf(as, number, secret);
  const { counts } = await runOf(as, rotate);
  return JSON.stringify([
    shapeOf(rotate),
    shapeOf(patch),
    shapeOf(file as never),
    counts,
    (await versionOf()) - before,
  ]);
};
