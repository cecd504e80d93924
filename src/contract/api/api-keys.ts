import { z } from 'zod';
import { apiKeyCreatedSchema, apiKeyCreateSchema, apiKeyListSchema } from '#contract/api-keys.ts';
import { endpoint } from '#contract/endpoint.ts';
import { idSchema } from '#contract/primitives.ts';

export const apiKeysApi = {
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
};
