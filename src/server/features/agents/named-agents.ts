import { lookOf } from '#contract/reading/text.ts';
import { newId } from '#server/lib/ids.ts';
import { changesBetween, recordAudits } from '#server/platform/audit/record.ts';
import { announceChange, announceChanges } from '#server/platform/changes/announce.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import { insertAgents, selectAgentsNamed, type AgentRow } from './store.ts';

export type NamedAgent = Pick<AgentRow, 'id' | 'name'>;

/** The agents that have one of these names, retired ones too: names that look alike are one. */
export const findNamedAgents = async (
  queryable: Queryable,
  names: readonly string[],
): Promise<NamedAgent[]> =>
  names.length === 0 ? [] : selectAgentsNamed(queryable, [...new Set(names.map(lookOf))]);

/** Adds an agent for each of these names, as the contract reads them, that nobody has; of two that look alike for the first. */
export const addNamedAgents = async (
  tx: Transaction,
  context: RequestContext,
  names: readonly string[],
): Promise<void> => {
  const distinct = new Map(names.toReversed().map((name) => [lookOf(name), name]));
  const added = await insertAgents(
    tx,
    [...distinct.values()].map((name) => ({ id: newId(), name })),
  );
  const records = added.map(({ id, name }) => ({
    action: 'agent.added' as const,
    subject: { kind: 'agent' as const, id, name },
    changes: changesBetween({}, { agent_name: name, agent_status: 'active' }),
  }));
  await recordAudits(tx, context, records);
  const [first] = added;
  if (first !== undefined && added.length === 1)
    await announceChange(tx, { subject: 'agent', id: first.id, change: 'added', version: null });
  else
    await announceChanges(
      tx,
      { subject: 'agent', change: 'added' },
      added.map(({ id }) => ({ id, version: 1 })),
    );
};
