import type {
  AgentUse,
  AgentUseKind,
  AgentUseList,
  AgentUseListQuery,
  AgentUsePlace,
} from '#contract/agent-uses.ts';
import { pointerTo } from '#contract/pointer.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import { agentsAt, destinationsOf, type PlacedDestination } from '#routing/destinations.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { RunHeavy } from '#server/platform/fairness/turns.ts';
import type { PageTokens } from '#server/platform/http/page-token.ts';
import { Problem } from '#server/problem.ts';
import { selectionOfUses } from './agent-uses-store.ts';
import { createPageFinder } from './find-page.ts';
import { positionOf } from './list-order.ts';

const shareOf = (destination: Destination, agentId: string): number | null => {
  if (destination.type !== 'split') return null;
  const total = destination.agents.reduce((sum, { weight }) => sum + weight, 0);
  const own = destination.agents.find(({ agent_id: id }) => id === agentId)?.weight ?? 0;
  return own / total;
};

const nameOfRule = ({ routing }: PhoneNumberRow, { path }: PlacedDestination): string | null =>
  path[1] === 'rules' ? (routing?.rules[Number(path[2])]?.name ?? null) : null;

const routedPlaces = (row: PhoneNumberRow, agentId: string): AgentUsePlace[] =>
  destinationsOf(row.routing).flatMap((placed) =>
    agentsAt(placed)
      .filter(({ value }) => value === agentId)
      .map(({ pointer }) => ({
        pointer,
        rule_name: nameOfRule(row, placed),
        is_enabled: placed.isEnabled,
        share: shareOf(placed.destination, agentId),
      })),
  );

const ownPlace = (...path: string[]): AgentUsePlace[] => [
  { pointer: pointerTo(...path), rule_name: null, is_enabled: true, share: null },
];

const placesOf: Record<AgentUseKind, (row: PhoneNumberRow, agentId: string) => AgentUsePlace[]> = {
  inbound: () => ownPlace('inbound_agent_id'),
  outbound: () => ownPlace('outbound_agent_id'),
  routing: routedPlaces,
  stand_in: () => ownPlace('temporary_reassignment', 'agent_id'),
};

interface AgentUseDependencies {
  database: Database;
  agents: Pick<AgentsService, 'findNames'>;
  pageTokens: PageTokens;
}

/** Everything that names an agent, by the ways in which the list itself finds its pages. */
export const createAgentUseList = ({ database, agents, pageTokens }: AgentUseDependencies) => {
  const findPage = createPageFinder(database);

  return async (
    agentId: string,
    { kind, page_size: pageSize, page_token: token, include }: AgentUseListQuery,
    runHeavy: RunHeavy,
  ): Promise<AgentUseList> => {
    const list = ['agent-uses', agentId, kind];
    const after = token === undefined ? undefined : pageTokens.read(list, token);
    if ((await agents.findNames(database, [agentId])).length === 0)
      throw new Problem('not_found', 'No agent has this id.');
    const request = {
      selection: selectionOfUses(agentId, kind),
      page: { field: 'phone_number', descending: false, after, skip: 0, limit: pageSize + 1 },
      words: 0,
      isTotalAsked: include === 'total',
    } as const;
    const { rows, total } = await findPage(request, runHeavy);
    const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
    const data = rows.slice(0, pageSize).map((row): AgentUse => {
      const { id: _id, phone_number_international, friendly_name } = row;
      return {
        phone_number: { _id, phone_number_international, friendly_name },
        places: placesOf[kind](row, agentId),
        temporary_reassignment: kind === 'stand_in' ? row.temporary_reassignment : null,
      };
    });
    return {
      data,
      next_page_token: last ? pageTokens.write(list, positionOf(last, 'phone_number')) : null,
      ...total,
    };
  };
};
