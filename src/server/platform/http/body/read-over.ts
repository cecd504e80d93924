import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { FieldError } from '#contract/errors.ts';
import { overTexts, storedTexts } from '#contract/reading/reading.ts';
import type { RequestContext } from '#server/request-context.ts';
import { judge, judgeByField } from './judge-by-field.ts';
import { fieldErrors, fieldProblem } from '#server/problem.ts';
import { inOwnTask } from '#server/platform/fairness/own-task.ts';

type Fields = Readonly<Record<string, unknown>>;
const pick = (fields: Fields, isWanted: (name: string) => boolean): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => isWanted(name)));

/**
 * Reads a merge patch by the schema. A field equal to what is stored is left out; in the others, texts that
 * are stored already pass unchanged, even where today's schema would refuse them. Throws one problem:
 * `errors`, then all it found.
 */
export const readOver = async <T>(
  { actor, isLarge }: Pick<RequestContext, 'actor' | 'isLarge'>,
  schema: z.ZodType<T>,
  stored: Fields,
  patch: Fields,
  errors: readonly FieldError[] = [],
): Promise<T> => {
  const asked = pick(
    patch,
    (name) => !(Object.hasOwn(stored, name) && isDeepStrictEqual(patch[name], stored[name])),
  );
  const replaced = pick(stored, (name) => Object.hasOwn(asked, name));
  const gather = () => storedTexts(schema, replaced);
  const texts = isLarge ? await inOwnTask(actor, gather) : gather();
  const parse = <R>(work: () => R): R => overTexts(texts, work);
  const judged = isLarge
    ? await judgeByField(actor, schema, asked, parse)
    : parse(() => judge(schema, asked));
  if (judged.success && errors.length === 0) return judged.data;
  throw fieldProblem([...errors, ...(judged.success ? [] : fieldErrors(judged.issues))]);
};
