import type { ParseArgsConfig } from 'node:util';
import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';

/** What a command has to work with. */
export interface CommandContext {
  config: Config;
  /** What stands on the command line behind the command's own name, without options. */
  positionals: readonly string[];
  values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  /** Opened when first wanted, beside a running server too, and closed when the command ends. */
  openDatabase: () => Promise<Database>;
  print: (line: string) => void;
  /** To the person and not into a pipe: standard error. */
  explain: (line: string) => void;
  /** The first line of standard input, for what must not stand on a command line. */
  readSecret: (prompt: string) => Promise<string>;
}

export interface Command {
  name: string;
  summary: string;
  /** Lines below `Usage:`, each without the program's name. */
  usage: readonly string[];
  /** Lines below the usage, as they are. */
  notes?: readonly string[];
  options?: NonNullable<ParseArgsConfig['options']>;
  run: (context: CommandContext) => Promise<void>;
}

/** Said to whoever typed the command: it ends with status 2 and the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Said to whoever typed the command: what they asked for cannot be done. It ends with status 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
