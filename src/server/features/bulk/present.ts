import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { BulkJobRowList, BulkPlan, BulkRefusal } from '#contract/bulk/plans.ts';
import type { JobRow } from './rows/job-store.ts';
import type { ListedRow } from './rows/listed-store.ts';
import type { PlanRow } from './rows/plan-store.ts';
import type { StoredChange } from './rows/stored-change.ts';

const factsOf = ({ kind, fields, replace_agent, credential }: StoredChange) => ({
  kind,
  fields,
  replace_agent,
  credential,
});

const REFUSALS_TOLD = 50;

/** The most frequent first. */
export const refusalsToTell = ({ refusals }: PlanRow): BulkRefusal[] =>
  refusals.toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)).slice(0, REFUSALS_TOLD);

export const toPlan = (row: PlanRow): BulkPlan => ({
  plan_id: row.id,
  created_at: row.created_at,
  expires_at: row.expires_at,
  state: row.state === 'ready' ? 'ready' : 'judging',
  ...factsOf(row.change),
  counts: { total: row.total, changed: row.changed, unchanged: row.unchanged, refused: row.refused },
  refusals: refusalsToTell(row),
  examples: row.examples,
});

export const toJob = (row: JobRow): BulkJob => ({
  bulk_job_id: row.id,
  state: row.state,
  ...factsOf(row.change),
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  created_at: row.created_at,
  started_at: row.started_at,
  ended_at: row.ended_at,
  counts: {
    total: row.total,
    done: row.done,
    created: row.created,
    changed: row.changed,
    unchanged: row.unchanged,
    skipped: row.skipped,
    refused: row.refused,
    conflict: row.conflict,
  },
  cancel_reason: row.cancel_reason,
  undoes: row.undoes,
  undone_by: row.undone_by,
  // An import is known by the id of its plan.
  import_id: row.change.kind === 'import' ? row.plan_id : null,
  file_name: row.change.file_name ?? null,
});

export const toJobRow = ({
  phone_number_id,
  phone_number,
  outcome,
  code,
  message,
}: ListedRow): BulkJobRowList['rows'][number] => ({
  phone_number_id,
  phone_number,
  outcome,
  code,
  message,
});
