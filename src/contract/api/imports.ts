import { z } from 'zod';
import {
  importQuerySchema,
  importRowListSchema,
  importRowsQuerySchema,
  importSchema,
  MAX_IMPORT_BYTES,
} from '#contract/bulk/imports.ts';
import { bulkJobSchema } from '#contract/bulk/jobs.ts';
import { endpoint } from '#contract/endpoint.ts';
import { fileTypes } from '#contract/numbers/table/table-columns.ts';
import { idSchema } from '#contract/primitives.ts';

const changing = { role: 'operator', scope: 'numbers:write' } as const;
const importParams = z.strictObject({ import_id: idSchema });

export const importsApi = {
  'POST /v1/imports': endpoint({
    summary: 'Plan the import of a file of numbers, which is the body; nothing is changed until it is run',
    tag: 'Imports',
    access: changing,
    query: importQuerySchema,
    upload: Object.values(fileTypes),
    maxBodyBytes: MAX_IMPORT_BYTES,
    status: 201,
    output: importSchema,
    errors: ['body_too_large', 'unsupported_media_type', 'unreadable_file', 'too_many_requests'],
  }),
  'GET /v1/imports/{import_id}': endpoint({
    summary: 'Read an import of your own',
    tag: 'Imports',
    access: changing,
    params: importParams,
    status: 200,
    output: importSchema,
    errors: ['plan_expired'],
  }),
  'GET /v1/imports/{import_id}/rows': endpoint({
    summary: 'List the rows of an import: what it would do with each and why, or what became of it',
    tag: 'Imports',
    access: changing,
    params: importParams,
    query: importRowsQuerySchema,
    status: 200,
    output: importRowListSchema,
    errors: ['plan_expired', 'invalid_page_token'],
  }),
  'POST /v1/imports/{import_id}/run': endpoint({
    summary: 'Run an import as a bulk job; asked for again, it answers the same job',
    tag: 'Imports',
    access: changing,
    params: importParams,
    status: 202,
    output: bulkJobSchema,
    errors: ['plan_not_ready', 'plan_expired', 'too_many_jobs'],
  }),
};
