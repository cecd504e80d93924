import { setTimeout as delay } from 'node:timers/promises';
import type { Change } from '#contract/changes.ts';
import { findingCodes } from '#contract/numbers/finding.ts';
import type { FindingsSummary } from '#contract/numbers/route.ts';
import type { ChangeFeed } from '#server/platform/changes/change-feed.ts';
import { DatabaseUnavailable } from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import { countFindings, type CountSources, type FindingCounts } from './count-findings.ts';

/*
 * The promise: nobody waits for the count, and where nobody asks nothing is counted. One pass at a time, each
 * minute at most, and none while all is as it was: but for what the clock alone makes wrong, once an hour.
 */

const EVERY_MS = 60_000;
const ANYWAY_MS = 3_600_000;
// So many times as long as each piece of work took.
const REST = 3;
const LONGEST_REST_MS = 500;

const counted: ReadonlySet<Change['subject']> = new Set(['phone_number', 'agent', 'business_hours']);

const unknown: FindingsSummary = {
  counts: Object.fromEntries(
    findingCodes.map((code) => [code, { count: 0, is_exact: false }]),
  ) as FindingCounts,
  as_of: null,
};

export interface FindingsSummaryDependencies extends Omit<CountSources, 'rest'> {
  changes: Pick<ChangeFeed, 'follow'>;
  log: Log;
  /** Other than usual only for tests. */
  everyMs?: number;
}

export const createFindingsSummary = ({
  changes,
  log,
  everyMs = EVERY_MS,
  ...sources
}: FindingsSummaryDependencies) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  let summary = unknown;
  let isChanged = true;
  let isRunning = false;
  let endedAt = -Infinity;
  let planned: NodeJS.Timeout | undefined;

  const stopFollowing = changes.follow((change) => {
    if (change === 'gap' || counted.has(change.subject)) isChanged = true;
  });

  const resting = () => {
    let since = performance.now();
    return async () => {
      const ms = Math.min((performance.now() - since) * REST, LONGEST_REST_MS);
      await delay(ms, undefined, { ref: false, signal });
      since = performance.now();
    };
  };

  const pass = async (): Promise<void> => {
    isRunning = true;
    isChanged = false;
    const asOf = new Date().toISOString();
    try {
      summary = { counts: await countFindings({ ...sources, rest: resting() }), as_of: asOf };
    } catch (error) {
      isChanged = true;
      if (!signal.aborted && !(error instanceof DatabaseUnavailable))
        log.error({ err: error }, 'findings could not be counted');
    }
    endedAt = performance.now();
    isRunning = false;
  };

  /** Begins a pass, now or as soon as the last one is old enough. */
  const plan = (): void => {
    if (isRunning || planned !== undefined || signal.aborted) return;
    const ageMs = performance.now() - endedAt;
    if (!isChanged && ageMs < ANYWAY_MS) return;
    if (ageMs >= everyMs) return void pass();
    planned = setTimeout(() => {
      planned = undefined;
      plan();
    }, everyMs - ageMs).unref();
  };

  return {
    /** What was counted last. Whoever asks lets it be counted anew, and hears of that the next time. */
    read(): FindingsSummary {
      plan();
      return summary;
    },
    close(): void {
      stopping.abort();
      clearTimeout(planned);
      stopFollowing();
    },
  };
};
