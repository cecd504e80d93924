import { z } from 'zod';
import type { Actor } from '#server/request-context.ts';
import { inOwnTask } from '#server/platform/fairness/own-task.ts';

/** A value as its schema has it, or what is wrong with it. */
export type Judged<T> = { success: true; data: T } | { success: false; issues: readonly z.core.$ZodIssue[] };

export const judge = <T>(schema: z.ZodType<T>, value: unknown): Judged<T> => {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? result : { success: false, issues: result.error.issues };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const takes = (
  option: z.core.SomeType,
  discriminator: string,
  value: Readonly<Record<string, unknown>>,
): option is z.ZodObject =>
  option instanceof z.ZodObject &&
  option.shape[discriminator]?.safeParse(value[discriminator]).success === true;

/** The object that a value is judged as; null where its fields cannot be judged one by one. */
const objectFor = (schema: z.ZodType, value: Readonly<Record<string, unknown>>): z.ZodObject | null => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return objectFor(schema.unwrap() as z.ZodType, value);
  const object =
    schema instanceof z.ZodDiscriminatedUnion
      ? schema.options.find((option) => takes(option, schema.def.discriminator, value))
      : schema;
  return object instanceof z.ZodObject && (object.def.checks ?? []).length === 0 ? object : null;
};

const restsOf = new WeakMap<z.ZodObject, Map<string, z.ZodObject>>();

/** The object without these fields, which have been judged; made once, for a schema is dear to make. */
const withoutJudged = (object: z.ZodObject, names: readonly string[]): z.ZodObject => {
  const rests = restsOf.get(object) ?? new Map<string, z.ZodObject>();
  restsOf.set(object, rests);
  const key = names.join(' ');
  const rest = rests.get(key) ?? object.extend(Object.fromEntries(names.map((name) => [name, z.any()])));
  rests.set(key, rest);
  return rest;
};

/**
 * What a large body holds, judged field by field, and so in each of its objects: each field that holds more
 * than one value in a turn of the event loop of its own. The answer is that of the schema. `during` stands around each parse.
 */
export const judgeByField = async <T>(
  asker: Actor,
  schema: z.ZodType<T>,
  value: unknown,
  during: <R>(parse: () => R) => R = (parse) => parse(),
): Promise<Judged<T>> => {
  const judgeInTurn = <V>(part: z.ZodType<V>, given: unknown) =>
    inOwnTask(asker, () => during(() => judge(part, given)));
  const object = isObject(value) ? objectFor(schema, value) : null;
  if (object === null || !isObject(value)) return judgeInTurn(schema, value);
  const judged: Record<string, unknown> = { ...value };
  const done: string[] = [];
  const issues: z.core.$ZodIssue[] = [];
  for (const [name, field] of Object.entries(object.shape)) {
    if (typeof value[name] !== 'object' || value[name] === null) continue;
    const found = await judgeByField(asker, field as z.ZodType, value[name], during);
    done.push(name);
    if (found.success) judged[name] = found.data;
    else issues.push(...found.issues.map((issue) => ({ ...issue, path: [name, ...issue.path] })));
  }
  const rest = await judgeInTurn(withoutJudged(object, done), judged);
  if (rest.success && issues.length === 0) return { success: true, data: rest.data as T };
  return { success: false, issues: rest.success ? issues : [...issues, ...rest.issues] };
};
