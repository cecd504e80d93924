import { z } from 'zod';
import { apiKeySchema } from './api-keys.ts';
import { phoneNumberSchema } from '#contract/numbers/phone-numbers.ts';
import { idSchema } from './primitives.ts';

/** Every problem the API can answer: its status and its title. The code is stable; the words may improve. */
export const problems = {
  invalid_json: [400, 'The body is not JSON'],
  invalid_request: [400, 'The request cannot be understood'],
  invalid_page_token: [400, 'The page token is not valid here'],
  unauthenticated: [401, 'Sign in first'],
  invalid_credentials: [401, 'E-mail or password is wrong'],
  forbidden: [403, 'Not allowed'],
  cross_site_request: [403, 'The request came from another site'],
  fresh_sign_in_required: [403, 'Give your password again'],
  invalid_set_up_link: [403, 'The set-up link is not valid'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  phone_number_taken: [409, 'The number is already there'],
  phone_number_not_deleted: [409, 'The number is not deleted'],
  agent_name_taken: [409, 'An agent has that name'],
  email_taken: [409, 'An operator has that e-mail'],
  business_hours_name_taken: [409, 'Business hours have that name'],
  too_many_business_hours: [409, 'There are too many business hours'],
  business_hours_in_use: [409, 'Numbers go by these hours'],
  connection_name_taken: [409, 'A connection has that name'],
  too_many_connections: [409, 'There are too many connections'],
  connection_paused: [409, 'The connection is paused'],
  not_deleted_there: [409, 'The number is not deleted on its platform yet'],
  already_linked: [409, 'The number is linked already'],
  link_changed: [409, 'The platform’s record changed again'],
  too_many_views: [409, 'There are too many views'],
  plan_not_ready: [409, 'The plan is still being judged'],
  plan_expired: [409, 'The plan has expired'],
  job_not_undoable: [409, 'The job cannot be undone'],
  too_many_jobs: [409, 'There are too many jobs under way'],
  job_not_retryable: [409, 'The job cannot be tried again'],
  last_admin: [409, 'The last admin must remain'],
  api_keys_unanswered: [409, 'Say what becomes of their API keys'],
  version_conflict: [412, 'Someone else saved first'],
  body_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The body is of another type'],
  wrong_host: [421, 'The address is not where this server is reached'],
  validation_failed: [422, 'Some fields are not valid'],
  unreadable_file: [422, 'The file cannot be imported'],
  invalid_phone_number: [422, 'No such phone number can exist'],
  unreadable_number: [422, 'The number cannot be read'],
  unknown_field: [422, 'Unknown field'],
  field_of_other_provider: [422, 'The field belongs to another provider'],
  read_only: [422, 'The field cannot be changed'],
  agent_not_found: [422, 'No such agent'],
  agent_retired: [422, 'The agent is retired'],
  agent_not_upstream: [422, 'The platform does not know the agent'],
  connection_not_found: [422, 'No such connection'],
  upstream_id_taken: [409, 'Another agent has that id there'],
  business_hours_not_found: [422, 'No such business hours'],
  forward_to_itself: [422, 'The number would forward to itself'],
  forward_loop: [422, 'The forward leads back to the number'],
  mask_without_credential: [422, 'The mask stands for no credential'],
  version_not_restorable: [422, 'The version cannot be restored'],
  credential_not_restored: [422, 'Credentials are not kept'],
  credentials_needed: [422, 'The credentials are needed again'],
  address_needed: [422, 'Say which address the credentials are for'],
  not_https: [422, 'The address is not reached by https'],
  credential_not_set: [422, 'The credential is not set'],
  idempotency_key_reused: [422, 'The idempotency key was used for another request'],
  too_many_attempts: [429, 'Too many attempts'],
  too_many_requests: [429, 'Too many heavy requests at once'],
  too_many_reveals: [429, 'Too many reveals'],
  internal: [500, 'Something failed on our side'],
  upstream_unavailable: [503, 'The platform cannot be reached'],
  audit_unavailable: [503, 'The audit log cannot be written'],
  routing_data_stale: [503, 'The routing data is too old to decide by'],
  database_unavailable: [503, 'The database cannot be reached'],
  outcome_unknown: [503, 'It may have been saved'],
  disk_full: [507, 'The disk is full'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof problems;

export const fieldErrorSchema = z.strictObject({
  pointer: z
    .string()
    .describe('A JSON pointer to the offending field; for query and path parameters, `/` and the name.'),
  code: z.string().describe('A problem code, or the name of the broken rule, such as `too_big`.'),
  message: z.string().describe('What to do about it.'),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/**
 * RFC 9457 problem details, sent as `application/problem+json`.
 * `code` is that of the field errors where they all agree on a code of this list, else `validation_failed`.
 */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  request_id: z.string(),
  errors: z.array(fieldErrorSchema).optional(),
  current: phoneNumberSchema.optional().describe('With `version_conflict` of a number: as it is now.'),
  changed_fields: z
    .array(z.string())
    .optional()
    .describe('With `version_conflict`: what changed since the version you hold.'),
  present_phone_number_id: idSchema
    .optional()
    .describe('With `phone_number_taken`: the number that is there, where it is known.'),
  deleted_phone_number_id: idSchema
    .optional()
    .describe('With `phone_number_taken` of a restore: the deleted number that was to come back.'),
  api_keys: z
    .array(apiKeySchema)
    .optional()
    .describe('With `api_keys_unanswered`: the keys that the request did not answer for.'),
  retry_after_seconds: z.number().int().optional(),
});
export type ProblemDetails = z.infer<typeof problemSchema>;
