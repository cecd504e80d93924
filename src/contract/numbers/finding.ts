import { z } from 'zod';

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
  'upstream_gone',
  'upstream_refused',
  'upstream_conflict',
  'upstream_held',
  'upstream_drift',
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
