import { pointerTo } from '#contract/pointer.ts';
import { Problem } from '#server/problem.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';

/**
 * What became of one of a set: the number as it is now, or why it was refused. No other of the set is held up
 * by it.
 */
export type Outcome = { row: PhoneNumberRow; problem: null } | { row: null; problem: Problem };

/** A refusal counts, also where there is a row. */
export const outcomeOf = (row: PhoneNumberRow | undefined, problem: Problem | undefined): Outcome =>
  problem === undefined && row !== undefined
    ? { row, problem: null }
    : { row: null, problem: problem ?? notFound() };

/** Of a set of one, which a refusal ends. */
export const onlyRow = ([outcome]: readonly Outcome[]): PhoneNumberRow => {
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

export const takenProblem = (phoneNumber: string): Problem => {
  const message = `${phoneNumber} is already there. Open that one instead of adding it again.`;
  return new Problem('phone_number_taken', message, {
    errors: [{ pointer: pointerTo('phone_number'), code: 'phone_number_taken', message }],
  });
};
