import type { BulkJob, JobFacts } from '#contract/bulk/jobs.ts';
import type { BulkJobRowList, BulkPlan, BulkRefusal } from '#contract/bulk/plans.ts';
import { MASK } from '#contract/primitives.ts';
import { noneReplaced } from './kinds/replaced-in.ts';
import type { JobRow } from './rows/job-store.ts';
import type { ListedRow } from './rows/listed-store.ts';
import type { PlanRow, ToldPlan } from './rows/plan-store.ts';
import type { StoredChange } from './rows/stored-change.ts';

const factsOf = ({ kind, fields, replace_agent, credential }: StoredChange) => ({
  kind,
  fields,
  replace_agent,
  credential,
});

// A list of jobs tells them of each: whoever wants to see more looks at the examples.
const VALUE_CHARACTERS = 2000;

/** What fields are set to. Credentials are kept apart, and may have been erased. */
const valuesOf = ({ fields, patch }: StoredChange): Record<string, unknown> =>
  Object.fromEntries(
    fields
      .map((name) => [name, Object.hasOwn(patch, name) ? patch[name] : MASK])
      .filter(([, value]) => JSON.stringify(value).length <= VALUE_CHARACTERS),
  );

/** What no number can take may be a secret in the wrong field: it is not told. */
const jobFactsOf = (change: StoredChange, fits: boolean): JobFacts => ({
  ...factsOf(change),
  sets: change.kind === 'patch' && fits ? valuesOf(change) : {},
  file_name: change.file_name ?? null,
});

const REFUSALS_TOLD = 50;

/** The most frequent first. */
export const refusalsToTell = ({ refusals }: PlanRow): BulkRefusal[] =>
  refusals.toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)).slice(0, REFUSALS_TOLD);

export const toPlan = (row: ToldPlan): BulkPlan => ({
  plan_id: row.id,
  created_at: row.created_at,
  expires_at: row.expires_at,
  state: row.state === 'ready' ? 'ready' : 'judging',
  ...factsOf(row.change),
  counts: { total: row.total, changed: row.changed, unchanged: row.unchanged, refused: row.refused },
  replaced_in: row.change.kind === 'replace_agent' ? { ...noneReplaced(), ...row.replaced_in } : null,
  refusals: refusalsToTell(row),
  examples: row.examples,
});

export const toJob = (row: JobRow): BulkJob => ({
  bulk_job_id: row.id,
  state: row.state,
  ...jobFactsOf(row.change, row.fits),
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
  planned: row.planned ?? row.total,
  cancel_reason: row.cancel_reason,
  undoes: row.undoes,
  // A job is undone that changed something, so what it set can be taken.
  undone: row.undone && jobFactsOf(row.undone, true),
  undone_by: row.undone_by,
  // An import is known by the id of its plan.
  import_id: row.change.kind === 'import' ? row.plan_id : null,
});

// Whoever sees a job sees this: nothing that could be a credential in the wrong column.
const looksDialled = /^[\d\s+().\-/]{1,40}$/;

/** What stands where the number should be. */
const writtenIn = ({ phone_number: number, errors }: ListedRow): string | null => {
  const value = number === '' ? errors?.[0]?.value : null;
  return value && looksDialled.test(value) ? value : null;
};

export const toJobRow = (row: ListedRow): BulkJobRowList['rows'][number] => {
  const { phone_number_id, phone_number, friendly_name, outcome, code, message, line } = row;
  return {
    phone_number_id,
    phone_number,
    friendly_name,
    outcome,
    code,
    message,
    line,
    written: writtenIn(row),
  };
};
