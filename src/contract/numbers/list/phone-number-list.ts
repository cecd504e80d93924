import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
  phoneNumberTextSchema,
} from '#contract/primitives.ts';
import {
  credentialNameSchema,
  fingerprintSchema,
  providerSchema,
  valueSchemas,
} from '#contract/numbers/field-values.ts';
import { MAX_SEARCH } from '#contract/numbers/limits.ts';
import {
  agentFilterSchema,
  changedSinceSchema,
  countryFilterSchema,
  severalOf,
  yesOrNoSchema,
} from './filter-values.ts';
import { linkStateSchema } from '#contract/connections/links.ts';
import { labelToFindSchema } from '#contract/numbers/labels.ts';
import { answeringFilters, phoneNumberSorts, type PhoneNumberSort } from './list-filters.ts';
import { phoneNumberSchema, givenRecord } from '#contract/numbers/phone-numbers.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';

const sortSchema = z
  .enum(
    phoneNumberSorts.flatMap((field) => [field, `-${field}`] as const) as [
      PhoneNumberSort,
      ...PhoneNumberSort[],
    ],
  )
  .optional()
  .describe(
    'The order; `-` for descending. `-created_at` where it is left out. Numbers without a name, and of no one country, are the last.',
  );

export const phoneNumberListQuerySchema = z.strictObject({
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  skip: z.coerce
    .number('Skip a whole number of rows, 0 or more.')
    .int('Skip a whole number of rows, 0 or more.')
    .min(0, 'Skip a whole number of rows, 0 or more.')
    .max(100_000_000, 'Skip fewer rows.')
    .default(0)
    .describe(
      'How many rows to pass over from where the page would begin: lets a list be entered in its middle.',
    ),
  q: z
    .string()
    .max(MAX_SEARCH)
    .optional()
    .describe(
      'Words to find, all of them and in any order, in the number, name, labels, agent names, trunk host, trunk user or account SID. Three letters are found anywhere, one or two where a word of the name, of a label or of an agent’s name begins with them.',
    ),
  provider: severalOf(providerSchema, 'How the number reaches the platform.'),
  inbound_agent_id: severalOf(agentFilterSchema, 'The inbound agent’s id; `none` where there is none.'),
  outbound_agent_id: severalOf(agentFilterSchema, 'The outbound agent’s id; `none` where there is none.'),
  agent_id: severalOf(
    agentFilterSchema,
    'An agent’s id in either direction; `none` for numbers with no agent in either.',
  ),
  routed_agent_id: idSchema
    .optional()
    .describe('An agent that a routing rule, switched on or off, or the fallback names.'),
  answering_now: severalOf(
    z.union([z.enum(answeringFilters), idSchema]),
    'Who answers at the moment of asking: an agent’s id (in a split, too), `none` where the call is declined, `forward`, `message` or `voicemail`.',
  ),
  country: severalOf(
    countryFilterSchema,
    'The number’s country, ISO 3166 alpha-2; `none` for numbers that belong to no one country.',
  ),
  region: severalOf(valueSchemas.sip_infra_region, 'The trunk’s region.'),
  label: labelToFindSchema.optional().describe('A label the number carries, without regard to case.'),
  label_any: severalOf(labelToFindSchema, 'Labels of which the number carries at least one.', 'once'),
  label_all: severalOf(labelToFindSchema, 'Labels all of which the number carries.', 'once'),
  label_none: severalOf(labelToFindSchema, 'Labels none of which the number carries.', 'once'),
  has_labels: yesOrNoSchema.describe('Whether the number carries any label.'),
  connection: severalOf(idSchema, 'Numbers that are linked to one of these connections.', 'once'),
  link_state: severalOf(linkStateSchema, 'Numbers with a link in one of these states.', 'once'),
  has_credential: yesOrNoSchema.describe(
    'Whether a credential of the number is set; a platform number has none.',
  ),
  changed_since: changedSinceSchema
    .optional()
    .describe('Numbers that were added or changed at or after this instant, RFC 3339.'),
  fingerprint: fingerprintSchema
    .optional()
    .describe('Numbers that hold the credential with this fingerprint. Only for who may reveal.'),
  deleted: z
    .enum(['true', 'false'])
    .optional()
    .describe(
      `\`true\` lists the numbers deleted within the last ${RESTORABLE_DAYS} days instead, the newest deletion first, each with \`deleted_at\`, \`deleted_by\` and \`restorable_until\`. It combines with \`q\`, \`provider\` and the other filters, with paging and with \`include=total\`; \`sort\`, \`answering_now\` and \`include=answering_now\` are refused beside it.`,
    ),
  sort: sortSchema,
  include: z
    .enum(['total', 'answering_now', 'total,answering_now'])
    .optional()
    .describe(
      '`total` adds `total_count` and `total_is_exact`; `answering_now` who answers each number now. With a comma, both.',
    ),
});
export type PhoneNumberListQuery = z.infer<typeof phoneNumberListQuerySchema>;
export type PhoneNumberListQueryInput = z.input<typeof phoneNumberListQuerySchema>;

/** Who answers a number at the moment of asking, of a caller of whom nothing is known. */
export const answeringNowSchema = z.strictObject({
  phone_number_id: idSchema,
  type: z.enum(['agent', 'split', 'forward', 'message', 'voicemail', 'reject']),
  agent_ids: z.array(z.string()).describe('The agent, or those of the split; else empty.'),
  stands_in: z.boolean().describe('The agent stands in for a while.'),
});
export type AnsweringNow = z.infer<typeof answeringNowSchema>;

export const phoneNumberListSchema = z.strictObject({
  phone_numbers: z.array(phoneNumberSchema),
  next_page_token: nextPageTokenSchema,
  total_count: z.number().int().min(0).optional().describe('How many numbers match, with `include=total`.'),
  answering_now: z
    .array(answeringNowSchema)
    .optional()
    .describe('With `include=answering_now`: one for each number of the page, in its order.'),
  answering_changes_at: instantSchema
    .nullable()
    .optional()
    .describe('With `include=answering_now`: when one of these answers changes next by itself.'),
  total_is_exact: z.boolean().optional().describe('False when the count is the database’s estimate.'),
});
export type PhoneNumberList = z.infer<typeof phoneNumberListSchema>;

export const phoneNumberReadingQuerySchema = z.strictObject({ phone_number: phoneNumberTextSchema });
/** What a number will be once it is added, however it is written. */
export const phoneNumberReadingSchema = z.strictObject({
  phone_number: givenRecord.phone_number,
  phone_number_international: givenRecord.phone_number_international,
  country: givenRecord.country,
});
export type PhoneNumberReading = z.infer<typeof phoneNumberReadingSchema>;

export const phoneNumberQuerySchema = z.strictObject({
  include: z
    .enum(['deleted'])
    .optional()
    .describe(
      '`deleted` reads the number also where it was deleted and can still be restored; without it that is a 404.',
    ),
});
export type PhoneNumberQuery = z.infer<typeof phoneNumberQuerySchema>;

export const phoneNumberDeleteQuerySchema = z.strictObject({
  platform: z
    .enum(['forget', 'delete'])
    .default('forget')
    .describe(
      '`delete` deletes it on its platform, too, as soon as that can be reached; restored before that, it is not. A key needs the scope `connections:write`, too.',
    ),
});
export type PhoneNumberDeleteQuery = z.infer<typeof phoneNumberDeleteQuerySchema>;

export const revealRequestSchema = z.strictObject({ credential: credentialNameSchema });

/**
 * The only answer in which a plaintext secret leaves the server. Never cached, never stored by the console.
 */
export const revealedCredentialSchema = z.strictObject({
  value: z.string().describe('The credential in clear.'),
  hide_after_seconds: z.number().int().describe('How long a screen may show it, in seconds.'),
});
export type RevealedCredential = z.infer<typeof revealedCredentialSchema>;
