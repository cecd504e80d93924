import type { BulkJob } from '#contract/bulk/jobs.ts';
import { differing, untruths, type Ended } from './judge.ts';
import { killAlong, type Mortal } from './kills.ts';
import { endOf, followJob, lookAt, NUMBERS, planOf, runPlan } from './scene.ts';

/** One change of all numbers and its undo, and what is wrong with either. */
export interface Round {
  /** So many met the job or its undo under way. */
  kills: number;
  ended: Ended;
  undone: Ended;
  wrong: string[];
  wrongInUndo: string[];
  /** Numbers that are not in every field as they were before the change. */
  notPutBack: string[];
  /** Numbers that a hand had changed after the preview, and that the job did not leave alone. */
  notLeft: string[];
}

const BY_HAND = 7;
const SHARE_OF_JOB = 0.6;

let rounds = 0;

/** Changes every number and takes it back, with up to so many kills. */
export const doAndUndo = async (mortal: Mortal, kills: number): Promise<Round> => {
  const { api } = mortal;
  const name = `Proved in bulk ${++rounds}.${process.pid}`;
  const { data: agent } = await api.send<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
    agent_name: name,
  });
  const change = {
    inbound_agent_id: agent.ai_agent_id,
    labels: { add: [name], remove: ['vip'] },
    metadata: { proof: name, added: 'too' },
    notes: name,
  };
  const plan = await planOf(api, { select: { filter: {} }, change });
  const ids = (await lookAt(mortal.now)).numbers.map(({ id }) => id);
  const byHand = ids.filter((_, at) => at % Math.floor(NUMBERS / BY_HAND) === 5).slice(0, BY_HAND);
  for (const id of byHand) await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: name });
  const before = await lookAt(mortal.now);

  const job = await runPlan(api, plan);
  const killsOfJob = await killAlong(mortal, job, Math.ceil(kills * SHARE_OF_JOB));
  await followJob(api, job);
  const ended = await endOf(mortal.now, api, job, before);
  const conflicts = new Set(
    ended.rows.flatMap(({ outcome, phone_number_id: id }) => (outcome === 'conflict' ? [id] : [])),
  );

  const beforeUndo = await lookAt(mortal.now);
  const undo = await api.send<BulkJob>('POST', `/v1/bulk-jobs/${job.bulk_job_id}/undo`);
  const killsOfUndo = await killAlong(mortal, undo, kills - killsOfJob);
  await followJob(api, undo);
  const undone = await endOf(mortal.now, api, undo, beforeUndo);
  // Of what the job left alone there is nothing to take back: it need not be in the undo's report.
  const taken = new Set(undone.rows.map(({ phone_number_id: id }) => id));
  const reported = undone.before.filter(({ id }) => taken.has(id) || !conflicts.has(id));
  return {
    kills: killsOfJob + killsOfUndo,
    ended,
    undone,
    wrong: untruths(ended),
    wrongInUndo: untruths({ ...undone, before: reported }),
    notPutBack: [
      ...differing(before.numbers, undone.after),
      ...(undone.after.length === NUMBERS ? [] : [`${undone.after.length} numbers are left`]),
    ],
    notLeft: [
      ...byHand.filter((id) => !conflicts.has(id)),
      ...[...conflicts].filter((id) => !byHand.includes(id)),
    ],
  };
};
