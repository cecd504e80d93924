import { z } from 'zod';
import { nextPageTokenSchema, pageSizeSchemaOf, pageTokenSchema } from '#contract/primitives.ts';
import { MAX_LABEL } from '#contract/numbers/limits.ts';

export const labelListQuerySchema = z.strictObject({
  page_size: pageSizeSchemaOf(50),
  page_token: pageTokenSchema.optional(),
  q: z
    .string()
    .max(4 * MAX_LABEL)
    .optional()
    .describe('Text to find anywhere in the label, without regard to case and accents.'),
});
export type LabelListQuery = z.infer<typeof labelListQuerySchema>;

/**
 * In the order of their letters, without regard to case. Labels that look alike are one. Among very many a page
 * may be short, or empty, and have a token that leads on.
 */
export const labelListSchema = z.strictObject({
  labels: z.array(
    z.strictObject({
      label: z.string().describe('As most of the numbers write it.'),
      count: z.number().int().min(1).describe('How many numbers carry it.'),
    }),
  ),
  next_page_token: nextPageTokenSchema,
});
export type LabelList = z.infer<typeof labelListSchema>;
