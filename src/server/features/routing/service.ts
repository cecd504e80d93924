import type { FindingList, FindingListQuery, RouteAnswer, RoutePreview, RouteRequest } from '#contract/route.ts';
import { decide, type Call } from '#routing/decide.ts';
import type { MemoryFirst } from '#server/changes/memory-first.ts';
import { instantNow, type Instant, type Queryable } from '#server/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import { Problem } from '#server/http/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/secrets/keyring.ts';
import { toAnswer } from './answer.ts';
import { createFindingList } from './findings.ts';
import { readParty } from './party.ts';
import { createPreview } from './preview.ts';
import { readRoutedNumber, type ReadRouted } from './read-routed.ts';
import { createRoutingMemory, type RoutingMemoryDependencies } from './routing-memory.ts';

export interface RoutingService {
  route(request: RouteRequest): RouteAnswer | Promise<RouteAnswer>;
  /** `body` as it was sent: it is read over what is stored. */
  preview(context: RequestContext, phoneNumberId: string, body: Record<string, unknown>): Promise<RoutePreview>;
  listFindings(query: FindingListQuery): Promise<FindingList>;
  /** Up to when memory has heard of every change; null before it knows anything. */
  confirmed(): Instant | null;
  close(): void;
}

export interface RoutingDependencies extends RoutingMemoryDependencies {
  agents: Pick<AgentsService, 'findNames'>;
  keyring: Keyring;
  memoryFirst: MemoryFirst;
  maxStalenessSeconds: number;
  /** Told of each decision, and of what it was made from. */
  onDecision?: ((source: 'memory' | 'database', answer: RouteAnswer) => void) | undefined;
}

// A call that rings cannot wait for a database that does not answer. Whose key it is may have been asked before, for as long.
const ASK_WITHIN_MS = 300;

const unknownNumber = () => new Problem('not_found', 'No phone number of ours is this one.');

/** Who is called, and by whom: which end is ours depends on the direction. */
const readCall = ({ to, from, direction, at }: RouteRequest): { ours: string | null; call: Call } => {
  const [called, caller] = [readParty(to), readParty(from)];
  const isInbound = direction === 'inbound';
  return {
    ours: (isInbound ? called : caller).number,
    call: { direction, party: isInbound ? caller : called, at: at === undefined ? Date.now() : Date.parse(at) },
  };
};

/** The decision for telephony runtimes: from memory while that is proved fresh, else from the database itself. */
export const createRoutingService = (dependencies: RoutingDependencies): RoutingService => {
  const { maxStalenessSeconds, memoryFirst, onDecision } = dependencies;
  const memory = createRoutingMemory(dependencies);

  const answer = ({ row, hours, nameOf }: ReadRouted, call: Call, asOf: Instant): RouteAnswer => {
    const { id, phone_number: phoneNumber, routing, version } = row;
    const hoursId = routing?.business_hours_id ?? null;
    const decision = decide(row, hours, call, nameOf);
    return {
      ...toAnswer({ id, phoneNumber, routing, call, hours, hoursId, decision }),
      version,
      data: { as_of: new Date(asOf.wall).toISOString(), max_staleness_seconds: maxStalenessSeconds },
    };
  };

  const tell = (source: 'memory' | 'database', decided: RouteAnswer): RouteAnswer => {
    onDecision?.(source, decided);
    return decided;
  };

  const find = (ours: string, call: Call, asOf: Instant | null): RouteAnswer | undefined => {
    const row = memory.find(ours);
    const hoursId = row?.routing?.business_hours_id ?? null;
    const hours = hoursId === null ? null : memory.hours.find(hoursId);
    return row && hours !== undefined && asOf !== null ? tell('memory', answer({ row, hours, nameOf: memory.nameOf }, call, asOf)) : undefined;
  };

  const ask = async (database: Queryable, ours: string, call: Call): Promise<RouteAnswer> => {
    const asOf = instantNow();
    const read = await readRoutedNumber({ ...dependencies, database }, memory.hours, ours);
    if (!read) throw unknownNumber();
    return tell('database', answer(read, call, asOf));
  };

  return {
    route(request) {
      const { ours, call } = readCall(request);
      if (ours === null) throw unknownNumber();
      const confirmed = memory.confirmed();
      const held = { isWhole: memory.isWhole(), confirmed, find: () => find(ours, call, confirmed) };
      return memoryFirst(held, ASK_WITHIN_MS, (database) => ask(database, ours, call));
    },

    preview: createPreview(dependencies, memory.hours),
    listFindings: createFindingList(dependencies, memory.hours),

    confirmed: () => memory.confirmed(),
    close: () => memory.close(),
  };
};
