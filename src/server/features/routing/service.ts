import { pointerTo } from '#contract/pointer.ts';
import type {
  FindingList,
  FindingListQuery,
  FindingsSummary,
  RouteAnswer,
  RoutePreview,
  RouteRequest,
} from '#contract/numbers/route.ts';
import type { Call } from '#routing/call.ts';
import { decide } from '#routing/decide.ts';
import { zoneOfNumber } from '#routing/number-zone.ts';
import type { MemoryFirst } from '#server/platform/changes/memory-first.ts';
import { instantNow, type Instant, type Queryable } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import { countryOf } from '#server/lib/numbering-plan.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { toAnswer } from './answer.ts';
import { createFindingList } from '#server/features/routing/findings/findings.ts';
import { createFindingsSummary } from '#server/features/routing/findings/findings-summary.ts';
import type { UpstreamSource } from '#server/features/routing/findings/upstream-findings.ts';
import { readOurEnd, readParty } from './party.ts';
import { createPreview } from './preview.ts';
import { readRoutedNumber, type ReadRouted } from './read-routed.ts';
import {
  createRoutingMemory,
  type RoutingMemoryDependencies,
} from '#server/features/routing/memory/routing-memory.ts';
import type { RoutedRow } from '#server/features/routing/memory/store.ts';

export interface RoutingService {
  /** Decided by `deadline`, of `performance.now()`, or refused. */
  route(request: RouteRequest, deadline?: number): RouteAnswer | Promise<RouteAnswer>;
  /** `body` as it was sent: it is read over what is stored. */
  preview(
    context: RequestContext,
    phoneNumberId: string,
    body: Record<string, unknown>,
  ): Promise<RoutePreview>;
  listFindings(query: FindingListQuery): Promise<FindingList>;
  /** As counted last, in the background. */
  summariseFindings(): FindingsSummary;
  /** Up to when memory has heard of every change; null before it knows anything. */
  confirmed(): Instant | null;
  close(): void;
}

export interface RoutingDependencies extends RoutingMemoryDependencies {
  agents: Pick<AgentsService, 'findNames'>;
  links: UpstreamSource;
  keyring: Keyring;
  memoryFirst: MemoryFirst;
  maxStalenessSeconds: number;
  /** Told of each decision, and of what it was made from. */
  onDecision?: ((source: 'memory' | 'database', answer: RouteAnswer) => void) | undefined;
}

const unknownNumber = () => new Problem('not_found', 'This is none of your phone numbers.');

/**
 * Runtimes turn callers away where a number is not ours: never said of what may be ours, written in another
 * way.
 */
const unreadable = (field: 'to' | 'from', written: string | null): Problem => {
  const text = written?.trim() ?? '';
  const message = /^\D*\d/.test(text)
    ? `“${text}” is none of your numbers. Send the whole number, with its + and country code.`
    : text === ''
      ? `Say which of your numbers ${field === 'to' ? 'is called' : 'calls'}.`
      : `No phone number can be read from “${text}”. Send the number, with its + and country code.`;
  return fieldProblem([{ pointer: pointerTo(field), code: 'unreadable_number', message }]);
};

/** A call as it is asked about: our number, and what to say where there is no such number. */
interface Asked {
  ours: string;
  missing: () => Problem;
  /** The other end is read by what our number says of its trunk. */
  callOf: (row: Pick<RoutedRow, 'sip_caller_format'>) => Call;
}

const readRequest = ({ to, from, direction, at }: RouteRequest): Asked => {
  const isInbound = direction === 'inbound';
  const [field, written, other] = isInbound ? (['to', to, from] as const) : (['from', from, to] as const);
  const ours = readOurEnd(written);
  if (ours === null) throw unreadable(field, written);
  return {
    ours: ours.number,
    missing: () => (ours.isInternational ? unknownNumber() : unreadable(field, written)),
    callOf: ({ sip_caller_format: format }) => ({
      direction,
      party: readParty(other, direction, format),
      at: at === undefined ? Date.now() : Date.parse(at),
    }),
  };
};

/**
 * The decision for telephony runtimes: from memory while that is proved fresh, else from the database itself.
 */
export const createRoutingService = (dependencies: RoutingDependencies): RoutingService => {
  const { maxStalenessSeconds, memoryFirst, onDecision } = dependencies;
  const memory = createRoutingMemory(dependencies);
  const summary = createFindingsSummary({ ...dependencies, known: memory.hours });

  const answer = ({ row, hours, nameOf }: ReadRouted, { callOf }: Asked, asOf: Instant): RouteAnswer => {
    const { id, phone_number: phoneNumber, routing, version } = row;
    const call = callOf(row);
    const hoursId = routing?.business_hours_id ?? null;
    // A runtime has no clock of its own that its reasons could be told by: what is left is UTC.
    const zone = () => zoneOfNumber(hours, countryOf(phoneNumber), 'UTC');
    const decision = decide(row, hours, call, { nameOf, zone });
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

  const find = (asked: Asked, asOf: Instant | null): RouteAnswer | undefined => {
    const row = memory.find(asked.ours);
    const hoursId = row?.routing?.business_hours_id ?? null;
    const hours = hoursId === null ? null : memory.hours.find(hoursId);
    return row && hours !== undefined && asOf !== null
      ? tell('memory', answer({ row, hours, nameOf: memory.nameOf }, asked, asOf))
      : undefined;
  };

  const ask = async (database: Queryable, asked: Asked): Promise<RouteAnswer> => {
    const asOf = instantNow();
    const read = await readRoutedNumber({ ...dependencies, database }, memory.hours, asked.ours);
    if (!read) throw asked.missing();
    return tell('database', answer(read, asked, asOf));
  };

  return {
    route(request, deadline) {
      const asked = readRequest(request);
      const confirmed = memory.confirmed();
      const view = { isWhole: memory.isWhole(), confirmed, find: () => find(asked, confirmed) };
      return memoryFirst(view, deadline, (database) => ask(database, asked));
    },

    preview: createPreview(dependencies, memory.hours),
    listFindings: createFindingList(dependencies, memory.hours),
    summariseFindings: () => summary.read(),

    confirmed: () => memory.confirmed(),
    close() {
      summary.close();
      memory.close();
    },
  };
};
