import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Provider } from '#contract/numbers/choices.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import type { RowReading } from '#server/features/imports/reading/row.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
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

/** What a row that says none is added as. */
const withProvider = (reading: RowReading, provider: Provider | null): RowReading => ({
  ...reading,
  provider: reading.provider ?? provider,
});

export const createTakeUp = (
  { isOneSession }: Pick<Database, 'isOneSession'>,
  held: Pick<HeldSecrets, 'open'>,
  phoneNumbers: Pick<PhoneNumbersService, 'findPhoneNumbers'>,
): TakeUp => {
  // How far which file was when the one session's statements were planned.
  let plannedAt = { id: '', place: 0 };
  /** Of several sessions nobody knows which has the plans; in the one, to plan costs more than to add a few numbers. */
  const isOutgrown = ({ id, place }: typeof plannedAt) =>
    !isOneSession || id !== plannedAt.id || place < plannedAt.place || place > 2 * plannedAt.place;

  return async (tx, context, plan, rows) => {
    const reached = { id: plan.id, place: rows.at(-1)?.place ?? 0 };
    if (isOutgrown(reached)) {
      await planAnew(tx);
      plannedAt = reached;
    }
    const { file, options } = optionsOf(plan);
    const columns = headingsOf(file);
    const secrets = await held.open(
      tx,
      plan.id,
      rows.map(({ place }) => place),
    );
    // One that is to be added was not there when it was judged: the act finds out whether it is by now.
    const toFind = rows.filter(({ planned }) => planned !== 'created');
    const numbers = toFind.map(({ phone_number: number }) => number);
    const stored =
      numbers.length === 0
        ? new Map<string, PhoneNumber>()
        : await phoneNumbers.findPhoneNumbers(tx, context, numbers);
    return rows.map((row) => {
      const reading = readingOf(row, columns, secrets.get(row.place));
      const found = stored.get(row.phone_number);
      return {
        row,
        reading: found === undefined ? withProvider(reading, options.default_provider) : reading,
        stored: found,
      };
    });
  };
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
