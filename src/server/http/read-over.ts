import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { FieldError } from '#contract/errors.ts';
import { over } from '#contract/reading.ts';
import { fieldErrors, fieldProblem } from './problem.ts';

type Fields = Readonly<Record<string, unknown>>;
const pick = (fields: Fields, isWanted: (name: string) => boolean): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => isWanted(name)));

/**
 * A merge patch as the schema reads it: without the fields that are as they are stored, and with those entries of the
 * others untouched that are. Throws what is wrong with it, behind the errors found so far.
 */
export const readOver = <S extends z.ZodType>(schema: S, stored: Fields, patch: Fields, errors: readonly FieldError[] = []): z.output<S> => {
  const asked = pick(patch, (name) => !(Object.hasOwn(stored, name) && isDeepStrictEqual(patch[name], stored[name])));
  const replaced = pick(stored, (name) => Object.hasOwn(asked, name));
  const parsed = over(schema, replaced, () => schema.safeParse(asked, { reportInput: true }));
  if (parsed.success && errors.length === 0) return parsed.data;
  throw fieldProblem([...errors, ...(parsed.success ? [] : fieldErrors(parsed.error.issues))]);
};
