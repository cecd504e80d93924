import type { AuditChange } from '#contract/audit-events.ts';
import { pointerTo } from '#contract/pointer.ts';
import { Problem } from '#server/problem.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';

/**
 * What became of one of a set: the number as it is now, or why it was refused. No other of the set is held up
 * by it.
 */
export type Outcome<Row extends PhoneNumberRow = PhoneNumberRow> =
  | { row: Row; problem: null }
  | { row: null; problem: Problem };

/** What an act would do to one number: what it changes by field, or why it is refused. */
export type Judgement =
  | { changes: Record<string, AuditChange>; problem: null }
  | { changes: null; problem: Problem };

/** A refusal counts, also where there is a row. */
export const outcomeOf = <Row extends PhoneNumberRow>(
  row: Row | undefined,
  problem: Problem | undefined,
): Outcome<Row> =>
  problem === undefined && row !== undefined
    ? { row, problem: null }
    : { row: null, problem: problem ?? notFound() };

/** Of a set of one, which a refusal ends. */
export const onlyRow = <Row extends PhoneNumberRow>([outcome]: readonly Outcome<Row>[]): Row => {
  if (outcome === undefined) throw new Error('A set of one has one outcome');
  if (outcome.problem !== null) throw outcome.problem;
  return outcome.row;
};

/** A refusal by its problem; any other failure is everybody's. */
export const attempt = <T>(work: Promise<T>): Promise<T | Problem> =>
  work.catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });

export const notFound = (): Problem => new Problem('not_found', 'No phone number has this id.');

/** The present number's id, where it is known, and that of the deleted one where one is restored. */
interface TakenBy {
  present?: string | undefined;
  deleted?: string;
}

export const takenProblem = (phoneNumber: string, { present, deleted }: TakenBy = {}): Problem => {
  const message =
    deleted === undefined
      ? `${phoneNumber} is already there. Open that one instead of adding it again.`
      : `${phoneNumber} was added again meanwhile. Delete that one first, or keep it.`;
  return new Problem('phone_number_taken', message, {
    errors: [{ pointer: pointerTo('phone_number'), code: 'phone_number_taken', message }],
    ...(present !== undefined && { present_phone_number_id: present }),
    ...(deleted !== undefined && { deleted_phone_number_id: deleted }),
  });
};
