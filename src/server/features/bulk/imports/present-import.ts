import type { Import, ImportRowList } from '#contract/bulk/imports.ts';
import type { BulkRefusal } from '#contract/bulk/plans.ts';
import type { ToldPlan } from '#server/features/bulk/rows/plan-store.ts';
import { optionsOf } from './import-options.ts';
import type { ListedImportRow, NewAgents } from './import-store.ts';

export const toImport = (
  plan: ToldPlan,
  { refusals, newAgents, jobId }: { refusals: BulkRefusal[]; newAgents: NewAgents; jobId: string | null },
): Import => {
  const { options, file } = optionsOf(plan);
  const { total, created, changed, unchanged, skipped, refused } = plan;
  return {
    import_id: plan.id,
    plan_id: plan.id,
    created_at: plan.created_at,
    expires_at: plan.expires_at,
    file_name: plan.change.file_name ?? null,
    state: plan.state === 'ready' ? 'ready' : 'judging',
    file,
    options,
    counts: { total, created, changed, unchanged, skipped, refused },
    refusals,
    examples: plan.examples,
    agents_to_create: newAgents.names,
    agents_to_create_count: newAgents.count,
    bulk_job_id: jobId,
  };
};

const errorsOf = ({ outcome, code, message, errors }: ListedImportRow) => {
  if (outcome !== 'refused' && outcome !== 'conflict') return [];
  return errors ?? [{ column: null, value: null, code: code ?? 'invalid', message: message ?? '' }];
};

export const toImportRow = (row: ListedImportRow): ImportRowList['rows'][number] => ({
  line: row.line,
  outcome: row.outcome,
  phone_number_id: row.phone_number_id,
  phone_number: row.phone_number === '' ? null : row.phone_number,
  errors: errorsOf(row),
});
