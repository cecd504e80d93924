import { recordAudit } from '#server/platform/audit/record.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { OperatorRow } from '#server/features/sessions/accounts/store.ts';
import { systemContext } from '#server/request-context.ts';
import { WINDOW_SECONDS } from './store.ts';

export type TriedOperator = Pick<OperatorRow, 'id' | 'email'>;

/** A refusal's subject: the operator, or what was tried in place of one. */
export const refusedSubject = (operator: TriedOperator | null, tried: string) => ({
  kind: 'operator' as const,
  id: operator?.id ?? 'unknown',
  name: operator?.email ?? tried,
});

interface UnrecordedCount {
  operator: TriedOperator | null;
  count: number;
  /** By the monotonic clock (`performance.now()`). */
  dueAt: number;
}

/**
 * Attempts that get no event each: counted here by operator, and recorded in one event when their window
 * ends.
 */
export const createUnrecorded = (database: Database) => {
  const counts = new Map<string | null, UnrecordedCount>();

  const add = (
    operator: TriedOperator | null,
    count = 1,
    dueAt = performance.now() + WINDOW_SECONDS * 1000,
  ) => {
    const known = counts.get(operator?.id ?? null);
    counts.set(operator?.id ?? null, {
      operator,
      count: count + (known?.count ?? 0),
      dueAt: known?.dueAt ?? dueAt,
    });
  };

  const recordOne = async ({ operator, count, dueAt }: UnrecordedCount) => {
    try {
      await database.transaction((tx) =>
        recordAudit(tx, systemContext('Nobody'), {
          action: 'operator.sign_in_refused',
          subject: refusedSubject(operator, 'unknown accounts'),
          detail: `${count} more, not recorded one by one`,
        }),
      );
    } catch (error) {
      add(operator, count, dueAt);
      throw error;
    }
  };

  /** Housekeeping: one event for each operator, and one for everybody else. */
  const recordDue = async (): Promise<void> => {
    for (const [id, each] of counts) {
      if (each.dueAt > performance.now()) continue;
      counts.delete(id);
      await recordOne(each);
    }
  };

  return { add: (operator: TriedOperator | null): void => add(operator), recordDue };
};
export type Unrecorded = ReturnType<typeof createUnrecorded>;
