import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  lineSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
} from './primitives.ts';

export const agentStatusSchema = z
  .enum(['active', 'retired'])
  .describe('A retired agent keeps its numbers but can be given no more.');
export type AgentStatus = z.infer<typeof agentStatusSchema>;

export const agentNameSchema = lineSchema(120).describe('The name operators choose the agent by.');
const languageCodeSchema = z
  .string()
  .trim()
  .max(35, 'A language tag has at most 35 characters.')
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'Write a BCP 47 language tag, as in en or bn-BD.')
  .describe('A BCP 47 language tag.');

export const agentSchema = z.strictObject({
  ai_agent_id: idSchema,
  agent_name: z.string(),
  agent_status: agentStatusSchema,
  language_code: z.string().nullable(),
  inbound_phone_number_count: z.number().int().min(0).describe('How many numbers have it as inbound agent.'),
  outbound_phone_number_count: z
    .number()
    .int()
    .min(0)
    .describe('How many numbers have it as outbound agent.'),
  upstream_ids: z
    .record(idSchema, z.string())
    .describe(
      'The id it has on each platform, by connection. Without one it cannot be given to a number linked there.',
    ),
  created_at: instantSchema,
  modified_at: instantSchema,
});
export type Agent = z.infer<typeof agentSchema>;

// Whatever cannot be an id is answered like an id that nobody has.
export const assignableAgentIdSchema = z
  .string()
  .refine((id) => idSchema.safeParse(id).success, {
    error: ({ input }) =>
      input === '' ? 'Choose an agent.' : 'No agent has this id. Choose one from GET /v2/ai-agents.',
    params: { code: 'agent_not_found' },
  })
  .describe('An agent that exists and is not retired.');

const upstreamIdSchema = z
  .string()
  .trim()
  .min(1, 'Paste the id that it has there.')
  .max(200, 'An id has at most 200 characters.')
  .regex(/^[\x21-\x7e]*$/, 'Paste the id alone: it has neither spaces nor letters beyond ASCII.');

const upstreamIdsPatchSchema = z
  .record(idSchema, upstreamIdSchema.nullable())
  .describe('By connection, the id it has there; null removes it.');

export const agentCreateSchema = z.strictObject({
  agent_name: agentNameSchema,
  language_code: languageCodeSchema.nullable().optional(),
  upstream_ids: z
    .record(idSchema, upstreamIdSchema)
    .optional()
    .describe('By connection, the id it has there.'),
});
export type AgentCreate = z.infer<typeof agentCreateSchema>;

/** Absent is unchanged. Retiring sets `agent_status` to `retired`; `active` brings the agent back. */
export const agentUpdateSchema = z.strictObject({
  agent_name: agentNameSchema.optional(),
  agent_status: agentStatusSchema.optional(),
  language_code: languageCodeSchema.nullable().optional(),
  upstream_ids: upstreamIdsPatchSchema.optional(),
});
export type AgentUpdate = z.infer<typeof agentUpdateSchema>;

export const agentListQuerySchema = z.strictObject({
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  q: z.string().max(120).optional().describe('Text to find in the name.'),
  agent_status: agentStatusSchema.optional(),
});
export type AgentListQuery = z.infer<typeof agentListQuerySchema>;

/** Sorted by name, then id. */
export const agentListSchema = z.strictObject({
  data: z.array(agentSchema),
  next_page_token: nextPageTokenSchema,
});
export const agentAnswerSchema = z.strictObject({ data: agentSchema });
