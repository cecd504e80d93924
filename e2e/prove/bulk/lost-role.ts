import type { MeAsOperator } from '#contract/sessions.ts';
import type { Caller } from '../../http.ts';
import type { RunningServer } from '../../server.ts';
import { count, type Report } from '../proof.ts';
import { untruths } from './judge.ts';
import { endOf, followJob, lookAt, NUMBERS, planOf, runPlan } from './scene.ts';

/**
 * Whoever has started a job may no longer change numbers when a part of it is done: it ends there, and says
 * why.
 */
export const loseRole = async (
  report: Report,
  server: RunningServer,
  { admin, operator }: { admin: Caller; operator: Caller },
): Promise<void> => {
  const { operator_id: id } = await operator.get<MeAsOperator>('/v1/me');
  const before = await lookAt(server);
  const job = await runPlan(
    operator,
    await planOf(operator, { select: { filter: {} }, change: { notes: 'By who will not be an operator' } }),
  );
  await followJob(operator, job, ({ counts }) => counts.done > 0);
  await admin.send('PATCH', `/v1/operators/${id}`, { role: 'viewer' });
  const { state, cancel_reason: reason, counts } = await followJob(operator, job);
  const ended = await endOf(server, admin, job, before);
  // What was left untouched has no outcome, and is not in the report of what is done.
  const done = new Set(ended.rows.map(({ phone_number_id }) => phone_number_id));
  const isUntouched = ended.after.every(
    (number, at) => done.has(number.id) || number.version === ended.before[at]?.version,
  );
  const wrong = untruths({
    ...ended,
    job: { ...ended.job, state: 'done', counts: { ...counts, total: counts.done } },
    before: ended.before.filter((number) => done.has(number.id)),
  });
  report.check(
    'whoever started a job loses the role: it is cancelled as actor_lost, the rest untouched',
    state === 'cancelled' &&
      reason === 'actor_lost' &&
      counts.done > 0 &&
      counts.done < NUMBERS &&
      isUntouched &&
      wrong.length === 0,
    `${state}, ${reason ?? 'no reason'}, ${count(counts.done)} done${wrong[0] === undefined ? '' : `; ${wrong[0]}`}`,
  );
};
