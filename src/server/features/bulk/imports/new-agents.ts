import { agentNameSchema } from '#contract/agents.ts';
import { api } from '#contract/api.ts';
import type { AgentField } from '#contract/numbers/table/headings.ts';
import { assertAllowed } from '#server/access.ts';
import type { FindAgent } from '#server/features/imports/reading/judge-row.ts';
import { shownValue, type RowReading } from '#server/features/imports/reading/row.ts';
import { fieldErrors, Problem } from '#server/problem.ts';
import type { Actor } from '#server/request-context.ts';

const { access } = api['POST /v2/ai-agents'];

export const mayAddAgents = (actor: Actor): boolean => {
  try {
    assertAllowed(access, actor, new Date());
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
};

/** All names of agents that these rows give. */
export const namesIn = (rows: readonly { reading: RowReading }[]): string[] => [
  ...new Set(rows.flatMap(({ reading }) => Object.values(reading.agentNames))),
];

export type NewAgents = Partial<Record<AgentField, string>>;

/**
 * A row without the agents that are not there and would be added, and their names. A name that no agent can
 * have is an error of the row.
 */
export const withoutNewAgents = (
  reading: RowReading,
  findAgent: FindAgent,
): { reading: RowReading; newAgents: NewAgents } => {
  const agentNames: RowReading['agentNames'] = {};
  const newAgents: NewAgents = {};
  const errors = [...reading.errors];
  for (const [field, name] of Object.entries(reading.agentNames) as [AgentField, string][]) {
    const judged = findAgent(name) === undefined ? agentNameSchema.safeParse(name) : null;
    if (judged === null) agentNames[field] = name;
    else if (judged.success) newAgents[field] = judged.data;
    else
      for (const { code, message } of fieldErrors(judged.error.issues))
        errors.push({ column: reading.columns[field] ?? field, value: shownValue(name), code, message });
  }
  return { reading: { ...reading, agentNames, errors }, newAgents };
};
