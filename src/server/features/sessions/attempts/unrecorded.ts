import { recordAudit } from '#server/platform/audit/record.ts';
import type { Database } from '#server/platform/db/database.ts';
import { newId } from '#server/lib/ids.ts';
import type { OperatorRow } from '#server/features/sessions/accounts/store.ts';
import type { RequestContext } from '#server/request-context.ts';
import { WINDOW_SECONDS } from './store.ts';

export type TriedOperator = Pick<OperatorRow, 'id' | 'email'>;

const nobodyContext = (): RequestContext => ({
  actor: { kind: 'system', id: null, name: 'Nobody' },
  requestId: newId(),
  address: null,
  userAgent: null,
  ifMatch: null,
  isLarge: false,
  idempotency: null,
});

/** A refusal's subject: the operator, or what was tried in place of one. */
export const refusedSubject = (operator: TriedOperator | null, tried: string) => ({
  kind: 'operator' as const,
  id: operator?.id ?? 'unknown',
  name: operator?.email ?? tried,
});

interface Untold {
  operator: TriedOperator | null;
  count: number;
  /** By the clock that nobody sets. */
  tellAt: number;
}

/**
 * Attempts that no event tells one by one: counted here, by operator, and told together when their window is
 * over.
 */
export const createUnrecorded = (database: Database) => {
  const untold = new Map<string | null, Untold>();

  const add = (
    operator: TriedOperator | null,
    count = 1,
    tellAt = performance.now() + WINDOW_SECONDS * 1000,
  ) => {
    const known = untold.get(operator?.id ?? null);
    untold.set(operator?.id ?? null, {
      operator,
      count: count + (known?.count ?? 0),
      tellAt: known?.tellAt ?? tellAt,
    });
  };

  const tellOne = async ({ operator, count, tellAt }: Untold) => {
    try {
      await database.transaction((tx) =>
        recordAudit(tx, nobodyContext(), {
          action: 'operator.sign_in_refused',
          subject: refusedSubject(operator, 'unknown accounts'),
          detail: `${count} more, not recorded one by one`,
        }),
      );
    } catch (error) {
      add(operator, count, tellAt);
      throw error;
    }
  };

  /** Housekeeping: one event for each operator, and one for everybody else. */
  const tell = async (): Promise<void> => {
    for (const [id, each] of untold) {
      if (each.tellAt > performance.now()) continue;
      untold.delete(id);
      await tellOne(each);
    }
  };

  return { add: (operator: TriedOperator | null): void => add(operator), tell };
};
export type Unrecorded = ReturnType<typeof createUnrecorded>;
