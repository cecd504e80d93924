import { z } from 'zod';
import { isStorable, NOT_STORABLE } from '#contract/reading/storable.ts';
import { MAX_FILTER_VALUES } from './list-filters.ts';
import { phoneNumberListQuerySchema } from './phone-number-list.ts';

const {
  page_size: _size,
  page_token: _token,
  skip: _skip,
  sort: _sort,
  include: _include,
  ...parameters
} = phoneNumberListQuerySchema.shape;

const filterQuerySchema = z.strictObject(parameters);
/** Which numbers: the parameters of their list that narrow it, each as the list reads it. */
export type NumberFilter = z.infer<typeof filterQuerySchema>;
export const filterNames = Object.keys(parameters) as (keyof NumberFilter)[];

type Given = string | boolean | string[];
const givenValue = z.union([z.string(), z.boolean(), z.array(z.string()).max(MAX_FILTER_VALUES)]).optional();

const takesSeveral = (name: string) =>
  (parameters[name as keyof NumberFilter].def as z.core.$ZodOptionalDef).innerType instanceof z.ZodArray;

/** As the address would have it: one value or an array of them, and `true` for yes. */
const asQuery = (filter: Readonly<Record<string, Given | undefined>>) =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, given]) => {
      if (given === undefined) return [];
      const value = typeof given === 'boolean' ? String(given) : given;
      return [[name, takesSeveral(name) && typeof value === 'string' ? [value] : value]];
    }),
  );

/**
 * A filter in a body: each parameter of the list’s query that narrows it, with one value or an array of them. It
 * becomes what the query would have been read as.
 */
export const numberFilterSchema = z
  .strictObject(
    Object.fromEntries(filterNames.map((name) => [name, givenValue])) as Record<
      keyof NumberFilter,
      typeof givenValue
    >,
  )
  .transform((filter, context): NumberFilter => {
    if (!isStorable(filter)) {
      context.issues.push({ code: 'custom', message: NOT_STORABLE, input: filter });
      return z.NEVER;
    }
    const read = filterQuerySchema.safeParse(asQuery(filter));
    if (read.success) return read.data;
    for (const issue of read.error.issues) context.issues.push({ ...issue, input: filter } as never);
    return z.NEVER;
  })
  .describe(
    'Which numbers: the parameters of `GET /v1/phone-numbers` that narrow the list, each with one value or an array of them.',
  );
export type NumberFilterInput = z.input<typeof numberFilterSchema>;

/** A filter as it is answered. */
export const storedFilterSchema = filterQuerySchema.describe('As in `GET /v1/phone-numbers`.');
