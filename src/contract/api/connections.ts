import { z } from 'zod';
import {
  connectionCreateSchema,
  connectionListSchema,
  connectionPatchSchema,
  connectionRevealSchema,
  connectionSchema,
} from '#contract/connections/connections.ts';
import {
  connectionImportChoicesSchema,
  connectionImportRowListSchema,
  connectionImportRowsQuerySchema,
  connectionImportRunSchema,
  connectionImportSchema,
} from '#contract/bulk/connection-imports.ts';
import { bulkJobSchema } from '#contract/bulk/jobs.ts';
import { endpoint } from '#contract/endpoint.ts';
import { revealedCredentialSchema } from '#contract/numbers/list/phone-number-list.ts';
import { idSchema } from '#contract/primitives.ts';

const reading = { role: 'viewer', scope: 'connections:read' } as const;
const changing = { role: 'admin', scope: 'connections:write' } as const;
const params = z.strictObject({ connection_id: idSchema });
// What is imported are numbers: a key may change both.
const importing = { ...changing, also: 'numbers:write' } as const;
const importParams = z.strictObject({ connection_id: idSchema, plan_id: idSchema });
const tag = 'Connections';

export const connectionsApi = {
  'GET /v1/connections': endpoint({
    summary: 'List connections',
    tag,
    access: reading,
    status: 200,
    output: connectionListSchema,
  }),
  'POST /v1/connections': endpoint({
    summary: 'Add a connection',
    tag,
    access: changing,
    body: connectionCreateSchema,
    status: 201,
    output: connectionSchema,
    errors: ['connection_name_taken', 'too_many_connections', 'not_https', 'fresh_sign_in_required'],
    idempotent: true,
    versioned: true,
  }),
  'GET /v1/connections/{connection_id}': endpoint({
    summary: 'Read a connection',
    tag,
    access: reading,
    params,
    status: 200,
    output: connectionSchema,
    versioned: true,
  }),
  'PATCH /v1/connections/{connection_id}': endpoint({
    summary: 'Change a connection, or replace its credentials',
    tag,
    access: changing,
    params,
    body: connectionPatchSchema,
    mergesWithStored: true,
    status: 200,
    output: connectionSchema,
    errors: [
      'version_conflict',
      'connection_name_taken',
      'credentials_needed',
      'address_needed',
      'not_https',
      'fresh_sign_in_required',
    ],
    idempotent: true,
    versioned: true,
  }),
  'DELETE /v1/connections/{connection_id}': endpoint({
    summary: 'Remove a connection and its credentials; numbers stay',
    tag,
    access: changing,
    params,
    status: 204,
    errors: ['version_conflict'],
    idempotent: true,
    versioned: true,
  }),
  'POST /v1/connections/{connection_id}/check': endpoint({
    summary: 'Ask there whether the credentials are taken, and keep what came of it',
    tag,
    access: changing,
    params,
    status: 200,
    output: connectionSchema,
    errors: ['version_conflict', 'credentials_needed', 'too_many_requests'],
    versioned: true,
  }),
  'POST /v1/connections/{connection_id}/pause': endpoint({
    summary: 'Pause a connection; one that is paused stays so',
    tag,
    access: changing,
    params,
    status: 200,
    output: connectionSchema,
    errors: ['version_conflict'],
    idempotent: true,
    versioned: true,
  }),
  'POST /v1/connections/{connection_id}/resume': endpoint({
    summary: 'Resume a connection; one that goes on already does so',
    tag,
    access: changing,
    params,
    status: 200,
    output: connectionSchema,
    errors: ['version_conflict'],
    idempotent: true,
    versioned: true,
  }),
  'POST /v1/connections/{connection_id}/reveal': endpoint({
    summary: 'Reveal a credential of a connection',
    tag,
    access: { role: 'admin', scope: 'credentials:reveal', also: 'connections:read', fresh: true },
    params,
    body: connectionRevealSchema,
    status: 200,
    output: revealedCredentialSchema,
    errors: ['fresh_sign_in_required', 'credential_not_set', 'too_many_reveals', 'audit_unavailable'],
  }),
  'POST /v1/connections/{connection_id}/import/preview': endpoint({
    summary: 'Read the account’s numbers and agents, and plan their import; nothing is changed here or there',
    tag,
    access: importing,
    params,
    body: connectionImportChoicesSchema,
    status: 201,
    output: connectionImportSchema,
    errors: ['connection_paused', 'credentials_needed'],
  }),
  'GET /v1/connections/{connection_id}/import/{plan_id}': endpoint({
    summary: 'Read an import of your own',
    tag,
    access: importing,
    params: importParams,
    status: 200,
    output: connectionImportSchema,
    errors: ['plan_expired'],
  }),
  'GET /v1/connections/{connection_id}/import/{plan_id}/rows': endpoint({
    summary: 'List the numbers of an import, how each differs, and what would become of it',
    tag,
    access: importing,
    params: importParams,
    query: connectionImportRowsQuerySchema,
    status: 200,
    output: connectionImportRowListSchema,
    errors: ['plan_expired', 'invalid_page_token'],
  }),
  'POST /v1/connections/{connection_id}/import': endpoint({
    summary: 'Run an import as a bulk job; asked for again, it answers the same job',
    tag,
    access: importing,
    params,
    body: connectionImportRunSchema,
    status: 202,
    output: bulkJobSchema,
    errors: ['connection_paused', 'plan_not_ready', 'plan_expired', 'too_many_jobs'],
  }),
};
