import { recordAudit } from '#server/platform/audit/record.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Limit, Limits } from './limits.ts';
import { countAttempt } from './store.ts';
import { refusedSubject, type TriedOperator, type Unrecorded } from './unrecorded.ts';

/*
 * The promise: each guess at an operator's password is on the record, whatever else is tried meanwhile; how
 * many there can be is bounded by the limits alone. Of accounts that do not exist so many are recorded in a
 * window, from one address and in all, and then one event says that no more are.
 */

export interface Refusal {
  context: RequestContext;
  /** Null where no operator has what was tried. */
  operator: TriedOperator | null;
  /** The e-mail, or what was tried in place of one. */
  tried: string;
  detail: string;
}

export const createRecordRefusals = (limits: Limits, unrecorded: Unrecorded) => {
  const write = (tx: Transaction, { context, operator, tried, detail }: Refusal) =>
    recordAudit(tx, context, {
      action: 'operator.sign_in_refused',
      subject: refusedSubject(operator, tried),
      detail,
    });

  const writeOfAll = (tx: Transaction, { context }: Refusal, detail: string) =>
    write(tx, { context, operator: null, tried: 'unknown accounts', detail });

  const countOne = async (tx: Transaction, { key }: Limit) =>
    (await countAttempt(tx, [key], 'wrong'))[0]?.wrong ?? 0;

  const isWithinAll = async (tx: Transaction, refusal: Refusal): Promise<boolean> => {
    const over = (await countOne(tx, limits.recorded)) - limits.recorded.allowed;
    if (over === 1)
      await writeOfAll(tx, refusal, 'Too many: more at unknown accounts are not recorded one by one');
    return over <= 0;
  };

  /** Counts all alike, so that a guess at an operator's account takes no other time. */
  const record = async (tx: Transaction, refusal: Refusal): Promise<void> => {
    const here = limits.recordedFrom(refusal.context.address);
    const over = (await countOne(tx, here)) - here.allowed;
    const isWithin = over <= 1 && (await isWithinAll(tx, refusal));
    if (refusal.operator !== null || (isWithin && over <= 0)) await write(tx, refusal);
    else unrecorded.add(null);
    if (isWithin && over === 1)
      await writeOfAll(
        tx,
        refusal,
        'Too many: more from this address at unknown accounts are not recorded one by one',
      );
  };

  /** The last attempt of a window was spent: no more are let through. */
  const recordStop = async (tx: Transaction, refusal: Refusal, seconds: number): Promise<void> => {
    const detail = `Too many attempts: more are refused for ${Math.ceil(seconds / 60)} min, and not recorded one by one`;
    if (refusal.operator !== null || (await isWithinAll(tx, refusal)))
      await write(tx, { ...refusal, detail });
  };

  return { record, recordStop };
};
