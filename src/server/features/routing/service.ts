import type { FindingList, FindingListQuery, RouteAnswer, RoutePreview, RoutePreviewRequest, RouteRequest } from '#contract/route.ts';
import { decide, type Call } from '#routing/decide.ts';
import { DatabaseUnavailable, instantNow, type Instant } from '#server/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import { Problem } from '#server/http/problem.ts';
import type { Keyring } from '#server/secrets/keyring.ts';
import { toAnswer } from './answer.ts';
import { createFindingList } from './findings.ts';
import { readParty } from './party.ts';
import { createPreview } from './preview.ts';
import { readRoutedNumber, type ReadRouted } from './read-routed.ts';
import { createRoutingMemory, type RoutingMemoryDependencies } from './routing-memory.ts';

export interface RoutingService {
  route(request: RouteRequest): RouteAnswer | Promise<RouteAnswer>;
  preview(phoneNumberId: string, request: RoutePreviewRequest): Promise<RoutePreview>;
  listFindings(query: FindingListQuery): Promise<FindingList>;
  /** Up to when memory has heard of every change; null before it knows anything. */
  confirmed(): Instant | null;
  close(): void;
}

export interface RoutingDependencies extends RoutingMemoryDependencies {
  agents: Pick<AgentsService, 'findNames'>;
  keyring: Keyring;
  maxStalenessSeconds: number;
  /** Told of each decision, and of what it was made from. */
  onDecision?: ((source: 'memory' | 'database', answer: RouteAnswer) => void) | undefined;
}

// A call that rings cannot wait for a database that does not answer.
const ASK_WITHIN_MS = 1000;

const within = async <T>(ms: number, asked: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseUnavailable('The database did not answer in time')), ms);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
};

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

/** The decision for telephony runtimes: from memory while that is whole and fresh, else from the database itself. */
export const createRoutingService = (dependencies: RoutingDependencies): RoutingService => {
  const { maxStalenessSeconds, onDecision } = dependencies;
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

  const remembered = (ours: string, call: Call): RouteAnswer | undefined => {
    const asOf = memory.confirmed();
    if (asOf === null || performance.now() - asOf.steady > maxStalenessSeconds * 1000) return undefined;
    const row = memory.find(ours);
    const hoursId = row?.routing?.business_hours_id ?? null;
    const hours = hoursId === null ? null : memory.hours.find(hoursId);
    return row && hours !== undefined ? tell('memory', answer({ row, hours, nameOf: memory.nameOf }, call, asOf)) : undefined;
  };

  const ask = async (ours: string, call: Call): Promise<RouteAnswer> => {
    const asOf = instantNow();
    const read = await within(ASK_WITHIN_MS, readRoutedNumber(dependencies, memory.hours, ours));
    if (!read) throw unknownNumber();
    return tell('database', answer(read, call, asOf));
  };

  /** Where the database cannot be asked, memory may be old, but within the bound. */
  const askOrRemember = async (ours: string, call: Call): Promise<RouteAnswer> => {
    try {
      return await ask(ours, call);
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      const answered = remembered(ours, call);
      if (answered) return answered;
      const detail = `The database cannot be reached, and nothing in memory is younger than ${maxStalenessSeconds} seconds. Do what you do without Cordboard.`;
      throw new Problem('routing_data_stale', detail, { retry_after_seconds: 1 });
    }
  };

  return {
    route(request) {
      const { ours, call } = readCall(request);
      if (ours === null) throw unknownNumber();
      return (memory.isWhole() ? remembered(ours, call) : undefined) ?? askOrRemember(ours, call);
    },

    preview: createPreview(dependencies, memory.hours),
    listFindings: createFindingList(dependencies, memory.hours),

    confirmed: () => memory.confirmed(),
    close: () => memory.close(),
  };
};
