import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { toApiError } from '#client/api/api-error.ts';
import { useUpdatePhoneNumber } from '#client/features/numbers/queries.ts';
import { putRecord } from '#client/features/numbers/records.ts';

/** What became of one number. Without one, its turn has not come. */
export type Outcome =
  | { kind: 'copying' }
  | { kind: 'copied' }
  /**
   * Someone saved it after it was reviewed: nothing was written, and it waits to be reviewed as it is now.
   */
  | { kind: 'overtaken'; current: PhoneNumber }
  | { kind: 'refused'; message: string };

interface Run {
  done: number;
  total: number;
  secondsLeft: number | null;
}

// The server writes one number after the other anyway; more at a time only makes everyone else wait.
const AT_ONCE = 4;
const WORTH_ESTIMATING_MS = 2000;

/**
 * Copies to one number after the other, and says of each what became of it. Each write is an act of its own
 * in the log.
 */
export const useCopyRouting = () => {
  const client = useQueryClient();
  const update = useUpdatePhoneNumber();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [run, setRun] = useState<Run | null>(null);
  const isStopped = useRef(false);
  // Whoever leaves the dialog stops what has not begun.
  useEffect(() => {
    isStopped.current = false;
    return () => {
      isStopped.current = true;
    };
  }, []);

  const put = (id: string, outcome: Outcome) => setOutcomes((before) => new Map(before).set(id, outcome));

  const copyTo = async (record: PhoneNumber, body: Record<string, unknown>): Promise<Outcome> => {
    try {
      await update({ record, body, version: record.version });
      return { kind: 'copied' };
    } catch (thrown) {
      const { current, errors, detail } = toApiError(thrown);
      if (current === undefined) return { kind: 'refused', message: errors[0]?.message ?? detail };
      putRecord(client, current);
      return { kind: 'overtaken', current };
    }
  };

  const start = async (records: readonly PhoneNumber[], body: Record<string, unknown>) => {
    isStopped.current = false;
    const waiting = [...records];
    const startedAt = performance.now();
    setRun({ done: 0, total: records.length, secondsLeft: null });
    const work = async () => {
      for (
        let record = waiting.shift();
        record !== undefined && !isStopped.current;
        record = waiting.shift()
      ) {
        put(record._id, { kind: 'copying' });
        // Each worker has one number in hand at a time.
        put(record._id, await copyTo(record, body));
        const spent = performance.now() - startedAt;
        setRun((before) => {
          if (before === null) return before;
          const done = before.done + 1;
          const left = Math.ceil(((spent / done) * (before.total - done)) / 1000);
          return { ...before, done, secondsLeft: spent > WORTH_ESTIMATING_MS ? left : null };
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setRun(null);
  };

  return {
    outcomes,
    /** Null while nothing is on its way. */
    run,
    start,
    stop: () => {
      isStopped.current = true;
    },
    /** Forgets an outcome, for a number that is reviewed or tried again. */
    forget: (ids: readonly string[]) =>
      setOutcomes((before) => new Map([...before].filter(([id]) => !ids.includes(id)))),
  };
};
