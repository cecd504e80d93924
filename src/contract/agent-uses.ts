import { z } from 'zod';
import { temporaryReassignmentSchema } from '#contract/numbers/routing.ts';
import { idSchema, nextPageTokenSchema, pageSizeSchema, pageTokenSchema } from './primitives.ts';

export const agentUseKinds = ['inbound', 'outbound', 'routing', 'stand_in'] as const;
export type AgentUseKind = (typeof agentUseKinds)[number];

export const agentUseListQuerySchema = z.strictObject({
  kind: z
    .enum(agentUseKinds, 'Choose inbound, outbound, routing or stand_in.')
    .describe(
      '`inbound` and `outbound`: numbers that have it as that agent; `routing`: numbers with a rule, switched on or off, or a fallback that names it, in a split too; `stand_in`: numbers for which it stands in, now or later.',
    ),
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  include: z.enum(['total']).optional().describe('`total` adds `total_count` and `total_is_exact`.'),
});
export type AgentUseListQuery = z.infer<typeof agentUseListQuerySchema>;

export const agentUsePlaceSchema = z.strictObject({
  pointer: z.string().describe('A JSON pointer into the phone number’s record: the agent’s id stands there.'),
  rule_name: z.string().nullable().describe('What the rule that names it is called, if it is.'),
  is_enabled: z.boolean().describe('False for a rule that is switched off.'),
  share: z
    .number()
    .nullable()
    .describe('Of a split, which part of the callers it takes, above 0 to 1; null where it is no split.'),
});
export type AgentUsePlace = z.infer<typeof agentUsePlaceSchema>;

/** A number that names the agent, and where. */
export const agentUseSchema = z.strictObject({
  phone_number: z.strictObject({
    _id: idSchema,
    phone_number_international: z.string(),
    friendly_name: z.string().nullable(),
  }),
  places: z.array(agentUsePlaceSchema),
  temporary_reassignment: temporaryReassignmentSchema
    .nullable()
    .describe('With `kind=stand_in`: for what it stands in, and from when to when; else null.'),
});
export type AgentUse = z.infer<typeof agentUseSchema>;

/** In the order of the phone numbers. */
export const agentUseListSchema = z.strictObject({
  data: z.array(agentUseSchema),
  next_page_token: nextPageTokenSchema,
  total_count: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('How many numbers name it so, with `include=total`.'),
  total_is_exact: z.boolean().optional().describe('False when the count is the database’s estimate.'),
});
export type AgentUseList = z.infer<typeof agentUseListSchema>;
