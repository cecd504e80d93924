import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#server/platform/db/database.ts';
import { EgressError } from '#server/platform/egress/egress-error.ts';
import type { Egress, EgressRequest } from '#server/platform/egress/egress.ts';
import type { EgressAnswer } from '#server/platform/egress/exchange.ts';
import { createGate } from '#server/platform/fairness/gate.ts';
import { UpstreamError } from './kinds/upstream/upstream-error.ts';
import { reserveRequest, restRequests, selectRequestWait } from './pace-store.ts';

/*
 * The promise: however many servers ask an account, and whatever for, it is asked five times a second at most,
 * and not at all while it has asked for a rest. Of one server at most two requests are under way.
 */

// A little less than may be: one that goes out late must not come in the same second as the sixth after it.
const EVERY_MS = 205;
const A_SECOND = 5;
const SECOND_MS = 1010;
const IN_FLIGHT = 2;
/** Who would have to wait longer is told so instead, and comes back. */
const LONGEST_WAIT_MS = 60_000;
/** Where the platform asks for a rest, but does not say how long. */
const REST_MS = 2000;
const LONGEST_REST_MS = 24 * 3_600_000;

// One for the process: whoever asks an account shares its two places.
const places = createGate({ perActor: IN_FLIGHT, maxTotalSize: Number.POSITIVE_INFINITY });

// When the last five went out, of each account: what was late here is made up for here, whatever was reserved.
const lastSent = new Map<string, number[]>();

const spacedMs = (connectionId: string): number => {
  const times = lastSent.get(connectionId) ?? [];
  const [first] = times;
  return first === undefined || times.length < A_SECOND ? 0 : first + SECOND_MS - performance.now();
};
const noteSent = (connectionId: string): void => {
  const times = lastSent.get(connectionId) ?? [];
  lastSent.set(connectionId, [...times, performance.now()].slice(-A_SECOND));
};

const brokenOff = () => new EgressError('cancelled', 'The request was broken off.');

interface PaceDependencies {
  database: Database;
  egress: Egress;
}

/** Seconds or a date, as the header says it; in milliseconds from now. */
const restAskedFor = ({ headers }: EgressAnswer): number => {
  const { 'retry-after': said } = headers;
  if (said === undefined) return REST_MS;
  const ms = /^\s*\d{1,9}\s*$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isNaN(ms) ? REST_MS : Math.min(Math.max(0, ms), LONGEST_REST_MS);
};

/**
 * An egress for one connection: each request waits for its turn, at most a minute, before its own time begins.
 * Throws what `egress` does, and an `UpstreamError` `rate_limited` where its turn is further away. Never to be
 * used inside a transaction.
 */
export const createPacedEgress = ({ database, egress }: PaceDependencies, connectionId: string): Egress => {
  const awaitTurn = async (signal: AbortSignal | undefined): Promise<void> => {
    const waitMs = await reserveRequest(database, connectionId, {
      everyMs: EVERY_MS,
      withinMs: LONGEST_WAIT_MS,
    });
    if (waitMs === null) {
      const restMs = await selectRequestWait(database, connectionId);
      if (restMs === null) throw new EgressError('cancelled', 'The connection was removed.');
      const retryAfterMs = Math.max(0, Math.ceil(restMs));
      throw new UpstreamError('rate_limited', 'The platform asks to be asked less often.', { retryAfterMs });
    }
    const sleep = (ms: number) =>
      delay(ms, undefined, signal === undefined ? {} : { signal }).catch((): never => {
        throw brokenOff();
      });
    if (waitMs > 0) await sleep(waitMs);
    for (let ms = spacedMs(connectionId); ms > 0; ms = spacedMs(connectionId)) await sleep(ms);
    noteSent(connectionId);
  };

  const ask = async (request: EgressRequest): Promise<EgressAnswer> => {
    await awaitTurn(request.signal);
    const answer = await egress.request(request);
    if (answer.status === 429) await restRequests(database, connectionId, restAskedFor(answer));
    return answer;
  };

  return {
    async request(request) {
      const { signal } = request;
      const leave = await places.enter(connectionId, { signal }).catch((): never => {
        throw brokenOff();
      });
      try {
        return await ask(request);
      } finally {
        leave();
      }
    },
  };
};
