import { pointerTo } from '#contract/pointer.ts';
import type { z } from 'zod';
import {
  agentUpdateSchema,
  type Agent,
  type AgentCreate,
  type agentListSchema,
  type AgentListQuery,
} from '#contract/agents.ts';
import type { AuditAction } from '#contract/audit-events.ts';
import type { FieldError } from '#contract/errors.ts';
import { changesBetween, recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import {
  isForeignKeyViolation,
  isUniqueViolation,
  type Database,
  type Queryable,
  type Transaction,
} from '#server/platform/db/database.ts';
import { searchable } from '#server/lib/fold.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import { Problem } from '#server/problem.ts';
import { readOver } from '#server/platform/http/body/read-over.ts';
import { answerOnce } from '#server/platform/idempotency/answer-once.ts';
import { newId } from '#server/lib/ids.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import {
  insertAgent,
  lockAgent,
  lockAgentsShared,
  selectAgent,
  selectAgentIds,
  selectAgentNames,
  selectAgents,
  updateAgentRow,
  type AgentRow,
  type AgentStanding,
} from './store.ts';
import {
  deleteAgentLink,
  selectAgentsLinked,
  selectLinksOfAgents,
  upsertAgentLink,
} from './agent-link-store.ts';
import { toAgent } from './to-agent.ts';

/** Ids of agents, by the JSON pointer at which each is named. */
export type AgentsByPlace = Readonly<Record<string, string>>;

/** Agents a number is given, by the JSON pointer at which each is named, and the accounts it is linked to. */
export interface AgentsToLink {
  places: AgentsByPlace;
  connectionIds: readonly string[];
}

export interface AgentsService {
  listAgents(query: AgentListQuery): Promise<z.infer<typeof agentListSchema>>;
  readAgent(id: string): Promise<{ data: Agent }>;
  addAgent(context: RequestContext, body: AgentCreate): Promise<{ data: Agent }>;
  /** A merge patch as it was sent. */
  updateAgent(context: RequestContext, id: string, body: Record<string, unknown>): Promise<{ data: Agent }>;
  /**
   * Of each number, an error for each place whose agent does not exist or is retired. Those that pass stay as
   * they are until the transaction ends.
   */
  findUnassignable(tx: Transaction, numbers: readonly AgentsByPlace[]): Promise<FieldError[][]>;
  /** Of each number, an error for each place whose agent an account that it is linked to does not know. */
  findUnlinked(tx: Transaction, numbers: readonly AgentsToLink[]): Promise<FieldError[][]>;
  /** The ids that these agents have on a platform. */
  findUpstreamIds(
    queryable: Queryable,
    connectionId: string,
    ids: readonly string[],
  ): Promise<Map<string, string>>;
  /** Whom a platform knows by these ids, by them; all whom it knows where none are given. */
  findByUpstreamIds(
    queryable: Queryable,
    connectionId: string,
    upstreamIds: readonly string[] | null,
  ): Promise<Map<string, string>>;
  /** Those of these agents that exist, by their ids; they stay as they are until the transaction ends. */
  findStanding(tx: Transaction, ids: readonly string[]): Promise<Map<string, AgentStanding>>;
  /** The ids of agents whose name matches a LIKE pattern of folded text. */
  findAgentIds(queryable: Queryable, pattern: string): Promise<string[]>;
  /** What agents are called and whether they are retired: these, or all where no ids are given. */
  findNames(
    queryable: Queryable,
    ids: readonly string[] | null,
  ): Promise<Pick<AgentRow, 'id' | 'name' | 'status'>[]>;
}

type AuditedAgent = Pick<AgentRow, 'name' | 'status' | 'language_code'>;

const audited = ({ name, status, language_code }: AuditedAgent, upstreamIds: UpstreamIds) => ({
  agent_name: name,
  agent_status: status,
  language_code,
  upstream_ids: Object.keys(upstreamIds).length === 0 ? null : upstreamIds,
});

type UpstreamIds = Readonly<Record<string, string>>;

const withoutNulls = (ids: Readonly<Record<string, string | null>>): UpstreamIds =>
  Object.fromEntries(Object.entries(ids).filter((entry): entry is [string, string] => entry[1] !== null));

const actionOf = (before: AgentRow, after: Pick<AgentRow, 'status'>): AuditAction => {
  if (before.status === after.status) return 'agent.updated';
  return after.status === 'retired' ? 'agent.retired' : 'agent.reinstated';
};

const notFound = () => new Problem('not_found', 'No agent has this id.');

const takenUpstreamId = () => {
  const message = 'Another agent has that id there. Take it from that one first.';
  return new Problem('upstream_id_taken', message, {
    errors: [{ pointer: pointerTo('upstream_ids'), code: 'upstream_id_taken', message }],
  });
};

const noConnection = () => {
  const message = 'No connection has this id.';
  return new Problem('connection_not_found', message, {
    errors: [{ pointer: pointerTo('upstream_ids'), code: 'connection_not_found', message }],
  });
};

const refuseTakenName = (error: unknown): never => {
  if (isUniqueViolation(error, 'agent_link_upstream_id')) throw takenUpstreamId();
  if (isForeignKeyViolation(error, 'agent_link_connection_id_fkey')) throw noConnection();
  if (!isUniqueViolation(error, 'agent_name_key')) throw error;
  const message =
    'Choose a name that no other agent has: names that look alike are one, in upper or lower case.';
  throw new Problem('agent_name_taken', message, {
    errors: [{ pointer: pointerTo('agent_name'), code: 'agent_name_taken', message }],
  });
};

const judge = (pointer: string, agent: Pick<AgentRow, 'status'> | undefined): FieldError[] => {
  if (!agent)
    return [
      {
        pointer,
        code: 'agent_not_found',
        message: 'No agent has this id. Choose one from GET /v2/ai-agents.',
      },
    ];
  if (agent.status === 'active') return [];
  return [
    {
      pointer,
      code: 'agent_retired',
      message: 'This agent is retired. Choose another, or reinstate it first.',
    },
  ];
};

export const createAgentsService = ({
  database,
  keyring,
}: {
  database: Database;
  keyring: Keyring;
}): AgentsService => {
  const pageTokens = createPageTokens(keyring);

  const present = async (queryable: Queryable, id: string): Promise<{ data: Agent }> => {
    const row = await selectAgent(queryable, id);
    if (!row) throw notFound();
    return { data: toAgent(row) };
  };

  const saveUpstreamIds = async (
    tx: Transaction,
    agentId: string,
    before: UpstreamIds,
    after: UpstreamIds,
  ): Promise<void> => {
    for (const connectionId of Object.keys(before))
      if (after[connectionId] === undefined) await deleteAgentLink(tx, agentId, connectionId);
    for (const [connectionId, upstreamId] of Object.entries(after))
      if (before[connectionId] !== upstreamId)
        await upsertAgentLink(tx, {
          agent_id: agentId,
          connection_id: connectionId,
          upstream_id: upstreamId,
        });
  };

  return {
    async listAgents({ page_size: pageSize, page_token: token, q, agent_status: status }) {
      const list = ['agents', q ?? null, status ?? null];
      const after = token === undefined ? undefined : pageTokens.read(list, token);
      const rows = await selectAgents(database, {
        q: q === undefined ? undefined : searchable(q),
        status,
        after,
        limit: pageSize + 1,
      });
      const page = rows.slice(0, pageSize);
      const last = page.at(-1);
      const isMore = rows.length > pageSize && last !== undefined;
      return {
        data: page.map(toAgent),
        next_page_token: isMore ? pageTokens.write(list, [last.name_key, last.id]) : null,
      };
    },

    readAgent: (id) => present(database, id),

    async addAgent(
      context,
      { agent_name: name, language_code: languageCode = null, upstream_ids: upstreamIds = {} },
    ) {
      const add = async (tx: Transaction) => {
        const id = newId();
        await insertAgent(tx, { id, name, language_code: languageCode });
        await saveUpstreamIds(tx, id, {}, upstreamIds);
        const agent = { name, status: 'active', language_code: languageCode } as const;
        const changes = changesBetween({}, audited(agent, upstreamIds));
        await recordAudit(tx, context, {
          action: 'agent.added',
          subject: { kind: 'agent', id, name },
          changes,
        });
        await announceChange(tx, { subject: 'agent', id, change: 'added', version: null });
        return present(tx, id);
      };
      return database.transaction((tx) => answerOnce(tx, context, 201, () => add(tx))).catch(refuseTakenName);
    },

    async updateAgent(context, id, body) {
      const update = async (tx: Transaction) => {
        const before = await lockAgent(tx, id);
        if (!before) throw notFound();
        const idsBefore = Object.fromEntries(
          (await selectLinksOfAgents(tx, [id])).map((link) => [link.connection_id, link.upstream_id]),
        );
        const patch = await readOver(context, agentUpdateSchema, audited(before, idsBefore), body);
        const idsAfter = withoutNulls({ ...idsBefore, ...patch.upstream_ids });
        const after = {
          id,
          name: patch.agent_name ?? before.name,
          status: patch.agent_status ?? before.status,
          language_code: patch.language_code === undefined ? before.language_code : patch.language_code,
        };
        const changes = changesBetween(audited(before, idsBefore), audited(after, idsAfter));
        if (Object.keys(changes).length > 0) {
          await updateAgentRow(tx, after);
          await saveUpstreamIds(tx, id, idsBefore, idsAfter);
          await recordAudit(tx, context, {
            action: actionOf(before, after),
            subject: { kind: 'agent', id, name: after.name },
            changes,
          });
          await announceChange(tx, { subject: 'agent', id, change: 'updated', version: null });
        }
        return present(tx, id);
      };
      return database.transaction(update).catch(refuseTakenName);
    },

    async findUnassignable(tx, numbers) {
      const ids = new Set(numbers.flatMap((places) => Object.values(places)));
      const locked = ids.size === 0 ? [] : await lockAgentsShared(tx, [...ids]);
      const byId = new Map(locked.map((agent) => [agent.id, agent]));
      return numbers.map((places) =>
        Object.entries(places).flatMap(([pointer, id]) => judge(pointer, byId.get(id))),
      );
    },

    async findStanding(tx, ids) {
      const locked = ids.length === 0 ? [] : await lockAgentsShared(tx, ids);
      return new Map(locked.map((agent) => [agent.id, agent]));
    },

    async findUnlinked(tx, numbers) {
      const ids = new Set(numbers.flatMap(({ places }) => Object.values(places)));
      const links = ids.size === 0 ? [] : await selectLinksOfAgents(tx, [...ids]);
      const known = new Set(links.map(({ agent_id, connection_id }) => `${agent_id} ${connection_id}`));
      return numbers.map(({ places, connectionIds }) =>
        Object.entries(places)
          .filter(([, id]) => connectionIds.some((connection) => !known.has(`${id} ${connection}`)))
          .map(([pointer]) => ({
            pointer,
            code: 'agent_not_upstream',
            message:
              'The number’s platform does not know this agent. Give it the id that it has there, or choose another.',
          })),
      );
    },

    findUpstreamIds: async (queryable, connectionId, ids) =>
      new Map(
        (await selectLinksOfAgents(queryable, ids))
          .filter((link) => link.connection_id === connectionId)
          .map((link) => [link.agent_id, link.upstream_id]),
      ),

    findByUpstreamIds: async (queryable, connectionId, upstreamIds) =>
      new Map(
        (await selectAgentsLinked(queryable, connectionId, upstreamIds)).map((link) => [
          link.upstream_id,
          link.agent_id,
        ]),
      ),

    findAgentIds: selectAgentIds,
    findNames: selectAgentNames,
  };
};
