import { z } from 'zod';
import { phoneNumberListQuerySchema } from '#contract/numbers/list/phone-number-list.ts';
import { countedFirst, idSchema, isLongerThan, tooMuch } from '#contract/primitives.ts';

/** So many numbers may be selected one by one. */
export const MAX_SELECTED_IDS = 5000;
/** So many may be left out of those that a filter matches. */
export const MAX_EXCEPTED_IDS = 1000;

const idsSchema = (max: number, tooMany: string) =>
  countedFirst(z.array(idSchema).max(max, tooMuch(tooMany)), isLongerThan(max));

const filterSchema = phoneNumberListQuerySchema.omit({
  page_size: true,
  page_token: true,
  skip: true,
  sort: true,
  include: true,
});
type FilterShape = typeof filterSchema.shape;

const repeated = new Set(
  Object.entries(filterSchema.shape)
    .filter(([, schema]) => schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodArray)
    .map(([name]) => name),
);

/** What the query may repeat is, in JSON, one value or an array of them. */
const asRepeated = (given: unknown): unknown =>
  typeof given !== 'object' || given === null || Array.isArray(given)
    ? given
    : Object.fromEntries(
        Object.entries(given).map(([name, value]: [string, unknown]) => [
          name,
          repeated.has(name) && typeof value === 'string' ? [value] : value,
        ]),
      );

/** The list's own filters, without its paging and order. */
export const bulkFilterSchema = z
  .preprocess(asRepeated, filterSchema)
  .describe('The parameters of `GET /v1/phone-numbers` that filter; a repeated one as an array.');
export type BulkFilter = z.infer<typeof bulkFilterSchema>;
/** What a caller sends: one value or several where the query may repeat it. */
export type BulkFilterInput = {
  [N in keyof FilterShape]?: z.input<FilterShape[N]> extends readonly (infer V)[] | undefined
    ? V | readonly V[]
    : z.input<FilterShape[N]>;
};

/** Which numbers: those named, or all that a filter matches but those excepted. */
export const bulkSelectSchema = z
  .strictObject({
    ids: idsSchema(MAX_SELECTED_IDS, 'Select at most 5,000 numbers by id; use a filter for more.').optional(),
    filter: bulkFilterSchema.optional(),
    except_ids: idsSchema(MAX_EXCEPTED_IDS, 'Except at most 1,000 numbers.').optional(),
  })
  .check(({ value: { ids, filter, except_ids }, issues }) => {
    const complain = (message: string, path: string[] = []) =>
      issues.push({ code: 'custom', message, path, input: ids ?? filter });
    if (ids === undefined && filter === undefined) complain('Say which numbers: ids, or a filter.');
    if (ids !== undefined && filter !== undefined) complain('Give ids or a filter, not both.', ['filter']);
    if (ids?.length === 0) complain('Name at least one number.', ['ids']);
    if (ids !== undefined && except_ids !== undefined)
      complain('Leave these out of the ids instead.', ['except_ids']);
  })
  .describe('Up to 5,000 `ids`; or a `filter`, with up to 1,000 `except_ids`.');
export type BulkSelect = z.infer<typeof bulkSelectSchema>;
