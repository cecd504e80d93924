import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { changedIds, type Change } from '#contract/changes.ts';
import type { ChangeFeed } from '#server/platform/changes/change-feed.ts';
import { DatabaseUnavailable, type Database, type Instant } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import type { Log } from '#server/log.ts';
import { createKnownHours } from './known-hours.ts';
import { createKnownNumbers } from './known-numbers.ts';
import { estimateNumbers, selectRoutedByIds, selectRoutedPage } from './store.ts';

/*
 * The promise: what is in memory is what the database said, in the order in which it said it. One worker
 * reads, one statement after another; a later statement never sees an older state than an earlier one, so
 * nothing that is learnt later is older, and no page of a load can undo a change. Of a set that changed at
 * once, as of one, those alone are read again. Where changes were missed it is not `whole` until everything
 * was read anew: meanwhile the database is asked.
 */

export interface RoutingMemoryDependencies {
  database: Database;
  changes: Pick<ChangeFeed, 'follow' | 'followAlive'>;
  agents: Pick<AgentsService, 'findNames'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
  log: Log;
}

// Learning so many takes a few milliseconds, and calls are answered between two pages.
const PAGE_ROWS = 1000;
const GATHER_MS = 10;
const RETRY_MS = 500;
// A page may come slowly, but a reader that waits for ever learns nothing.
const READ_WITHIN_MS = 10_000;
const BATCH_IDS = 500;
const GENERATIONS = 127;

interface Load {
  afterId: string;
  isBegun: boolean;
  generation: number;
}

interface Pending {
  numbers: Set<string>;
  agents: Set<string>;
  hours: boolean;
}

const nothingPending = (): Pending => ({ numbers: new Set(), agents: new Set(), hours: false });
const isNothing = ({ numbers, agents, hours }: Pending) => numbers.size === 0 && agents.size === 0 && !hours;

export const createRoutingMemory = ({
  database,
  changes,
  agents,
  businessHours,
  log,
}: RoutingMemoryDependencies) => {
  const numbers = createKnownNumbers();
  const hours = createKnownHours();
  const names = new Map<string, string>();
  const reading = () => database.within(READ_WITHIN_MS);

  let generation = 0;
  let load: Load | null = null;
  let pending = nothingPending();
  let isApplying = false;
  let isRunning = false;
  let isClosed = false;
  let isCutOff = false;
  let lastAlive: Instant | null = null;
  let confirmed: Instant | null = null;

  const confirmIfIdle = () => {
    if (load === null && !isApplying && isNothing(pending)) confirmed = lastAlive;
  };

  const wake = (afterMs: number) => void setTimeout(() => void run(), afterMs).unref();

  const loadAnew = () => {
    generation = (generation % GENERATIONS) + 1;
    load = { afterId: '', isBegun: false, generation };
    wake(0);
  };

  const learnNames = async (ids: readonly string[] | null) => {
    for (const { id, name } of await agents.findNames(reading(), ids)) names.set(id, name);
  };

  const loadPage = async (current: Load): Promise<void> => {
    if (!current.isBegun) {
      hours.keepAll(await businessHours.findHours(reading(), null));
      await learnNames(null);
      numbers.reserve(await estimateNumbers(reading()));
      current.isBegun = true;
    }
    const rows = await selectRoutedPage(reading(), current.afterId, PAGE_ROWS);
    // Begun anew meanwhile: these rows would count as seen by a pass that has not seen them.
    if (load !== current) return;
    for (const row of rows) numbers.learn(row, current.generation);
    current.afterId = rows.at(-1)?.id ?? '';
    if (rows.length === PAGE_ROWS) return;
    numbers.forgetUnseen(current.generation);
    load = null;
    confirmIfIdle();
  };

  const applyNumbers = async (ids: readonly string[]): Promise<void> => {
    const seenBy = generation;
    const rows = await selectRoutedByIds(reading(), ids);
    const left = new Set(ids);
    for (const { id } of rows) left.delete(id);
    for (const id of left) numbers.forget(id, undefined);
    for (const row of rows) if (row.is_deleted) numbers.forget(row.id, row.phone_number);
    // Last, for a number that was deleted and added again has two ids.
    for (const { is_deleted: isDeleted, ...row } of rows) if (!isDeleted) numbers.learn(row, seenBy);
  };

  const applyChanges = async (): Promise<void> => {
    const batch = pending;
    const covers = lastAlive;
    pending = nothingPending();
    isApplying = true;
    try {
      // Before the numbers: one may name hours or an agent that are new.
      if (batch.hours) hours.keepAll(await businessHours.findHours(reading(), null));
      if (batch.agents.size > 0) await learnNames([...batch.agents]);
      const ids = [...batch.numbers];
      for (let at = 0; at < ids.length; at += BATCH_IDS) await applyNumbers(ids.slice(at, at + BATCH_IDS));
      if (load === null) confirmed = covers;
    } catch (error) {
      for (const id of batch.numbers) pending.numbers.add(id);
      for (const id of batch.agents) pending.agents.add(id);
      pending.hours ||= batch.hours;
      throw error;
    } finally {
      isApplying = false;
    }
    confirmIfIdle();
  };

  const step = async (): Promise<boolean> => {
    const isChanged = !isNothing(pending);
    if (isChanged) await applyChanges();
    // Also while changes come without a pause, as when a million numbers are added.
    if (load === null) return isChanged;
    await loadPage(load);
    return true;
  };

  const run = async (): Promise<void> => {
    if (isRunning || isClosed) return;
    isRunning = true;
    try {
      while (!isClosed && (await step())) await yieldToEventLoop();
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable) && !isClosed)
        log.error({ err: error }, 'routing data could not be read');
      wake(RETRY_MS);
    }
    isRunning = false;
  };

  const note = (change: Change | 'gap') => {
    if (change === 'gap') {
      isCutOff = false;
      return loadAnew();
    }
    const { subject } = change;
    if (subject !== 'phone_number' && subject !== 'agent' && subject !== 'business_hours') return;
    if (isNothing(pending)) wake(GATHER_MS);
    if (subject === 'business_hours') pending.hours = true;
    else for (const id of changedIds(change)) pending[subject === 'agent' ? 'agents' : 'numbers'].add(id);
  };
  const stopFollowing = changes.follow(note);
  const stopFollowingAlive = changes.followAlive((since) => {
    isCutOff = since === null;
    if (since === null) return;
    lastAlive = since;
    confirmIfIdle();
  });
  loadAnew();

  return {
    find: (phoneNumber: string) => numbers.find(phoneNumber),
    hours,
    nameOf: (agentId: string): string | undefined => names.get(agentId),
    /** Everything is here, but for changes that are being heard of just now. */
    isWhole: (): boolean => load === null && !isCutOff,
    /** Every change that committed before is taken into account; null before anything is known. */
    confirmed: (): Instant | null => confirmed,
    size: (): number => numbers.size,
    close() {
      isClosed = true;
      stopFollowing();
      stopFollowingAlive();
    },
  };
};

export type RoutingMemory = ReturnType<typeof createRoutingMemory>;
