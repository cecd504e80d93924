import { pino, type DestinationStream } from 'pino';
import { isPostgresError } from '#server/platform/db/database.ts';

/**
 * All that the log may hold. A deny-list lets deep fields, lists and error texts through; this lets nothing
 * else in.
 */
export interface LogFields {
  method?: string;
  route?: string;
  status?: number;
  ms?: number;
  request_id?: string;
  actor?: string | null | undefined;
  count?: number;
  /** The id of an API key. */
  api_key?: string;
  days?: number;
  /** Whose connections are refused. */
  address?: string;
  /** Written as its type, its code and where it was thrown, never its message: that may quote a value. */
  err?: unknown;
}

export interface Log {
  info(fields: LogFields, message?: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

const allowed = [
  'method',
  'route',
  'status',
  'ms',
  'request_id',
  'actor',
  'count',
  'api_key',
  'days',
  'address',
] as const satisfies (keyof LogFields)[];

const framesOf = ({ stack = '', message }: Error): string =>
  stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .join('\n');

const describeError = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { type: typeof error };
  const described = { type: error.name, at: framesOf(error) };
  if (isPostgresError(error))
    return { ...described, code: error.code, constraint: error.constraint, table: error.table };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return {
    ...described,
    ...code,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
};

const onlyAllowed = (fields: LogFields): Record<string, unknown> => {
  const kept = allowed.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]);
  return {
    ...Object.fromEntries(kept),
    ...(fields.err === undefined ? {} : { error: describeError(fields.err) }),
  };
};

/**
 * One JSON line per event, on standard output. Messages are fixed texts: a value goes into a field, or
 * nowhere.
 */
export const openLog = (level: string, destination?: DestinationStream): Log => {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = destination ? pino(options, destination) : pino(options);
  return {
    // Said of every request and mostly not wanted: then nothing is made of it.
    info: (fields, message) =>
      void (logger.isLevelEnabled('info') && logger.info(onlyAllowed(fields), message)),
    warn: (fields, message) => logger.warn(onlyAllowed(fields), message),
    error: (fields, message) => logger.error(onlyAllowed(fields), message),
  };
};
