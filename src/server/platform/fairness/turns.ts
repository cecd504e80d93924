import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '#server/problem.ts';
import { createGate, GaveUp } from './gate.ts';

/*
 * The promise: whoever asks for much at once waits behind themselves, and nobody behind them. Of an actor two
 * heavy queries run at once; more wait at most two seconds and are then refused, to be asked again. Of all
 * actors so many run that connections are left for what is light, which never waits here.
 */

export interface TurnOptions {
  /** How many heavy queries of all actors run at once: one, where the database has one session. */
  maxConcurrent: number;
  /**
   * The database serves one at a time: heavy queries are cut into slices and leave pauses while others ask
   * too.
   */
  isOneSession: boolean;
  /** Off only to show what it is for. */
  limited?: boolean;
}

export interface Turn {
  /** Runs one query when its turn has come. */
  query<T>(ask: () => Promise<T>): Promise<T>;
  /** Others wait for every query that is asked here: ask in small ones. */
  isCrowded(): boolean;
}

/** Runs heavy work for whoever it is bound to. Throws `too_many_requests`. */
export type RunHeavy = <T>(work: (turn: Turn) => Promise<T>) => Promise<T>;

/** For the command line, where nobody else asks. */
export const runUnlimited: RunHeavy = (work) => work({ query: (ask) => ask(), isCrowded: () => false });

export interface Asker {
  actor: string;
  signal: AbortSignal;
}

const PER_ACTOR = 2;
const WAIT_MS = 2000;
// While others ask too, a query is followed by a pause so many times as long. One session is then mostly free
// for them; where there are many, the processors are.
const PAUSE = { oneSession: 2, manySessions: 1 };
// Long ones are mostly waiting for something else, and the lane is closed to everybody meanwhile.
const LONGEST_PAUSE_MS = 200;
const pauseAfter = (tookMs: number, times: number) =>
  delay(Math.min(tookMs * times, LONGEST_PAUSE_MS), undefined, { ref: false });
// Whoever asked something that lately is still there.
const PRESENT_MS = 5000;

export const createTurns = ({ maxConcurrent, isOneSession, limited = true }: TurnOptions) => {
  const own = createGate({ perActor: limited ? PER_ACTOR : Infinity, maxTotalSize: Infinity });
  // Whoever is one of the own two waits here for others alone, and is not refused for that.
  const lane = createGate({ perActor: Infinity, maxTotalSize: limited ? maxConcurrent : Infinity });
  let refused = 0;
  // The last to have asked, and the last before who was somebody else: enough to know whether anybody is
  // alone.
  let last = { actor: '', at: -PRESENT_MS };
  let other = last;

  const isCrowded = (actor: string): boolean => {
    const nearest = last.actor === actor ? other : last;
    return limited && performance.now() - nearest.at <= PRESENT_MS;
  };

  const refusal = (error: unknown): unknown => {
    if (!(error instanceof GaveUp)) return error;
    if (error.reason === 'gone')
      return new Problem('invalid_request', 'The request was given up before its turn came.');
    refused += 1;
    const detail =
      'You have heavy requests under way, and more were waiting. Ask again in a moment, and fewer at once.';
    return new Problem('too_many_requests', detail, { retry_after_seconds: 1 });
  };

  const queryIn = async <T>({ actor, signal }: Asker, ask: () => Promise<T>): Promise<T> => {
    const leave = await lane.enter(actor, { signal });
    const startedAt = performance.now();
    try {
      return await ask();
    } finally {
      const tookMs = performance.now() - startedAt;
      if (isOneSession && isCrowded(actor)) void pauseAfter(tookMs, PAUSE.oneSession).then(leave);
      else leave();
    }
  };

  return {
    /** Says that someone asks something, light or heavy. */
    note(actor: string): void {
      if (last.actor !== actor) other = last;
      last = { actor, at: performance.now() };
    },

    async take<T>(asker: Asker, work: (turn: Turn) => Promise<T>): Promise<T> {
      let leave = () => {};
      let startedAt = performance.now();
      try {
        leave = await own.enter(asker.actor, { signal: asker.signal, withinMs: WAIT_MS });
        startedAt = performance.now();
        return await work({
          query: (ask) => queryIn(asker, ask),
          isCrowded: () => isOneSession && isCrowded(asker.actor),
        });
      } catch (error) {
        throw refusal(error);
      } finally {
        const tookMs = performance.now() - startedAt;
        if (!isOneSession && isCrowded(asker.actor)) void pauseAfter(tookMs, PAUSE.manySessions).then(leave);
        else leave();
      }
    },

    figures: () => ({ running: lane.inside(), waiting: own.waiting() + lane.waiting(), refused }),
  };
};

export type Turns = ReturnType<typeof createTurns>;
