import {
  DatabaseUnavailable,
  DiskFull,
  isPostgresError,
  OutcomeUnknown,
} from '#server/platform/db/database.ts';

// Connection trouble (08), sign-in trouble (28), no such database, too few resources (53), operator
// intervention and time-outs (57), a standby (25006), and losing to another transaction (40001, 40P01,
// 55P03): all "not now", never "wrong".
const notNow = /^(08|28|53|57|3D000|25006|40001|40P01|55P03)/;

// After these the session itself is of no further use.
const sessionLost = /^(08|28|57P|3D000|25006)/;

const diskFull = '53100';

// Its own sentences, and that of our listener: an error of ours may well speak of connections.
const fromDriver =
  /^(?:Connection terminated|timeout ex(?:pired|ceeded)|Query read timeout|Client (?:was closed|has encountered|network socket disconnected)|The server does not support SSL|There was an error establishing an SSL|The connection ended)/;

// node-postgres reports a broken connection by plain errors, with a system code or by their text alone.
const isFromDriver = (error: unknown): boolean =>
  error instanceof Error &&
  !(error instanceof TypeError) &&
  !isPostgresError(error) &&
  ('syscall' in error ||
    error instanceof AggregateError ||
    (error.name === 'Error' && fromDriver.test(error.message)));

export const isSessionLost = (error: unknown): boolean =>
  error instanceof OutcomeUnknown ||
  (isPostgresError(error) ? sessionLost.test(error.code) : isFromDriver(error));

/**
 * The driver knew that the connection was gone, and sent nothing. Any other loss may have come after the
 * sending.
 */
export const isUnsent = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('not queryable');

/**
 * The error to throw to callers: DatabaseUnavailable where asking again later may help, else the error
 * itself.
 */
export const asUnavailable = (error: unknown): unknown => {
  if (error instanceof DatabaseUnavailable) return error;
  if (isPostgresError(error) && error.code === diskFull)
    return new DiskFull('The disk of the database is full', { cause: error });
  const isPassing = isPostgresError(error) ? notNow.test(error.code) : isFromDriver(error);
  return isPassing ? new DatabaseUnavailable('The database cannot be reached', { cause: error }) : error;
};
