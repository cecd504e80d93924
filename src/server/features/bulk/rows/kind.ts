import type { AuditChange } from '#contract/audit-events.ts';
import type { JobOutcome, PlanOutcome } from '#contract/bulk/plans.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { PlanRow } from './plan-store.ts';
import type { BulkRow, LastRow, NewRow } from './row-store.ts';

export interface Reason {
  code: string;
  message: string;
}

/** What would become of one number, and why it would not change. */
export interface Verdict {
  planned: PlanOutcome;
  reason?: Reason | undefined;
  /** Of one that would change: by field. */
  changes?: Readonly<Record<string, AuditChange>> | undefined;
  /** What is wrong with a row, place by place. */
  errors?: readonly unknown[] | undefined;
  /** Which number it is, where the row does not say. */
  found?: { id: string; version: number } | undefined;
}

/** What became of one number. */
export interface Result {
  outcome: JobOutcome;
  reason?: Reason | undefined;
  /** The number at the version that was made of it. */
  made?: { id: string; version: number } | undefined;
}

/** Rows to append; whether there are no more. */
export interface Selected {
  rows: readonly NewRow[];
  isLast: boolean;
}

/**
 * What is done to each number of a plan. Each act takes the plan's next rows, in the transaction that records
 * what is answered, which is one verdict or result a row, in their order.
 */
export interface Kind {
  /** The next numbers, behind the last row that is there; absent where somebody else brings the rows in. */
  select?(tx: Transaction, plan: PlanRow, last: LastRow | null): Promise<Selected>;
  judge(
    tx: Transaction,
    context: RequestContext,
    plan: PlanRow,
    rows: readonly BulkRow[],
  ): Promise<readonly Verdict[]>;
  act(
    tx: Transaction,
    context: RequestContext,
    plan: PlanRow,
    rows: readonly BulkRow[],
  ): Promise<readonly Result[]>;
  /**
   * What an undo of these rows of a plan begins with, beside what it does to the numbers themselves; by place,
   * what became of those that are done with thereby.
   */
  takeBack?(
    tx: Transaction,
    undonePlanId: string,
    rows: readonly BulkRow[],
  ): Promise<ReadonlyMap<number, Result>>;
}

/** Why, in the code and the words of the first thing that is wrong. */
export const reasonOf = ({ code, message, extra }: Problem): Reason => ({
  code: extra.errors?.[0]?.code ?? code,
  message: extra.errors?.[0]?.message ?? message,
});
