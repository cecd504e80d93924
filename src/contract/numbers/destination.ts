import { z } from 'zod';
import { assignableAgentIdSchema } from '#contract/agents.ts';
import { countedFirst, isLongerThan, proseSchema, tooMuch } from '#contract/primitives.ts';
import { isUnreadable, readPhoneNumber, type Unreadable } from '#contract/reading/phone-number.ts';
import { sipTerminationUriSchema } from './field-values.ts';

export const MAX_SPLIT = 20;
/** Of what is said to a caller. */
export const MAX_PROMPT = 2000;
export const MAX_FORWARD_TARGET = 255;

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
    .number('Write a whole number.')
    .int('Write a whole number.')
    .min(1, 'Give each agent a weight of at least 1, or take it out.')
    .max(1000, 'A weight is at most 1000.')
    .describe('Its share of the callers, relative to the other weights.'),
});

// Those of whom none is chosen yet are told so themselves.
const hasAgentTwice = (shares: readonly { agent_id: string }[]): boolean => {
  const chosen = shares.map(({ agent_id }) => agent_id).filter((id) => id !== '');
  return new Set(chosen).size < chosen.length;
};

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
            .refine((shares) => !hasAgentTwice(shares), {
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
        text: proseSchema(MAX_PROMPT)
          .trim()
          .min(1, 'Write what is said.')
          .describe('Said to the caller; the call then ends.'),
      }),
      z.strictObject({
        type: z.literal('voicemail'),
        greeting: proseSchema(MAX_PROMPT)
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
