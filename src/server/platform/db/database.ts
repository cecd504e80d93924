/** A statement; with a name it is prepared, for hot paths: parsed once per connection. */
export interface Statement {
  name?: string;
  text: string;
  /**
   * `iso`: instants arrive as `2026-01-31T12:00:00.500Z`, not as a Date. For rows that are only passed on.
   */
  instants?: 'iso';
}

export interface Queryable {
  query<Row>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * Whoever holds one passes it along: asking the pool meanwhile waits for ever where the pool is one
 * connection.
 */
export interface Transaction extends Queryable {
  readonly kind: 'transaction';
}

/**
 * A moment of this process: by the wall's clock, and by the monotonic clock (`performance.now()`). Both in
 * milliseconds.
 */
export interface Instant {
  wall: number;
  steady: number;
}

export const instantNow = (): Instant => ({ wall: Date.now(), steady: performance.now() });

/** How many connections there are. */
export interface PoolFigures {
  /** May be open. */
  max: number;
  /** Are open. */
  size: number;
  /** Open and unused. */
  idle: number;
  /** Queries waiting for one. */
  waiting: number;
}

export interface Database extends Queryable {
  /**
   * Commits when `work` resolves, else rolls back. It resolves only after a COMMIT that the database
   * confirmed, and throws OutcomeUnknown where that confirmation was lost.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Every question is answered or refused within so many milliseconds from now, waiting for a connection
   * included; none goes on after that.
   */
  within(ms: number): Queryable;
  /**
   * Resolves once notifications are seen to arrive, and survives lost connections: `onGap` runs after one,
   * for whatever was missed. `onAlive` runs every second that they arrive: what was committed before `since`
   * has been heard. Null says that the connection is lost: nothing is heard until the gap is told. Throws
   * NotificationsLost.
   */
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onGap: () => void,
    onAlive?: (since: Instant | null) => void,
  ): Promise<void>;
  isReachable(): Promise<boolean>;
  poolFigures(): PoolFigures;
  /**
   * Everybody shares one session, as in the embedded database: while somebody else's work lasts, answers and
   * notifications are late, but none is missed.
   */
  readonly isOneSession: boolean;
  close(): Promise<void>;
}

/**
 * The database could not be asked, or the connection was lost before a COMMIT was sent: nothing was changed.
 */
export class DatabaseUnavailable extends Error {
  override readonly name: string = 'DatabaseUnavailable';
}

/**
 * The connection was lost after a COMMIT was sent and before its answer came: whether it took place nobody
 * here can tell.
 */
export class OutcomeUnknown extends DatabaseUnavailable {
  override readonly name = 'OutcomeUnknown';
}

/** The database has no room for what was to be written, and wrote nothing of it. */
export class DiskFull extends DatabaseUnavailable {
  override readonly name = 'DiskFull';
}

/** Said to whoever started the program: the database answers, but what it announces does not come through. */
export class NotificationsLost extends Error {
  override readonly name = 'NotificationsLost';
}

/**
 * What PostgreSQL says of a failed statement; its message and detail may hold values and are for nobody's
 * eyes.
 */
export interface PostgresError extends Error {
  code: string;
  constraint?: string;
  table?: string;
}

export const isPostgresError = (error: unknown): error is PostgresError =>
  error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';

export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  isPostgresError(error) &&
  error.code === '23505' &&
  (constraint === undefined || error.constraint === constraint);

export const isForeignKeyViolation = (error: unknown, constraint: string): boolean =>
  isPostgresError(error) && error.code === '23503' && error.constraint === constraint;

/** The database, asked until `deadline`, of `performance.now()`; as long as it takes where there is none. */
export const withDeadline = (database: Database, deadline: number | undefined): Queryable =>
  // Never no time at all: what comes too late is told as late.
  deadline === undefined ? database : database.within(Math.max(1, deadline - performance.now()));
