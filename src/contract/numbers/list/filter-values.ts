import { z } from 'zod';
import { idSchema, tooMuch } from '#contract/primitives.ts';
import { countrySchema } from '#contract/numbers/call-handling.ts';
import { MAX_FILTER_VALUES, NONE } from './list-filters.ts';

/* What the filters of the list take, each a parameter of the query. */

const meanings = {
  any: 'Repeated: any of these.',
  once: `Given once for each, at most ${MAX_FILTER_VALUES} times.`,
};

/**
 * A parameter that may be repeated. Its values are kept sorted and each once: the same question asked in
 * another order is the same question, also for a page token.
 */
export const severalOf = <S extends z.ZodType<string>>(
  value: S,
  words: string,
  meaning: keyof typeof meanings = 'any',
) =>
  z
    .array(value)
    .max(MAX_FILTER_VALUES, tooMuch(`Give at most ${MAX_FILTER_VALUES} values.`))
    .overwrite((values) => [...new Set(values)].toSorted())
    .optional()
    .describe(`${words} ${meanings[meaning]}`);

export const agentFilterSchema = z.union([z.literal(NONE), idSchema]);
export const countryFilterSchema = z.union([z.literal(NONE), countrySchema]);
export const yesOrNoSchema = z.enum(['true', 'false'], 'Write true or false.').optional();

const isStorable = (instant: string) => /^(?!0000)\d{4}-/.test(new Date(instant).toISOString());

/** An instant in any zone, answered in UTC. */
export const changedSinceSchema = z.iso
  .datetime({
    offset: true,
    error: 'Write an instant, as in 2026-07-01T09:00:00Z or 2026-07-01T15:00:00+06:00.',
  })
  .max(40, tooMuch('Write the instant to the millisecond.'))
  .refine(
    (instant) => Number.isNaN(Date.parse(instant)) || isStorable(instant),
    'Choose a year from 1 to 9999.',
  )
  .overwrite((instant) => (Number.isNaN(Date.parse(instant)) ? instant : new Date(instant).toISOString()));
