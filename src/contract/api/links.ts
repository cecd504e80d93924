import { z } from 'zod';
import { connectionRoleSchema } from '#contract/connections/connections.ts';
import {
  beforeImageRestoreSchema,
  driftListSchema,
  linkCreateSchema,
  linkDetailSchema,
  linkFieldsSchema,
  pageQuerySchema,
  pendingChangeListSchema,
} from '#contract/connections/links.ts';
import { endpoint } from '#contract/endpoint.ts';
import { isNotUpstream, phoneNumberSchema } from '#contract/numbers/phone-numbers.ts';
import { idSchema } from '#contract/primitives.ts';

const reading = { role: 'viewer', scope: 'connections:read' } as const;
const changing = { role: 'operator', scope: 'numbers:write', also: 'connections:write' } as const;
const numberParams = z.strictObject({ phone_number_id: idSchema });
const params = z.strictObject({ phone_number_id: idSchema, role: connectionRoleSchema });
const tag = 'Connections';
const waiting = { status: 202, output: phoneNumberSchema, is: isNotUpstream } as const;

export const linksApi = {
  'GET /v1/pending-changes': endpoint({
    summary: 'List what is saved here and not on a platform yet, a person’s changes first',
    tag,
    access: reading,
    query: pageQuerySchema,
    status: 200,
    output: pendingChangeListSchema,
    errors: ['invalid_page_token'],
  }),
  'GET /v1/drift': endpoint({
    summary: 'List the numbers that are otherwise on a platform than here',
    tag,
    access: reading,
    query: pageQuerySchema,
    status: 200,
    output: driftListSchema,
    errors: ['invalid_page_token'],
  }),
  'POST /v1/phone-numbers/{phone_number_id}/links': endpoint({
    summary: 'Link a number to an account: to the number that is there, else to one that is created',
    tag,
    access: changing,
    params: numberParams,
    body: linkCreateSchema,
    status: 202,
    output: phoneNumberSchema,
    errors: ['version_conflict', 'connection_not_found', 'already_linked', 'agent_not_upstream'],
    idempotent: true,
    versioned: true,
  }),
  'GET /v1/phone-numbers/{phone_number_id}/links/{role}': endpoint({
    summary: 'Read a link: mine, theirs and last seen, field by field',
    tag,
    access: reading,
    params,
    status: 200,
    output: linkDetailSchema,
  }),
  'DELETE /v1/phone-numbers/{phone_number_id}/links/{role}': endpoint({
    summary: 'Forget a link; nothing is changed on the platform',
    tag,
    access: changing,
    params,
    status: 204,
    errors: ['version_conflict', 'link_changed'],
    idempotent: true,
    versioned: true,
  }),
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/retry': endpoint({
    summary: 'Try now what waits',
    tag,
    access: changing,
    params,
    status: 200,
    output: phoneNumberSchema,
    also: waiting,
    idempotent: true,
    versioned: true,
  }),
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/keep-mine': endpoint({
    summary: 'Send the values that are here, whatever is there',
    tag,
    access: changing,
    params,
    body: linkFieldsSchema,
    status: 200,
    output: phoneNumberSchema,
    also: waiting,
    errors: ['version_conflict', 'unknown_field'],
    idempotent: true,
    versioned: true,
  }),
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/take-theirs': endpoint({
    summary: 'Take over the values that are on the platform',
    tag,
    access: changing,
    params,
    body: linkFieldsSchema,
    status: 200,
    output: phoneNumberSchema,
    also: waiting,
    errors: [
      'version_conflict',
      'unknown_field',
      'link_changed',
      'credential_not_set',
      'upstream_unavailable',
      'agent_not_upstream',
    ],
    idempotent: true,
    versioned: true,
  }),
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/restore': endpoint({
    summary: 'Set the number to what the platform had before a write, and send it',
    tag,
    access: changing,
    params,
    body: beforeImageRestoreSchema,
    status: 200,
    output: phoneNumberSchema,
    also: waiting,
    errors: ['version_conflict', 'agent_not_upstream'],
    idempotent: true,
    versioned: true,
  }),
};
