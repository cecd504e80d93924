import { z } from 'zod';
import { assignableAgentIdSchema } from '#contract/agents.ts';
import { MAX_RULES } from './limits.ts';
import {
  countedFirst,
  givenInstantSchema,
  idSchema,
  isLongerThan,
  lengthOf,
  lineSchema,
  phoneNumberTextSchema,
  phonePrefixSchema,
  tooMuch,
} from '#contract/primitives.ts';
import { callHandlingPatchSchema, countriesSchema } from './call-handling.ts';
import { destinationSchema } from './destination.ts';

/*
 * Who answers a call: rules in order, first match wins; else the inbound agent; else the fallback; else it is
 * rejected.
 */

export const MAX_RULE_NAME = 80;
const MAX_LISTED = 500;

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
