import {
  DatabaseUnavailable,
  withDeadline,
  type Database,
  type Instant,
  type Queryable,
} from '#server/platform/db/database.ts';

/** Memory knows, but what it knows is older than it may be, and the database cannot be asked. */
export class MemoryStale extends Error {
  override readonly name = 'MemoryStale';
}

/** What follows the changes in memory, as it is at this moment. */
export interface MemoryView<T> {
  /** Everything is here, but for changes that are being heard of just now. */
  isWhole: boolean;
  /** Every change that committed before is taken into account; null before anything is known. */
  confirmed: Instant | null;
  /** Undefined for what is not in memory. */
  find: () => T | undefined;
}

// Beats come every second: three are missing.
const UNCONFIRMED_AFTER_MS = 3000;
const PROBE_WITHIN_MS = 700;
const PROBE_EVERY_MS = 250;
// Whom memory can answer need not wait for a database that is late.
const PATIENCE_MS = 250;

const leftOf = (deadline: number | undefined) =>
  deadline === undefined ? PROBE_WITHIN_MS : deadline - performance.now();

const settlesWithin = (promise: Promise<unknown>, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    void promise.finally(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });

/**
 * One question for all who would ask the database: does it answer at all? Whoever finds it does not, waits
 * for nothing.
 */
const createProbe = (database: Pick<Database, 'within'>) => {
  let probing: Promise<boolean> | undefined;
  let answered = { isThere: true, at: -Infinity };

  const found = (isThere: boolean) => {
    answered = { isThere, at: performance.now() };
    return isThere;
  };
  const probe = async (): Promise<boolean> => {
    try {
      await database.within(PROBE_WITHIN_MS).query('SELECT 1');
      return found(true);
    } catch {
      return found(false);
    } finally {
      probing = undefined;
    }
  };
  return {
    canAsk(): boolean | Promise<boolean> {
      if (performance.now() - answered.at < PROBE_EVERY_MS) return answered.isThere;
      probing ??= probe();
      return answered.isThere && probing;
    },
    found,
  };
};

/**
 * The promise: memory decides while the stream of changes proves it fresh. Where that is in doubt the
 * database is asked, and where it cannot be asked memory goes on, but by nothing older than
 * `maxStalenessSeconds`. No question to the database outlives `deadline`, and while none is answered nobody
 * waits for one.
 */
export const createMemoryFirst = (database: Database, maxStalenessSeconds: number) => {
  const probe = createProbe(database);
  const maxAgeMs = maxStalenessSeconds * 1000;
  // Where everybody shares one session a late confirmation means that somebody works, not that anything was
  // missed.
  const unaskedForMs = database.isOneSession ? maxAgeMs : Math.min(UNCONFIRMED_AFTER_MS, maxAgeMs);
  // By both clocks: the steady one stands still while the machine is suspended.
  const ageOf = (confirmed: Instant | null) =>
    confirmed === null
      ? Infinity
      : Math.max(performance.now() - confirmed.steady, Date.now() - confirmed.wall);

  const recall = <T>({ confirmed, find }: MemoryView<T>): T => {
    const known = find();
    if (known === undefined) throw new DatabaseUnavailable('The database cannot be asked');
    if (ageOf(confirmed) <= maxAgeMs) return known;
    throw new MemoryStale(
      `The database cannot be reached, and nothing in memory is younger than ${maxStalenessSeconds} seconds. Do what you do without Cordboard.`,
    );
  };

  const askOrRecall = async <T>(
    memory: MemoryView<T>,
    deadline: number | undefined,
    ask: (database: Queryable) => Promise<T>,
  ): Promise<T> => {
    const canAsk = probe.canAsk();
    if (
      canAsk instanceof Promise &&
      !(await settlesWithin(canAsk, Math.min(PATIENCE_MS, leftOf(deadline))))
    ) {
      const known = ageOf(memory.confirmed) <= maxAgeMs ? memory.find() : undefined;
      if (known !== undefined) return known;
      if (!(await settlesWithin(canAsk, leftOf(deadline)))) return recall(memory);
    }
    if (!(await canAsk)) return recall(memory);
    // With less time than this, a database that is there may be late too.
    const hasTime = deadline === undefined || deadline - performance.now() >= PATIENCE_MS;
    try {
      return await ask(withDeadline(database, deadline));
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      if (hasTime) probe.found(false);
      return recall(memory);
    }
  };

  return <T>(
    memory: MemoryView<T>,
    deadline: number | undefined,
    ask: (database: Queryable) => Promise<T>,
  ): T | Promise<T> => {
    const isFresh = memory.isWhole && ageOf(memory.confirmed) <= unaskedForMs;
    return (isFresh ? memory.find() : undefined) ?? askOrRecall(memory, deadline, ask);
  };
};

export type MemoryFirst = ReturnType<typeof createMemoryFirst>;
