import type { z } from 'zod';
import { fieldErrors, fieldProblem, Problem } from '#server/problem.ts';
import { systemContext } from '#server/request-context.ts';
import { CommandError } from './command.ts';

/** Who acts when somebody types a command on the server: as such it stands in the audit log. */
export const commandLineContext = () => systemContext('Command line');

const inWords = (problem: Problem): string =>
  problem.extra.errors?.map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`).join('\n') ??
  problem.message;

/** What a service refuses, said to whoever typed. */
export const orCommandError = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) throw new CommandError(inWords(error));
    throw error;
  }
};

/** What was typed, judged by the schema that judges it on the wire. */
export const parseTyped = <T>(schema: z.ZodType<T>, typed: unknown): T => {
  const result = schema.safeParse(typed, { reportInput: true });
  if (!result.success) throw new CommandError(inWords(fieldProblem(fieldErrors(result.error.issues))));
  return result.data;
};

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Rows under each other, each column as wide as its longest cell. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
