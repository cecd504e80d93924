import type { RecordedAct } from '#server/features/audit-events/service.ts';
import type { Outcome } from '#server/features/phone-numbers/acts/outcome.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';
import { partsOfPointer } from '#contract/pointer.ts';
import type { RequestContext } from '#server/request-context.ts';
import { reasonOf, type Result } from '#server/features/bulk/rows/kind.ts';
import type { BulkRow } from '#server/features/bulk/rows/row-store.ts';
import { numberOf } from './results.ts';
import { undoingOf } from './undo-patch.ts';

/** A number whose change is to be taken back. */
export interface ToPutBack {
  row: BulkRow;
  act: RecordedAct;
}

interface Attempt extends ToPutBack {
  versionBefore: number | null;
  /** Fields that stay, and why. */
  stays: Map<string, string>;
  /** Fields that today's rules refuse; they are not asked for again. */
  refused: Map<string, string>;
}

const labelOf = (name: string) => `“${isFieldName(name) ? fieldOf(name).label : name}”`;

const SINCE = 'was changed since; it stays as it is.';
const SECRET = 'is a credential: earlier ones are not kept, so it stays as it is.';
const TOLD_CHARACTERS = 1000;

const patchFor = (attempt: Attempt) => (row: PhoneNumberRow) => {
  const { changes } = attempt.act;
  const { patch, left } = undoingOf(row, changes);
  attempt.versionBefore = row.version;
  attempt.stays = new Map(
    left.map((name) => {
      const change = changes[name];
      return [name, change !== undefined && 'secret' in change ? SECRET : SINCE];
    }),
  );
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !attempt.refused.has(name)));
};

const wordsOf = ({ stays, refused }: Attempt): string =>
  [
    ...[...stays].map(([name, why]) => `${labelOf(name)} ${why}`),
    ...[...refused].map(([name, why]) => `${labelOf(name)} stays as it is: ${why}`),
  ]
    .join(' ')
    .slice(0, TOLD_CHARACTERS);

const resultFor = (attempt: Attempt, { row, problem }: Outcome): Result => {
  if (problem !== null)
    return problem.code === 'not_found'
      ? { outcome: 'conflict', reason: { code: 'not_found', message: 'It was deleted since.' } }
      : { outcome: 'refused', reason: reasonOf(problem) };
  const message = wordsOf(attempt);
  if (row.version === attempt.versionBefore) {
    if (message === '') return { outcome: 'unchanged' };
    return [...attempt.stays.values()].includes(SINCE)
      ? { outcome: 'conflict', reason: { code: 'changed_since', message } }
      : { outcome: 'refused', reason: { code: 'not_undoable', message } };
  }
  return {
    outcome: 'changed',
    made: { id: row.id, version: row.version },
    ...(message !== '' && { reason: { code: 'partly_undone', message } }),
  };
};

/** Notes the fields that were refused; whether there is anything new to leave out. */
const leaveOut = (attempt: Attempt, { problem }: Outcome): boolean => {
  const known = attempt.refused.size;
  for (const { pointer, message } of problem?.extra.errors ?? []) {
    const [name = ''] = partsOfPointer(pointer);
    if (Object.hasOwn(attempt.act.changes, name) && !attempt.refused.has(name))
      attempt.refused.set(name, message);
  }
  return attempt.refused.size > known;
};

/**
 * Puts fields back where they still are as a change left them. What today's rules refuse of it, as an agent
 * that is retired, is left out and said; the rest is put back all the same.
 */
export const putBack = async (
  { changePhoneNumbers }: Pick<PhoneNumbersService, 'changePhoneNumbers'>,
  tx: Transaction,
  context: RequestContext,
  all: readonly ToPutBack[],
): Promise<Map<number, Result>> => {
  const results = new Map<number, Result>();
  let left = all.map((one): Attempt => ({
    ...one,
    versionBefore: null,
    stays: new Map(),
    refused: new Map(),
  }));
  while (left.length > 0) {
    const outcomes = await changePhoneNumbers(
      tx,
      context,
      left.map((attempt) => ({ ...numberOf(attempt.row), version: null, patch: patchFor(attempt) })),
    );
    left = left.filter((attempt, at) => {
      const outcome = outcomes[at];
      if (outcome === undefined) throw new Error('Each number has an outcome');
      if (leaveOut(attempt, outcome)) return true;
      results.set(attempt.row.place, resultFor(attempt, outcome));
      return false;
    });
  }
  return results;
};
