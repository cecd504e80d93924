import { z } from 'zod';
import { numberFilterSchema } from '#contract/numbers/list/number-filter.ts';
import { countedFirst, idSchema, isLongerThan, tooMuch } from '#contract/primitives.ts';

/** So many numbers may be selected one by one. */
export const MAX_SELECTED_IDS = 5000;
/** So many may be left out of those that a filter matches. */
export const MAX_EXCEPTED_IDS = 1000;

const idsSchema = (max: number, tooMany: string) =>
  countedFirst(z.array(idSchema).max(max, tooMuch(tooMany)), isLongerThan(max));

/** Which numbers: those named, or all that a filter matches but those excepted. */
export const bulkSelectSchema = z
  .strictObject({
    ids: idsSchema(MAX_SELECTED_IDS, 'Select at most 5,000 numbers by id; use a filter for more.').optional(),
    versions: z
      .record(idSchema, z.number().int().min(1))
      .optional()
      .describe('Of `ids`: the version that each was looked at with; one that has another is refused.'),
    filter: numberFilterSchema.optional(),
    except_ids: idsSchema(MAX_EXCEPTED_IDS, 'Except at most 1,000 numbers.').optional(),
  })
  .check(({ value: { ids, versions, filter, except_ids }, issues }) => {
    const complain = (message: string, path: string[] = []) =>
      issues.push({ code: 'custom', message, path, input: ids ?? filter });
    if (ids === undefined && filter === undefined) complain('Say which numbers: ids, or a filter.');
    if (ids !== undefined && filter !== undefined) complain('Give ids or a filter, not both.', ['filter']);
    const named = new Set(ids);
    if (versions !== undefined && !Object.keys(versions).every((id) => named.has(id)))
      complain('Give versions of the ids alone.', ['versions']);
    if (ids?.length === 0) complain('Name at least one number.', ['ids']);
    if (ids !== undefined && except_ids !== undefined)
      complain('Leave these out of the ids instead.', ['except_ids']);
  })
  .describe('Up to 5,000 `ids`; or a `filter`, with up to 1,000 `except_ids`.');
export type BulkSelect = z.infer<typeof bulkSelectSchema>;
