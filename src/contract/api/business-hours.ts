import { z } from 'zod';
import { bodyLimits } from '#contract/body-limits.ts';
import {
  businessHoursCreateSchema,
  businessHoursListSchema,
  businessHoursPatchSchema,
  businessHoursSchema,
} from '#contract/business-hours.ts';
import { endpoint } from '#contract/endpoint.ts';
import { idSchema } from '#contract/primitives.ts';

const businessHoursParams = z.strictObject({ business_hours_id: idSchema });

export const businessHoursApi = {
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
    mergesWithStored: true,
    maxBodyBytes: bodyLimits.businessHours,
    status: 200,
    output: businessHoursSchema,
    errors: ['version_conflict', 'business_hours_name_taken', 'too_many_requests'],
    idempotent: true,
    versioned: true,
  }),
  'DELETE /v1/business-hours/{business_hours_id}': endpoint({
    summary: 'Delete business hours that no number goes by',
    tag: 'Business hours',
    access: { role: 'operator', scope: 'numbers:write' },
    params: businessHoursParams,
    status: 204,
    errors: ['version_conflict', 'business_hours_in_use'],
    idempotent: true,
    versioned: true,
  }),
};
