import { z } from 'zod';
import { actorSchema } from './audit-events.ts';
import { idSchema, lineSchema } from './primitives.ts';
import { columnsSchema } from './numbers/list/chosen-columns.ts';
import { numberFilterSchema, storedFilterSchema } from './numbers/list/number-filter.ts';
import { phoneNumberListQuerySchema } from './numbers/list/phone-number-list.ts';

/** So many views operators keep for themselves, so many each shares, and so many are shared in all. */
export const MAX_OWN_VIEWS = 50;
export const MAX_SHARED_BY_ONE = 20;
export const MAX_SHARED_VIEWS = 200;

/** Characters of a view’s filter, as JSON. */
const MAX_FILTER = 4000;

export const MAX_VIEW_NAME = 60;

export const viewNameSchema = lineSchema(MAX_VIEW_NAME).describe('What the view is called.');
/** Views are seen by more people than may compare credentials. */
const viewFilter = numberFilterSchema
  .refine(({ fingerprint }) => fingerprint === undefined, {
    path: ['fingerprint'],
    error: 'A view keeps no fingerprint: whoever sees the view would see it too.',
    params: { code: 'fingerprint_in_view' },
  })
  .refine((filter) => JSON.stringify(filter).length <= MAX_FILTER, {
    error: 'This is more than a view can keep. Choose fewer values.',
    params: { code: 'too_big' },
  });
const sort = phoneNumberListQuerySchema.shape.sort.unwrap().nullable();
const columns = columnsSchema.nullable().describe('Null: the columns that each operator has chosen.');
const pinned = z.boolean().describe('Stands in the navigation.');
const shared = z.boolean().describe('Seen by everybody; changed by its owner and by admins.');

/** A filter of the list of numbers under a name, with its order and its columns. */
export const viewSchema = z.strictObject({
  view_id: idSchema,
  name: z.string(),
  filter: storedFilterSchema,
  sort,
  columns,
  pinned,
  shared,
  owner: actorSchema.describe('Whose it is.'),
  version: z.number().int().min(1).describe('One higher after every change; also the ETag.'),
});
export type View = z.infer<typeof viewSchema>;

export const viewListSchema = z.strictObject({
  views: z.array(viewSchema).describe('Your own and the shared ones, by name.'),
});

export const viewCreateSchema = z.strictObject({
  name: viewNameSchema,
  filter: viewFilter.default({}),
  sort: sort.default(null),
  columns: columns.default(null),
  pinned: pinned.default(true),
  shared: shared.optional().describe('False where it is left out; views of API keys are always shared.'),
});
export type ViewCreate = z.infer<typeof viewCreateSchema>;
export type ViewCreateInput = z.input<typeof viewCreateSchema>;

/** Absent is unchanged; the filter is replaced whole. */
export const viewPatchSchema = z.strictObject({
  name: viewNameSchema.optional(),
  filter: viewFilter.optional(),
  sort: sort.optional(),
  columns: columns.optional(),
  pinned: pinned.optional(),
  shared: shared.optional(),
});
export type ViewPatch = z.infer<typeof viewPatchSchema>;
export type ViewPatchInput = z.input<typeof viewPatchSchema>;
