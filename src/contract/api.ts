import { z } from 'zod';
import { agentAnswerSchema, agentCreateSchema, agentListQuerySchema, agentListSchema, agentUpdateSchema } from './agents.ts';
import { apiKeyCreatedSchema, apiKeyCreateSchema, apiKeyListSchema } from './api-keys.ts';
import { auditEventListQuerySchema, auditEventListSchema, historyQuerySchema } from './audit-events.ts';
import { businessHoursCreateSchema, businessHoursListSchema, businessHoursPatchSchema, businessHoursSchema } from './business-hours.ts';
import { bodyLimits } from './body-limits.ts';
import { changesQuerySchema } from './changes.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { noticeListSchema } from './notices.ts';
import { operatorCreateSchema, operatorListSchema, operatorSchema, operatorUpdateSchema } from './operators.ts';
import {
  phoneNumberCreateSchema,
  phoneNumberListQuerySchema,
  phoneNumberListSchema,
  phoneNumberPatchBodySchema,
  phoneNumberReadingQuerySchema,
  phoneNumberReadingSchema,
  phoneNumberSchema,
  revealedCredentialSchema,
  revealRequestSchema,
} from './phone-numbers.ts';
import { idSchema } from './primitives.ts';
import { settingsPatchSchema, settingsSchema } from './settings.ts';
import {
  findingListQuerySchema,
  findingListSchema,
  routeAnswerSchema,
  routePreviewRequestSchema,
  routePreviewSchema,
  routeRequestSchema,
} from './route.ts';
import {
  confirmPasswordSchema,
  freshUntilSchema,
  meSchema,
  passwordChangeSchema,
  sessionListSchema,
  setUpSchema,
  setUpStateSchema,
  signInSchema,
} from './sessions.ts';

const phoneNumberParams = z.strictObject({ phone_number_id: idSchema });
const businessHoursParams = z.strictObject({ business_hours_id: idSchema });
const agentParams = z.strictObject({ ai_agent_id: idSchema });

/**
 * The whole wire, in one table: the server mounts it, the client types its calls by it, the document is generated
 * from it, and the authorisation proof walks it. Nothing is served under /v1 or /v2 that is not here.
 */
export const api = {
  'GET /v1/phone-numbers': endpoint({
    summary: 'List phone numbers',
    tag: 'Phone numbers',
    access: { role: 'viewer', scope: 'numbers:read' },
    query: phoneNumberListQuerySchema,
    status: 200,
    output: phoneNumberListSchema,
    positioned: true,
    errors: ['invalid_page_token', 'too_many_requests'],
  }),
  'POST /v1/phone-numbers': endpoint({
    summary: 'Add a phone number',
    tag: 'Phone numbers',
    access: { role: 'operator', scope: 'numbers:write' },
    body: phoneNumberCreateSchema,
    maxBodyBytes: bodyLimits.phoneNumber,
    status: 201,
    output: phoneNumberSchema,
    errors: [
      'too_many_requests',
      'phone_number_taken',
      'invalid_phone_number',
      'agent_not_found',
      'agent_retired',
      'business_hours_not_found',
      'forward_to_itself',
      'forward_loop',
      'field_of_other_provider',
      'mask_without_credential',
    ],
    idempotent: true,
    versioned: true,
  }),
  'GET /v1/phone-numbers/{phone_number_id}': endpoint({
    summary: 'Read a phone number',
    tag: 'Phone numbers',
    access: { role: 'viewer', scope: 'numbers:read' },
    params: phoneNumberParams,
    status: 200,
    output: phoneNumberSchema,
    versioned: true,
  }),
  'PATCH /v1/phone-numbers/{phone_number_id}': endpoint({
    summary: 'Update a phone number',
    tag: 'Phone numbers',
    access: { role: 'operator', scope: 'numbers:write' },
    params: phoneNumberParams,
    body: phoneNumberPatchBodySchema,
    maxBodyBytes: bodyLimits.phoneNumber,
    status: 200,
    output: phoneNumberSchema,
    errors: [
      'too_many_requests',
      'version_conflict',
      'read_only',
      'field_of_other_provider',
      'agent_not_found',
      'agent_retired',
      'business_hours_not_found',
      'forward_to_itself',
      'forward_loop',
      'mask_without_credential',
    ],
    versioned: true,
  }),
  'DELETE /v1/phone-numbers/{phone_number_id}': endpoint({
    summary: 'Delete a phone number',
    tag: 'Phone numbers',
    access: { role: 'operator', scope: 'numbers:write' },
    params: phoneNumberParams,
    status: 204,
    errors: ['version_conflict'],
    versioned: true,
  }),
  'POST /v1/phone-numbers/{phone_number_id}/restore': endpoint({
    summary: 'Undo the deletion of a phone number, within ten minutes of it',
    tag: 'Phone numbers',
    access: { role: 'operator', scope: 'numbers:write' },
    params: phoneNumberParams,
    status: 200,
    output: phoneNumberSchema,
    errors: ['phone_number_taken'],
    idempotent: true,
    versioned: true,
  }),
  'POST /v1/phone-numbers/{phone_number_id}/reveal': endpoint({
    summary: 'Reveal a credential',
    tag: 'Phone numbers',
    access: { role: 'operator', scope: 'credentials:reveal', fresh: true },
    params: phoneNumberParams,
    body: revealRequestSchema,
    status: 200,
    output: revealedCredentialSchema,
    errors: ['fresh_sign_in_required', 'credential_not_set', 'field_of_other_provider', 'too_many_reveals', 'audit_unavailable'],
  }),
  'GET /v1/phone-numbers/{phone_number_id}/history': endpoint({
    summary: 'Read the history of a phone number, newest first',
    tag: 'Phone numbers',
    access: { role: 'viewer', scope: 'numbers:read' },
    params: phoneNumberParams,
    query: historyQuerySchema,
    status: 200,
    output: auditEventListSchema,
    errors: ['invalid_page_token'],
  }),
  'GET /v1/phone-number-reading': endpoint({
    summary: 'Read a phone number as adding it would, without adding it',
    tag: 'Phone numbers',
    access: { role: 'viewer', scope: 'numbers:read' },
    query: phoneNumberReadingQuerySchema,
    status: 200,
    output: phoneNumberReadingSchema,
    errors: ['invalid_phone_number'],
  }),

  'GET /v1/business-hours': endpoint({
    summary: 'List business hours',
    tag: 'Business hours',
    access: { role: 'viewer', scope: 'numbers:read' },
    status: 200,
    output: businessHoursListSchema,
    errors: ['too_many_requests'],
  }),
  'POST /v1/business-hours': endpoint({
    summary: 'Add business hours',
    tag: 'Business hours',
    access: { role: 'operator', scope: 'numbers:write' },
    body: businessHoursCreateSchema,
    maxBodyBytes: bodyLimits.businessHours,
    status: 201,
    output: businessHoursSchema,
    errors: ['business_hours_name_taken', 'too_many_business_hours', 'too_many_requests'],
    idempotent: true,
    versioned: true,
  }),
  'GET /v1/business-hours/{business_hours_id}': endpoint({
    summary: 'Read business hours',
    tag: 'Business hours',
    access: { role: 'viewer', scope: 'numbers:read' },
    params: businessHoursParams,
    status: 200,
    output: businessHoursSchema,
    versioned: true,
  }),
  'PATCH /v1/business-hours/{business_hours_id}': endpoint({
    summary: 'Update business hours, for every number that goes by them',
    tag: 'Business hours',
    access: { role: 'operator', scope: 'numbers:write' },
    params: businessHoursParams,
    body: businessHoursPatchSchema,
    overStored: true,
    maxBodyBytes: bodyLimits.businessHours,
    status: 200,
    output: businessHoursSchema,
    errors: ['version_conflict', 'business_hours_name_taken', 'too_many_requests'],
    versioned: true,
  }),
  'DELETE /v1/business-hours/{business_hours_id}': endpoint({
    summary: 'Delete business hours that no number goes by',
    tag: 'Business hours',
    access: { role: 'operator', scope: 'numbers:write' },
    params: businessHoursParams,
    status: 204,
    errors: ['version_conflict', 'business_hours_in_use'],
    versioned: true,
  }),

  'POST /v1/route': endpoint({
    summary: 'Decide who answers a call, as a telephony runtime asks when it comes',
    tag: 'Routing',
    access: { role: 'viewer', scope: 'calls:route' },
    body: routeRequestSchema,
    maxBodyBytes: bodyLimits.route,
    status: 200,
    output: routeAnswerSchema,
    errors: ['not_found', 'unreadable_number', 'routing_data_stale'],
    urgent: true,
  }),
  'POST /v1/phone-numbers/{phone_number_id}/route/preview': endpoint({
    summary: 'Decide by rules that are not saved, and look for what is wrong with them',
    tag: 'Routing',
    access: { role: 'viewer', scope: 'calls:route' },
    params: phoneNumberParams,
    body: routePreviewRequestSchema,
    overStored: true,
    maxBodyBytes: bodyLimits.preview,
    status: 200,
    output: routePreviewSchema,
    errors: ['too_many_requests'],
  }),
  'GET /v1/routing/findings': endpoint({
    summary: 'List what is wrong with routing, over all numbers',
    tag: 'Routing',
    access: { role: 'viewer', scope: 'numbers:read' },
    query: findingListQuerySchema,
    status: 200,
    output: findingListSchema,
    errors: ['invalid_page_token', 'too_many_requests'],
  }),

  'GET /v2/ai-agents': endpoint({
    summary: 'List agents',
    tag: 'Agents',
    access: { role: 'viewer', scope: 'numbers:read' },
    query: agentListQuerySchema,
    status: 200,
    output: agentListSchema,
    errors: ['invalid_page_token', 'too_many_requests'],
  }),
  'POST /v2/ai-agents': endpoint({
    summary: 'Add an agent',
    tag: 'Agents',
    access: { role: 'operator', scope: 'agents:write' },
    body: agentCreateSchema,
    status: 201,
    output: agentAnswerSchema,
    errors: ['agent_name_taken'],
    idempotent: true,
  }),
  'GET /v2/ai-agents/{ai_agent_id}': endpoint({
    summary: 'Read an agent',
    tag: 'Agents',
    access: { role: 'viewer', scope: 'numbers:read' },
    params: agentParams,
    status: 200,
    output: agentAnswerSchema,
  }),
  'PUT /v2/ai-agents/{ai_agent_id}': endpoint({
    summary: 'Rename, retire or reinstate an agent',
    tag: 'Agents',
    access: { role: 'operator', scope: 'agents:write' },
    params: agentParams,
    body: agentUpdateSchema,
    overStored: true,
    status: 200,
    output: agentAnswerSchema,
    errors: ['agent_name_taken'],
  }),

  'GET /v1/audit-events': endpoint({
    summary: 'Read the audit log, newest first',
    tag: 'Audit',
    access: { role: 'admin', scope: 'audit:read' },
    query: auditEventListQuerySchema,
    status: 200,
    output: auditEventListSchema,
    errors: ['invalid_page_token', 'too_many_requests'],
  }),
  'GET /v1/changes': endpoint({
    summary: 'Follow changes as they commit (server-sent events)',
    tag: 'Changes',
    access: { role: 'viewer', scope: 'numbers:read' },
    query: changesQuerySchema,
    status: 200,
    stream: 'text/event-stream',
  }),

  'GET /v1/set-up': endpoint({
    summary: 'Whether the first admin is still to be made',
    tag: 'Session',
    access: 'anyone',
    status: 200,
    output: setUpStateSchema,
  }),
  'POST /v1/set-up': endpoint({
    summary: 'Make the first admin with the one-time link, and sign in',
    tag: 'Session',
    access: 'anyone',
    body: setUpSchema,
    maxBodyBytes: bodyLimits.signIn,
    status: 201,
    output: meSchema,
    errors: ['invalid_set_up_link', 'too_many_attempts'],
  }),
  'POST /v1/sign-in': endpoint({
    summary: 'Sign in',
    tag: 'Session',
    access: 'anyone',
    body: signInSchema,
    maxBodyBytes: bodyLimits.signIn,
    status: 200,
    output: meSchema,
    errors: ['invalid_credentials', 'too_many_attempts'],
  }),
  'POST /v1/sign-out': endpoint({ summary: 'Sign out', tag: 'Session', access: 'session', status: 204 }),
  'GET /v1/me': endpoint({ summary: 'Who is asking', tag: 'Session', access: 'anyone-known', status: 200, output: meSchema }),
  'POST /v1/me/confirm-password': endpoint({
    summary: 'Give the password again, so that credentials may be revealed for ten minutes',
    tag: 'Session',
    access: 'session',
    body: confirmPasswordSchema,
    maxBodyBytes: bodyLimits.signIn,
    status: 200,
    output: freshUntilSchema,
    errors: ['invalid_credentials', 'too_many_attempts'],
  }),
  'POST /v1/me/password': endpoint({
    summary: 'Change the own password; every other session ends',
    tag: 'Session',
    access: 'session',
    body: passwordChangeSchema,
    maxBodyBytes: bodyLimits.signIn,
    status: 204,
    errors: ['invalid_credentials', 'too_many_attempts'],
  }),
  'GET /v1/me/sessions': endpoint({ summary: 'List the own sessions', tag: 'Session', access: 'session', status: 200, output: sessionListSchema }),
  'DELETE /v1/me/sessions/{session_id}': endpoint({
    summary: 'End one of the own sessions',
    tag: 'Session',
    access: 'session',
    params: z.strictObject({ session_id: idSchema }),
    status: 204,
  }),

  'GET /v1/notices': endpoint({
    summary: 'What is wrong with the installation, for admins',
    tag: 'Service',
    access: { role: 'admin', scope: null },
    status: 200,
    output: noticeListSchema,
  }),

  'GET /v1/operators': endpoint({
    summary: 'List operators',
    tag: 'Operators',
    access: { role: 'admin', scope: null },
    status: 200,
    output: operatorListSchema,
  }),
  'POST /v1/operators': endpoint({
    summary: 'Add an operator',
    tag: 'Operators',
    access: { role: 'admin', scope: null, fresh: true },
    body: operatorCreateSchema,
    status: 201,
    output: operatorSchema,
    errors: ['email_taken'],
  }),
  'PATCH /v1/operators/{operator_id}': endpoint({
    summary: 'Change an operator’s name or role, disable or enable them',
    tag: 'Operators',
    access: { role: 'admin', scope: null, fresh: true },
    params: z.strictObject({ operator_id: idSchema }),
    body: operatorUpdateSchema,
    overStored: true,
    status: 200,
    output: operatorSchema,
    errors: ['last_admin', 'api_keys_unanswered'],
  }),

  'GET /v1/api-keys': endpoint({
    summary: 'List API keys',
    tag: 'API keys',
    access: { role: 'admin', scope: null },
    status: 200,
    output: apiKeyListSchema,
  }),
  'POST /v1/api-keys': endpoint({
    summary: 'Add an API key; the answer shows it once',
    tag: 'API keys',
    access: { role: 'admin', scope: null, fresh: true },
    body: apiKeyCreateSchema,
    status: 201,
    output: apiKeyCreatedSchema,
  }),
  'DELETE /v1/api-keys/{api_key_id}': endpoint({
    summary: 'Revoke an API key',
    tag: 'API keys',
    access: { role: 'admin', scope: null },
    params: z.strictObject({ api_key_id: idSchema }),
    status: 204,
  }),

  'GET /v1/settings': endpoint({
    summary: 'Read the settings',
    tag: 'Settings',
    access: { role: 'admin', scope: null },
    status: 200,
    output: settingsSchema,
    versioned: true,
  }),
  'PATCH /v1/settings': endpoint({
    summary: 'Change the settings',
    tag: 'Settings',
    access: { role: 'admin', scope: null, fresh: true },
    body: settingsPatchSchema,
    status: 200,
    output: settingsSchema,
    errors: ['version_conflict', 'fresh_sign_in_required'],
    versioned: true,
  }),
} satisfies Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /v${1 | 2}/${string}`, Endpoint>;

export type Api = typeof api;
export type EndpointKey = keyof Api;

type In<S> = S extends z.ZodType ? z.input<S> : never;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Part<E, K extends string> = E extends Record<K, infer S> ? S : undefined;

/** What a caller sends: only the parts the endpoint has. */
export type Call<K extends EndpointKey> = (Part<Api[K], 'params'> extends undefined
  ? { params?: undefined }
  : { params: In<Part<Api[K], 'params'>> }) &
  (Part<Api[K], 'query'> extends undefined ? { query?: undefined } : { query?: In<Part<Api[K], 'query'>> }) &
  (Part<Api[K], 'body'> extends undefined ? { body?: undefined } : { body: In<Part<Api[K], 'body'>> });

/** What a handler receives, parsed; where it is read over what is stored, the object as it was sent. */
export interface Parsing<K extends EndpointKey> {
  params: Parsed<Part<Api[K], 'params'>>;
  query: Parsed<Part<Api[K], 'query'>>;
  body: Api[K] extends { overStored: true } ? Record<string, unknown> : Parsed<Part<Api[K], 'body'>>;
}

/** What an endpoint answers; undefined where it answers nothing. */
export type Answer<K extends EndpointKey> = Parsed<Part<Api[K], 'output'>>;
