import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { AgentStatus } from '#contract/agents.ts';
import type { Finding } from '#contract/numbers/finding.ts';
import { lint } from '#routing/lint/lint.ts';
import { forwardTargets } from '#routing/destinations.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import { followForwards } from '#server/features/phone-numbers/acts/check-forwards.ts';
import type { KnownHours, VersionedHours } from '#server/features/routing/memory/known-hours.ts';
import type { LintedRow } from './findings-store.ts';

const ROWS_PER_YIELD = 25;

/** What is known beside the numbers themselves. */
export interface Facts {
  at: number;
  hours: ReadonlyMap<string, VersionedHours>;
  agentsById: ReadonlyMap<string, { status: AgentStatus }>;
}

export const byId = <T extends { id: string }>(rows: readonly T[]) =>
  new Map(rows.map((row) => [row.id, row]));

/** What is wrong with each of these numbers, in their order. */
export const lintNumbers = async <Row extends LintedRow>(
  database: Queryable,
  known: KnownHours,
  rows: readonly Row[],
  { hours, agentsById, at }: Facts,
): Promise<{ row: Row; findings: Finding[] }[]> => {
  const targets = rows.flatMap(({ routing }) => (routing === null ? [] : forwardTargets(routing)));
  const forwards = await followForwards(database, targets);
  const linted: { row: Row; findings: Finding[] }[] = [];
  for (const row of rows) {
    // Calls are decided between two of them.
    if (linted.length % ROWS_PER_YIELD === 0) await yieldToEventLoop();
    const own = hours.get(row.routing?.business_hours_id ?? '');
    const findings = lint(row, own ? known.sameAs(own) : null, {
      at,
      country: row.country,
      statusOf: (agentId) => agentsById.get(agentId)?.status,
      forwardsOf: (number) => forwards.get(number) ?? [],
    });
    linted.push({ row, findings });
  }
  return linted;
};
