import { z } from 'zod';
import { bodyLimits } from '#contract/body-limits.ts';
import { endpoint } from '#contract/endpoint.ts';
import { idSchema } from '#contract/primitives.ts';
import {
  findingListQuerySchema,
  findingListSchema,
  findingsSummarySchema,
  routeAnswerSchema,
  routePreviewRequestSchema,
  routePreviewSchema,
  routeRequestSchema,
} from '#contract/numbers/route.ts';

const phoneNumberParams = z.strictObject({ phone_number_id: idSchema });

export const routingApi = {
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
    mergesWithStored: true,
    maxBodyBytes: bodyLimits.preview,
    status: 200,
    output: routePreviewSchema,
    errors: ['too_many_requests'],
  }),
  'GET /v1/routing/findings': endpoint({
    summary: 'List what is wrong with routing, and not on platforms as it is here, over all numbers',
    tag: 'Routing',
    access: { role: 'viewer', scope: 'numbers:read' },
    query: findingListQuerySchema,
    status: 200,
    output: findingListSchema,
    errors: ['invalid_page_token', 'too_many_requests'],
  }),
  'GET /v1/routing/findings/summary': endpoint({
    summary: 'Count what is wrong with routing, by kind',
    tag: 'Routing',
    access: { role: 'viewer', scope: 'numbers:read' },
    status: 200,
    output: findingsSummarySchema,
  }),
};
