import { agentNameSchema } from '#contract/agents.ts';
import { lookOf } from '#contract/reading/text.ts';
import { newId } from '#server/lib/ids.ts';
import { recordAudits } from '#server/platform/audit/record.ts';
import { announceChanges } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import { insertAgentLinks, selectAgentsLinked, selectLinksOfAgents } from './agent-link-store.ts';
import { insertAgents, selectAgentsNamed, selectNumberedNames } from './store.ts';

/** An agent as a platform has it. */
export interface UpstreamAgentToTake {
  upstream_id: string;
  name: string;
}

const MAX_NAME = 120;

/** The name that an agent of a platform has here: its own where it can be one. */
export const nameHere = (upstreamId: string, name: string | null): string => {
  const own = agentNameSchema.safeParse(name?.slice(0, MAX_NAME) ?? '');
  return own.success ? own.data : `Agent ${upstreamId}`.slice(0, MAX_NAME);
};

// Longer than any number behind a name.
const ROOM = 10;

/**
 * Gives names that nobody has: `Asha`, else `Asha (2)`. Where thousands begin alike, each goes on behind the last:
 * they are not counted through anew.
 */
export const createFreeNames = (taken: Set<string>) => {
  const lastOf = new Map<string, number>();
  return (name: string): string => {
    const start = lookOf(name.slice(0, MAX_NAME - ROOM));
    let free = name;
    while (taken.has(lookOf(free))) {
      const at = (lastOf.get(start) ?? 1) + 1;
      lastOf.set(start, at);
      const suffix = ` (${at})`;
      free = `${name.slice(0, MAX_NAME - suffix.length)}${suffix}`;
    }
    taken.add(lookOf(free));
    return free;
  };
};

/**
 * Gives the agents of a platform the ids that they have there: those that are here by name and have none yet,
 * and, where `isAdding`, new ones for all others. Those that are known already stay as they are.
 */
export const takeUpstreamAgents = async (
  tx: Transaction,
  context: RequestContext,
  connectionId: string,
  agents: readonly UpstreamAgentToTake[],
  { isAdding }: { isAdding: boolean },
): Promise<void> => {
  const known = new Set((await selectAgentsLinked(tx, connectionId, null)).map((link) => link.upstream_id));
  const missing = agents.filter(({ upstream_id: id }) => !known.has(id));
  if (missing.length === 0) return;
  const names = [...new Set(missing.map(({ name }) => lookOf(name)))];
  const named = new Map((await selectAgentsNamed(tx, names)).map((agent) => [lookOf(agent.name), agent]));
  const linksOf = new Map<string, Record<string, string>>();
  for (const link of await selectLinksOfAgents(
    tx,
    [...named.values()].map(({ id }) => id),
  ))
    linksOf.set(link.agent_id, { ...linksOf.get(link.agent_id), [link.connection_id]: link.upstream_id });

  const numbered = isAdding ? await selectNumberedNames(tx) : [];
  const freeName = createFreeNames(new Set([...named.keys(), ...numbered.map(lookOf)]));
  const matched: { id: string; name: string; upstream_id: string }[] = [];
  const toAdd: { id: string; name: string; upstream_id: string }[] = [];
  const given = new Set<string>();
  for (const { upstream_id, name } of missing) {
    const agent = named.get(lookOf(name));
    const isFree = agent && !given.has(agent.id) && linksOf.get(agent.id)?.[connectionId] === undefined;
    if (isFree) {
      given.add(agent.id);
      matched.push({ ...agent, upstream_id });
    } else if (isAdding) {
      toAdd.push({ id: newId(), name: freeName(name), upstream_id });
    }
  }
  const added = new Set((await insertAgents(tx, toAdd)).map(({ id }) => id));
  const isAdded = toAdd.filter(({ id }) => added.has(id));
  await insertAgentLinks(
    tx,
    [...matched, ...isAdded].map(({ id, upstream_id }) => ({
      agent_id: id,
      connection_id: connectionId,
      upstream_id,
    })),
  );
  const linked = (id: string, upstreamId: string) => ({ ...linksOf.get(id), [connectionId]: upstreamId });
  await recordAudits(tx, context, [
    ...matched.map(({ id, name, upstream_id }) => ({
      action: 'agent.updated' as const,
      subject: { kind: 'agent' as const, id, name },
      changes: {
        upstream_ids: { before: linksOf.get(id) ?? null, after: linked(id, upstream_id) },
      },
    })),
    ...isAdded.map(({ id, name, upstream_id }) => ({
      action: 'agent.added' as const,
      subject: { kind: 'agent' as const, id, name },
      changes: {
        agent_name: { before: null, after: name },
        agent_status: { before: null, after: 'active' },
        upstream_ids: { before: null, after: linked(id, upstream_id) },
      },
    })),
  ]);
  const told = (some: readonly { id: string }[]) => some.map(({ id }) => ({ id, version: 1 }));
  await announceChanges(tx, { subject: 'agent', change: 'updated' }, told(matched));
  await announceChanges(tx, { subject: 'agent', change: 'added' }, told(isAdded));
};
