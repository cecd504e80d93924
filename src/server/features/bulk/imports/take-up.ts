import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import type { RowReading } from '#server/features/imports/reading/row.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import type { BulkRow } from '#server/features/bulk/rows/row-store.ts';
import { readingOf } from './given-row.ts';
import { headingsOf, optionsOf } from './import-options.ts';
import { planAnew } from './import-store.ts';

/** A row of a file, and the number as it is stored, if it is. */
export interface RowAtHand {
  row: BulkRow;
  reading: RowReading;
  stored: PhoneNumber | undefined;
}

export type TakeUp = (
  tx: Transaction,
  context: RequestContext,
  plan: PlanRow,
  rows: readonly BulkRow[],
) => Promise<RowAtHand[]>;

export const createTakeUp =
  (held: Pick<HeldSecrets, 'open'>, phoneNumbers: Pick<PhoneNumbersService, 'findPhoneNumbers'>): TakeUp =>
  async (tx, context, plan, rows) => {
    await planAnew(tx);
    const columns = headingsOf(optionsOf(plan).file);
    const secrets = await held.open(
      tx,
      plan.id,
      rows.map(({ place }) => place),
    );
    // One that is to be added was not there when it was judged: the act finds out whether it is by now.
    const toFind = rows.filter(({ planned }) => planned !== 'created');
    const stored = await phoneNumbers.findPhoneNumbers(
      tx,
      context,
      toFind.map(({ phone_number: number }) => number),
    );
    return rows.map((row) => ({
      row,
      reading: readingOf(row, columns, secrets.get(row.place)),
      stored: stored.get(row.phone_number),
    }));
  };

const TASK_MS = 10;

/** One after the other, in tasks of a few milliseconds: between them everybody else is answered. */
export const inTasks = async <Given, Answer>(
  all: readonly Given[],
  work: (given: Given) => Answer,
): Promise<Answer[]> => {
  const answers: Answer[] = [];
  let since = performance.now();
  for (const given of all) {
    answers.push(work(given));
    if (performance.now() - since < TASK_MS) continue;
    await yieldToEventLoop();
    since = performance.now();
  }
  return answers;
};

/** Acts on a set, of which there may be none. */
export const onSome = <Asked, Answer>(
  asked: readonly Asked[],
  act: (asked: readonly Asked[]) => Promise<Answer[]>,
): Promise<Answer[]> => (asked.length === 0 ? Promise.resolve([]) : act(asked));
