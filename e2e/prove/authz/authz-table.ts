import type { EndpointKey } from '#contract/api.ts';
import type { Scope } from '#contract/access.ts';

/**
 * Who may do what, written down a second time from the words of the specification and not from the code: the
 * proof compares the two. An endpoint without a line here does not compile.
 */
export type Allowed = 'viewer' | 'operator' | 'operator, not fresh' | 'admin' | `key ${Scope}`;

const everyScope: Scope[] = [
  'numbers:read',
  'numbers:write',
  'credentials:reveal',
  'agents:write',
  'audit:read',
  'calls:route',
  'connections:read',
  'connections:write',
];
const everyKey = everyScope.map((scope): Allowed => `key ${scope}`);
const everyOperator: Allowed[] = ['viewer', 'operator', 'operator, not fresh', 'admin'];
const reading: Allowed[] = [...everyOperator, 'key numbers:read'];
const writing: Allowed[] = ['operator', 'operator, not fresh', 'admin', 'key numbers:write'];
const routing: Allowed[] = [...everyOperator, 'key calls:route'];
const connecting: Allowed[] = ['admin', 'key connections:write'];
// A key needs two scopes, and each of these has one.
const linking: Allowed[] = ['operator', 'operator, not fresh', 'admin'];
const agents: Allowed[] = ['operator', 'operator, not fresh', 'admin', 'key agents:write'];

export const allowed: Record<EndpointKey, 'everyone' | Allowed[]> = {
  'GET /v1/phone-numbers': reading,
  'POST /v1/phone-numbers': writing,
  'GET /v1/phone-numbers/export': reading,
  'GET /v1/phone-numbers/{phone_number_id}': reading,
  'PATCH /v1/phone-numbers/{phone_number_id}': writing,
  'DELETE /v1/phone-numbers/{phone_number_id}': writing,
  'POST /v1/phone-numbers/{phone_number_id}/restore': writing,
  'POST /v1/phone-numbers/{phone_number_id}/delete-for-good': ['admin'],
  'POST /v1/phone-numbers/{phone_number_id}/restore-version': writing,
  'POST /v1/phone-numbers/{phone_number_id}/reveal': ['operator', 'admin', 'key credentials:reveal'],
  'GET /v1/phone-numbers/{phone_number_id}/history': reading,
  'GET /v1/labels': reading,
  'GET /v1/phone-number-reading': reading,
  'GET /v1/business-hours': reading,
  'POST /v1/business-hours': writing,
  'GET /v1/business-hours/{business_hours_id}': reading,
  'PATCH /v1/business-hours/{business_hours_id}': writing,
  'DELETE /v1/business-hours/{business_hours_id}': writing,
  'POST /v1/bulk-jobs': writing,
  'GET /v1/bulk-plans/{plan_id}': writing,
  'GET /v1/bulk-plans/{plan_id}/rows': writing,
  'GET /v1/bulk-jobs': reading,
  'GET /v1/bulk-jobs/{bulk_job_id}': reading,
  'GET /v1/bulk-jobs/{bulk_job_id}/rows': reading,
  'POST /v1/bulk-jobs/{bulk_job_id}/cancel': writing,
  'POST /v1/bulk-jobs/{bulk_job_id}/undo': writing,
  'POST /v1/imports': writing,
  'GET /v1/imports/{import_id}': writing,
  'GET /v1/imports/{import_id}/rows': writing,
  'POST /v1/imports/{import_id}/run': writing,
  'POST /v1/route': routing,
  'POST /v1/phone-numbers/{phone_number_id}/route/preview': routing,
  'GET /v1/routing/findings': reading,
  'GET /v1/routing/findings/summary': reading,
  'GET /v2/ai-agents': reading,
  'POST /v2/ai-agents': agents,
  'GET /v2/ai-agents/{ai_agent_id}': reading,
  'GET /v2/ai-agents/{ai_agent_id}/uses': reading,
  'PUT /v2/ai-agents/{ai_agent_id}': agents,
  'GET /v1/audit-events': ['admin', 'key audit:read'],
  'GET /v1/changes': reading,
  'GET /v1/set-up': 'everyone',
  'POST /v1/set-up': 'everyone',
  'POST /v1/sign-in': 'everyone',
  'POST /v1/sign-out': everyOperator,
  'GET /v1/me': [...everyOperator, ...everyKey],
  'PATCH /v1/me': everyOperator,
  'POST /v1/me/confirm-password': everyOperator,
  'POST /v1/me/password': everyOperator,
  'GET /v1/me/sessions': everyOperator,
  'DELETE /v1/me/sessions/{session_id}': everyOperator,
  'GET /v1/notices': ['admin'],
  'GET /v1/operators': ['admin'],
  'POST /v1/operators': ['admin'],
  'PATCH /v1/operators/{operator_id}': ['admin'],
  'GET /v1/api-keys': ['admin'],
  'POST /v1/api-keys': ['admin'],
  'DELETE /v1/api-keys/{api_key_id}': ['admin'],
  'GET /v1/settings': ['admin'],
  'PATCH /v1/settings': ['admin'],
  'GET /v1/views': reading,
  // One's own, whoever one is; whose a view is decides about the others.
  'POST /v1/views': [...everyOperator, 'key numbers:write'],
  'PATCH /v1/views/{view_id}': ['admin'],
  'DELETE /v1/views/{view_id}': ['admin'],
  'GET /v1/connections': [...everyOperator, 'key connections:read'],
  'POST /v1/connections': connecting,
  'GET /v1/connections/{connection_id}': [...everyOperator, 'key connections:read'],
  'PATCH /v1/connections/{connection_id}': connecting,
  'DELETE /v1/connections/{connection_id}': connecting,
  'POST /v1/connections/{connection_id}/check': connecting,
  'POST /v1/connections/{connection_id}/pause': connecting,
  'POST /v1/connections/{connection_id}/resume': connecting,
  // Of a key it takes two scopes: one alone does not do.
  'POST /v1/connections/{connection_id}/import/preview': connecting,
  'GET /v1/connections/{connection_id}/import/{plan_id}': connecting,
  'GET /v1/connections/{connection_id}/import/{plan_id}/rows': connecting,
  'POST /v1/connections/{connection_id}/import': connecting,
  'GET /v1/pending-changes': [...everyOperator, 'key connections:read'],
  'GET /v1/drift': [...everyOperator, 'key connections:read'],
  'POST /v1/phone-numbers/{phone_number_id}/links': linking,
  'GET /v1/phone-numbers/{phone_number_id}/links/{role}': [...everyOperator, 'key connections:read'],
  'DELETE /v1/phone-numbers/{phone_number_id}/links/{role}': linking,
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/retry': linking,
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/keep-mine': linking,
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/take-theirs': linking,
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/restore': linking,
  // Of a key it takes two scopes: one alone does not do.
  'POST /v1/connections/{connection_id}/reveal': ['admin'],
};
