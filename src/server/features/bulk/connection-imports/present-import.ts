import type { ConnectionImport, ConnectionImportRow } from '#contract/bulk/connection-imports.ts';
import { refusalsToTell } from '#server/features/bulk/present.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import { askedOf } from '#server/features/bulk/connection-imports/reading/choices.ts';
import type { FindingCount, ListedFinding, RowAct } from './finding-store.ts';
import type {
  FoundAgent,
  ReadingRow,
} from '#server/features/bulk/connection-imports/reading/reading-store.ts';
import { theirsOf } from '#server/features/bulk/connection-imports/reading/theirs.ts';

const AGENTS_TOLD = 100;

const stateOf = ({ state }: PlanRow, { failed_code: failed }: ReadingRow): ConnectionImport['state'] => {
  if (failed !== null) return 'failed';
  return state === 'selecting' ? 'reading' : state;
};

export interface ToPresent {
  plan: PlanRow;
  reading: ReadingRow;
  findings: readonly FindingCount[];
  agents: readonly FoundAgent[];
  jobId: string | null;
}

export const toConnectionImport = ({
  plan,
  reading,
  findings,
  agents,
  jobId,
}: ToPresent): ConnectionImport => {
  const { choices, connection_id } = askedOf(plan);
  const countOf = (is: (found: FindingCount) => boolean) =>
    findings.filter(is).reduce((sum, { count }) => sum + count, 0);
  const found = (finding: FindingCount['finding']) => countOf((one) => one.finding === finding);
  const acts = (act: RowAct) => countOf((one) => one.act === act);
  const agentsFound = (finding: FoundAgent['finding']) =>
    agents.filter((agent) => agent.finding === finding).length;
  return {
    plan_id: plan.id,
    connection_id,
    created_at: plan.created_at,
    expires_at: plan.expires_at,
    state: stateOf(plan, reading),
    reason: reading.failed_code,
    message: reading.failed_message,
    choices,
    progress: {
      agents_read: reading.agents_read,
      numbers_read: reading.numbers_read,
      numbers_judged: countOf(() => true),
    },
    counts: {
      total: plan.total,
      new: found('new'),
      same: found('same'),
      different: found('different'),
      elsewhere: found('elsewhere'),
      unusable: found('unusable'),
      to_add: acts('add'),
      to_change: acts('change'),
      to_link: acts('link'),
    },
    agents: {
      total: agents.length,
      linked: agentsFound('linked'),
      named: agentsFound('named'),
      new: agentsFound('new'),
    },
    agents_to_add:
      choices.agents === 'add'
        ? agents
            .filter(({ finding }) => finding === 'new')
            .slice(0, AGENTS_TOLD)
            .map(({ name }) => name)
        : [],
    refusals: refusalsToTell(plan),
    bulk_job_id: jobId,
  };
};

const becoming = { add: 'added', change: 'changed', link: 'linked' } as const;

export const toConnectionImportRow = (row: ListedFinding): ConnectionImportRow => {
  const theirs = row.given === null ? null : theirsOf(row);
  return {
    upstream_id: row.upstream_id,
    phone_number: row.phone_number === '' ? null : row.phone_number,
    phone_number_id: row.phone_number_id,
    provider: theirs?.provider ?? null,
    friendly_name: theirs?.fields['friendly_name'] ?? null,
    outcome: row.finding,
    becomes: row.act === null ? 'left' : becoming[row.act],
    differences: { ...row.differences },
    code: row.code,
    message: row.message,
  };
};
