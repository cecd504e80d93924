import { z } from 'zod';
import { endpoint } from '#contract/endpoint.ts';
import { idSchema } from '#contract/primitives.ts';
import { viewCreateSchema, viewListSchema, viewPatchSchema, viewSchema } from '#contract/views.ts';

const viewParams = z.strictObject({ view_id: idSchema });

export const viewsApi = {
  'GET /v1/views': endpoint({
    summary: 'List the own views of the numbers and the shared ones',
    tag: 'Views',
    access: { role: 'viewer', scope: 'numbers:read' },
    status: 200,
    output: viewListSchema,
  }),
  'POST /v1/views': endpoint({
    summary: 'Keep a filter of the numbers under a name',
    tag: 'Views',
    access: { role: 'viewer', scope: 'numbers:write' },
    body: viewCreateSchema,
    status: 201,
    output: viewSchema,
    errors: ['too_many_views'],
    idempotent: true,
    versioned: true,
  }),
  'PATCH /v1/views/{view_id}': endpoint({
    summary: 'Change a view',
    tag: 'Views',
    access: { role: 'viewer', scope: 'numbers:write' },
    params: viewParams,
    body: viewPatchSchema,
    status: 200,
    output: viewSchema,
    errors: ['version_conflict', 'too_many_views'],
    versioned: true,
  }),
  'DELETE /v1/views/{view_id}': endpoint({
    summary: 'Delete a view',
    tag: 'Views',
    access: { role: 'viewer', scope: 'numbers:write' },
    params: viewParams,
    status: 204,
    errors: ['version_conflict'],
    versioned: true,
  }),
};
