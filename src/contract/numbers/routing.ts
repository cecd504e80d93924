import { z } from 'zod';
import { assignableAgentIdSchema } from '#contract/agents.ts';
import { callHandlingPatchSchema, countriesSchema } from './call-handling.ts';
import { isUnreadable, readPhoneNumber, type Unreadable } from '#contract/reading/phone-number.ts';
import {
  countedFirst,
  givenInstantSchema,
  idSchema,
  isLongerThan,
  lengthOf,
  lineSchema,
  phoneNumberTextSchema,
  phonePrefixSchema,
  proseSchema,
  tooMuch,
} from '#contract/primitives.ts';
import { sipTerminationUriSchema } from './field-values.ts';

/**
 * Who answers a call: rules in order, first match wins; else the inbound agent; else the fallback; else it is
 * rejected.
 */

export const MAX_RULES = 50;
export const MAX_SPLIT = 20;
export const MAX_RULE_NAME = 80;
/** Of what is said to a caller. */
export const MAX_SPOKEN = 2000;
export const MAX_FORWARD_TARGET = 255;
const MAX_LISTED = 500;

const ringTimeoutSchema = z
  .number()
  .int('Write whole seconds, 5 to 300.')
  .min(5, 'Let it ring at least 5 seconds.')
  .max(300, 'Let it ring at most 300 seconds.');

const sipAddressSchema = sipTerminationUriSchema.refine((uri) => /^sips?:/i.test(uri), {
  error: 'Write a number as +14155552671, or a SIP address as sip:desk@pbx.example.',
  params: { code: 'invalid_forward_target' },
});
const isSipAddress = (to: string) => /^[\s<]*sips?:/i.test(to);

const refusedTarget = ({ reason, message }: Unreadable): string =>
  reason === 'other_characters' ? `${message} For a SIP address, write sip: in front.` : message;

/**
 * A phone number, spelled as in `phone-number.ts`, or a `sip:`/`sips:` URI. Whether the number is possible is
 * for the server to judge.
 */
export const forwardTargetSchema = z
  .string()
  .max(MAX_FORWARD_TARGET, tooMuch(`An address has at most ${MAX_FORWARD_TARGET} characters.`))
  .check((payload) => {
    const refuse = (message: string) =>
      payload.issues.push({
        code: 'custom',
        message,
        params: { code: 'invalid_forward_target' },
        input: payload.value,
      });
    if (isSipAddress(payload.value)) {
      const { data, error } = sipAddressSchema.safeParse(payload.value);
      if (error) refuse(error.issues[0]?.message ?? '');
      else payload.value = data;
      return;
    }
    const reading = readPhoneNumber(payload.value);
    if (isUnreadable(reading)) refuse(refusedTarget(reading));
    else payload.value = reading.spelled;
  })
  .describe(
    'Where it goes: an E.164 number or a SIP URI; not the number itself, nor one that leads back to it.',
  );

const splitShareSchema = z.strictObject({
  agent_id: assignableAgentIdSchema,
  weight: z
    .number()
    .int('Write a whole number.')
    .min(1, 'Give each agent a weight of at least 1, or take it out.')
    .max(1000, 'A weight is at most 1000.')
    .describe('Its share of the callers, relative to the other weights.'),
});

export const destinationSchema = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('agent'), agent_id: assignableAgentIdSchema }),
      z.strictObject({
        type: z.literal('split'),
        agents: countedFirst(
          z
            .array(splitShareSchema)
            .max(MAX_SPLIT, tooMuch(`Split over at most ${MAX_SPLIT} agents.`))
            .min(1, 'Name at least one agent.')
            .refine((shares) => new Set(shares.map(({ agent_id }) => agent_id)).size === shares.length, {
              error: 'An agent is there twice. Keep one, with both weights.',
              params: { code: 'duplicate_agent' },
            })
            .describe('The same caller always gets the same agent.'),
          isLongerThan(MAX_SPLIT),
        ),
      }),
      z.strictObject({
        type: z.literal('forward'),
        to: forwardTargetSchema,
        ring_timeout_seconds: ringTimeoutSchema
          .nullable()
          .default(null)
          .describe('Null is the number’s own ring timeout.'),
      }),
      z.strictObject({
        type: z.literal('message'),
        text: proseSchema(MAX_SPOKEN)
          .trim()
          .min(1, 'Write what is said.')
          .describe('Said to the caller; the call then ends.'),
      }),
      z.strictObject({
        type: z.literal('voicemail'),
        greeting: proseSchema(MAX_SPOKEN)
          .trim()
          .nullable()
          .default(null)
          .describe('Said first; null is the platform’s own.'),
      }),
      z.strictObject({
        type: z.literal('reject'),
        reason: z.enum(['busy', 'declined'], 'Choose busy or declined.').default('declined'),
      }),
    ],
    'Choose agent, split, forward, message, voicemail or reject.',
  )
  .describe('What becomes of a call.');
export type Destination = z.infer<typeof destinationSchema>;
export type DestinationType = Destination['type'];

export const hoursConditions = ['any', 'open', 'closed', 'exception'] as const;
export type HoursCondition = (typeof hoursConditions)[number];

const callersSchema = countedFirst(
  z
    .array(phoneNumberTextSchema)
    .max(MAX_LISTED, tooMuch(`There is room for ${MAX_LISTED} callers.`))
    .overwrite((callers) => [...new Set(callers)]),
  isLongerThan(MAX_LISTED),
);
const prefixesSchema = countedFirst(
  z
    .array(phonePrefixSchema)
    .max(MAX_LISTED, tooMuch(`There is room for ${MAX_LISTED} prefixes.`))
    .overwrite((prefixes) => [...new Set(prefixes)]),
  isLongerThan(MAX_LISTED),
);

export const conditionsSchema = z
  .strictObject({
    hours: z
      .enum(hoursConditions, 'Choose any, open, closed or exception.')
      .default('any')
      .describe(
        '`open` and `closed`: whether the hours are, by the week or by an exception; `exception`: whenever one governs the moment. A number without hours is always open.',
      ),
    caller_countries: countriesSchema
      .nullable()
      .default(null)
      .describe('The caller’s country; null or empty is any.'),
    caller_prefixes: prefixesSchema
      .nullable()
      .default(null)
      .describe('How the caller’s number begins; null or empty is any.'),
    caller_in: callersSchema.nullable().default(null).describe('Certain callers; null or empty is any.'),
    anonymous: z
      .union([z.boolean(), z.literal('any')], 'Choose true, false or any.')
      .default('any')
      .describe('Whether the caller’s number is withheld.'),
  })
  .describe('All that are given must hold.');
export type Conditions = z.infer<typeof conditionsSchema>;

const ruleFields = {
  name: lineSchema(MAX_RULE_NAME).nullable().default(null).describe('What people call the rule.'),
  enabled: z.boolean().default(true),
  when: conditionsSchema,
  destination: destinationSchema,
};
export const ruleSchema = z.strictObject({
  id: idSchema.describe('Names the rule within the number; made by the server where absent.'),
  ...ruleFields,
});
export type Rule = z.infer<typeof ruleSchema>;

const businessHoursIdSchema = idSchema
  .nullable()
  .describe('The hours that rules go by; null is always open.');

export const routingSchema = z.strictObject({
  business_hours_id: businessHoursIdSchema,
  rules: z.array(ruleSchema).describe('First match wins.'),
  fallback: destinationSchema
    .nullable()
    .describe('Where no rule matches and no agent answers; null rejects.'),
});
export type Routing = z.infer<typeof routingSchema>;

// Over all rules together: what is asked of a caller is looked through at each call.
export const MAX_ENTRIES = 2000;

/** Of rules as they were sent, whatever they are. */
const countEntries = (rules: unknown): number =>
  (Array.isArray(rules) ? (rules as unknown[]) : []).reduce<number>((sum, rule) => {
    const { when } = (rule ?? {}) as {
      when?: { caller_countries?: unknown; caller_prefixes?: unknown; caller_in?: unknown };
    };
    return (
      sum + lengthOf(when?.caller_countries) + lengthOf(when?.caller_prefixes) + lengthOf(when?.caller_in)
    );
  }, 0);
const hasTooManyEntries = (rules: unknown) => countEntries(rules) > MAX_ENTRIES;

const writtenRulesSchema = countedFirst(
  z
    .array(z.strictObject({ id: idSchema.optional(), ...ruleFields }))
    .max(MAX_RULES, tooMuch(`A number has at most ${MAX_RULES} rules.`))
    .refine((rules) => !hasTooManyEntries(rules), {
      error: `The rules of a number name at most ${MAX_ENTRIES} countries, prefixes and callers together. Use shorter prefixes.`,
      abort: true,
      params: { code: 'too_many_entries' },
    })
    .check(({ value, issues }) => {
      const ids = value.map(({ id }) => id).filter((id) => id !== undefined);
      const at = ids.findIndex((id, index) => ids.indexOf(id) !== index);
      if (at < 0) return;
      const last = value.findLastIndex(({ id }) => id === ids[at]);
      const message = 'Two rules have the same id. Leave it out of the new one.';
      issues.push({
        code: 'custom',
        path: [last, 'id'],
        message,
        params: { code: 'duplicate_rule' },
        input: value,
      });
    }),
  (rules) => isLongerThan(MAX_RULES)(rules) || hasTooManyEntries(rules),
);

/** Absent is unchanged, null is cleared; rules are replaced whole. */
export const routingPatchSchema = z.strictObject({
  business_hours_id: businessHoursIdSchema.optional(),
  rules: writtenRulesSchema.nullable().optional(),
  fallback: destinationSchema.nullable().optional(),
});
export type RoutingPatch = z.infer<typeof routingPatchSchema>;

/** Another agent for a while: from one instant to another, and then back by itself. */
export const temporaryReassignmentSchema = z
  .strictObject({
    agent_id: assignableAgentIdSchema,
    direction: z
      .enum(['inbound', 'outbound', 'both'], 'Choose inbound, outbound or both.')
      .default('inbound'),
    starts_at: givenInstantSchema,
    ends_at: givenInstantSchema,
  })
  .refine(({ starts_at, ends_at }) => Date.parse(ends_at) > Date.parse(starts_at), {
    error: 'It ends before it begins. Choose a later end.',
    path: ['ends_at'],
    params: { code: 'end_before_start' },
  })
  .describe(
    'An agent that stands in for the inbound or outbound agent for a while. Rules that name an agent are not touched.',
  );
export type TemporaryReassignment = z.infer<typeof temporaryReassignmentSchema>;

/** What the decision needs of a phone number. */
export interface RoutedNumber {
  phone_number: string;
  inbound_agent_id: string | null;
  outbound_agent_id: string | null;
  routing: Routing | null;
  call_handling: Partial<z.infer<typeof callHandlingPatchSchema>> | null;
  temporary_reassignment: TemporaryReassignment | null;
}

/** Why a destination was chosen. */
export const decidedBySchema = z
  .enum([
    'rule',
    'inbound_agent',
    'outbound_agent',
    'fallback',
    'nobody',
    'blocked_caller',
    'inbound_countries',
    'outbound_countries',
    'outbound_window',
  ])
  .describe(
    'What decided: a rule, the number’s agent, the fallback, a call handling preference that declines the call, or `nobody`: no agent and no fallback.',
  );
export type DecidedBy = z.infer<typeof decidedBySchema>;

export const findingCodes = [
  'nobody_answers',
  'unreachable_rule',
  'retired_agent',
  'missing_agent',
  'forward_to_itself',
  'forward_loop',
  'past_exception',
  'zone_of_another_country',
  'hours_across_zones',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Something that will surprise a caller, and the way out. */
export const findingSchema = z.strictObject({
  code: z.enum(findingCodes),
  severity: z
    .enum(['error', 'warning'])
    .describe('`error`: some call is answered by nobody who can, or never ends; `warning`: look at it.'),
  pointer: z
    .string()
    .describe(
      'A JSON pointer into the phone number’s record, or, for findings of business hours, into theirs.',
    ),
  message: z.string().describe('What is wrong.'),
  fix: z.string().describe('How to put it right.'),
});
export type Finding = z.infer<typeof findingSchema>;
