import { z } from 'zod';
import { assignableAgentIdSchema } from '#contract/agents.ts';
import { hoursBodySchema, timeZoneSchema } from '#contract/business-hours.ts';
import { callHandlingFields, callHandlingPatchSchema } from './call-handling.ts';
import {
  givenInstantSchema,
  idSchema,
  instantSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
} from '#contract/primitives.ts';
import { decidedBySchema, routingPatchSchema, temporaryReassignmentSchema } from './routing.ts';
import { destinationSchema } from './destination.ts';
import { findingCodes, findingSchema, type FindingCode } from './finding.ts';

/* The decision as telephony runtimes ask for it, and what is found about routing over the whole estate. */

const partySchema = z.string().max(1024, 'An address has at most 1,024 characters.');

// Zones have no history before, and calendars no certainty after.
const momentSchema = givenInstantSchema.refine((at) => at >= '1970' && at < '2200', {
  error: 'Ask about a moment from 1970 to 2199.',
  params: { code: 'moment_out_of_range' },
});

export const routeRequestSchema = z.strictObject({
  to: partySchema
    .min(1, 'Say who is called.')
    .describe(
      'Who is called: a number, or a SIP or `tel:` URI of one. Inbound, it is the number of ours, with or without its `+`.',
    ),
  from: partySchema
    .nullable()
    .default(null)
    .describe(
      'Who calls. Null, empty or `anonymous` is a withheld number. Outbound, it is the number of ours, with or without its `+`.',
    ),
  direction: z.enum(['inbound', 'outbound'], 'Choose inbound or outbound.').default('inbound'),
  at: momentSchema.optional().describe('The moment that is asked about; now where absent.'),
});
export type RouteRequest = z.infer<typeof routeRequestSchema>;

const { max_concurrent_calls, caller_id_name, ...otherFields } = callHandlingFields;

const settingsSchema = z
  .strictObject({
    max_duration_seconds: otherFields.max_duration_seconds,
    ring_timeout_seconds: otherFields.ring_timeout_seconds,
    silence_timeout_seconds: otherFields.silence_timeout_seconds,
    max_concurrent_calls: max_concurrent_calls.nullable(),
    recording: otherFields.recording,
    announce_recording: otherFields.announce_recording,
    voicemail_detection: otherFields.voicemail_detection,
    caller_id_name: caller_id_name.nullable(),
  })
  .describe(
    'Call handling that the runtime must obey, with the platform’s defaults filled in; null is no limit, no name.',
  );

const decisionFields = {
  phone_number_id: idSchema,
  phone_number: z.string().describe('The number of ours, E.164.'),
  direction: z.enum(['inbound', 'outbound']),
  at: instantSchema,
  destination: destinationSchema,
  agent_id: z
    .string()
    .nullable()
    .describe('The agent that takes part; of a split, the one this caller gets.'),
  decided_by: decidedBySchema,
  rule: z
    .strictObject({ id: z.string(), name: z.string().nullable(), position: z.number().int().min(1) })
    .nullable()
    .describe('The rule that matched.'),
  hours: z
    .strictObject({
      business_hours_id: z.string().nullable().describe('Null for hours that are not saved.'),
      name: z.string(),
      time_zone: z.string(),
      state: z.enum(['open', 'closed']),
      exception: z.string().nullable().describe('The name of the exception that governs the moment.'),
      local_time: z.string().describe('What the clock there shows, `YYYY-MM-DDTHH:MM`.'),
    })
    .nullable(),
  settings: settingsSchema,
  reasons: z
    .array(z.string())
    .describe(
      'Why, in plain words, in the order in which it was weighed. Moments are told by the clock of the number’s hours, else of its country where all clocks there show the same, and name the zone.',
    ),
};

export const routeAnswerSchema = z.strictObject({
  ...decisionFields,
  version: z.number().int().describe('The version of the phone number that was decided by.'),
  data: z
    .strictObject({
      as_of: instantSchema.describe(
        'Every change that committed before this instant was taken into account.',
      ),
      max_staleness_seconds: z
        .number()
        .describe('Data older than this is never answered by; the answer is then 503.'),
    })
    .describe('How fresh the data is.'),
});
export type RouteAnswer = z.infer<typeof routeAnswerSchema>;

/** What is not given is taken as it is saved. */
export const routePreviewRequestSchema = z.strictObject({
  from: partySchema
    .nullable()
    .default(null)
    .describe(
      'Inbound: who calls; null is a withheld number. Unlike a call, a question about what cannot be read is refused.',
    ),
  to: partySchema.nullable().default(null).describe('Outbound: who is called.'),
  direction: z.enum(['inbound', 'outbound'], 'Choose inbound or outbound.').default('inbound'),
  at: momentSchema.optional(),
  time_zone: timeZoneSchema
    .optional()
    .describe(
      'Of whoever asks: the reasons tell moments by it where the number has no hours, and its country more than one clock. UTC where absent.',
    ),
  inbound_agent_id: assignableAgentIdSchema.nullable().optional(),
  outbound_agent_id: assignableAgentIdSchema.nullable().optional(),
  routing: routingPatchSchema.nullable().optional().describe('As in an update: absent keys are as saved.'),
  call_handling: callHandlingPatchSchema
    .nullable()
    .optional()
    .describe('As in an update: absent keys are as saved.'),
  temporary_reassignment: temporaryReassignmentSchema.nullable().optional(),
  business_hours: hoursBodySchema
    .optional()
    .describe('Hours that are not saved, in the place of those the routing names.'),
});
export type RoutePreviewRequest = z.infer<typeof routePreviewRequestSchema>;

export const routePreviewSchema = z.strictObject({
  ...decisionFields,
  findings: z.array(findingSchema).describe('What is wrong with the routing as it was given.'),
});
export type RoutePreview = z.infer<typeof routePreviewSchema>;

export const findingListQuerySchema = z.strictObject({
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  code: z.enum(findingCodes).optional().describe('Findings of this kind alone.'),
});
export type FindingListQuery = z.infer<typeof findingListQuerySchema>;

export const estateFindingSchema = z.strictObject({
  ...findingSchema.shape,
  phone_number: z
    .strictObject({
      _id: idSchema,
      phone_number_international: z.string(),
      friendly_name: z.string().nullable(),
    })
    .nullable(),
  business_hours: z.strictObject({ business_hours_id: idSchema, name: z.string() }).nullable(),
  agent_id: z
    .string()
    .nullable()
    .describe('The agent that is retired or missing; null where the finding is of something else.'),
});
export type EstateFinding = z.infer<typeof estateFindingSchema>;

export const findingListSchema = z.strictObject({
  findings: z
    .array(estateFindingSchema)
    .describe(
      'Of business hours first, then of numbers, then of what is not on platforms as it is here. A page may hold fewer than asked for, even none, and not be the last.',
    ),
  next_page_token: nextPageTokenSchema,
});
export type FindingList = z.infer<typeof findingListSchema>;

/** Of each kind so many are counted; more are told as these, with `is_exact` false. */
export const MAX_COUNTED_FINDINGS = 999;

const findingCountSchema = z.strictObject({
  count: z.number().int().min(0).max(MAX_COUNTED_FINDINGS).describe('How many findings of this kind.'),
  is_exact: z
    .boolean()
    .describe(`False where there may be more: beyond ${MAX_COUNTED_FINDINGS}, and before the first count.`),
});
export type FindingCount = z.infer<typeof findingCountSchema>;

export const findingsSummarySchema = z.strictObject({
  counts: z
    .strictObject(
      Object.fromEntries(findingCodes.map((code) => [code, findingCountSchema])) as Record<
        FindingCode,
        typeof findingCountSchema
      >,
    )
    .describe('By the code of the finding.'),
  as_of: instantSchema
    .nullable()
    .describe(
      'Every change that committed before this instant was counted with; null before the first count. It is counted in the background, each minute at most, after a change and once somebody asks.',
    ),
});
export type FindingsSummary = z.infer<typeof findingsSummarySchema>;
