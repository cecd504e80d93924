import { changesQuerySchema } from '#contract/changes.ts';
import { endpoint } from '#contract/endpoint.ts';

export const changesApi = {
  'GET /v1/changes': endpoint({
    summary: 'Follow changes as they commit (server-sent events)',
    tag: 'Changes',
    access: { role: 'viewer', scope: 'numbers:read' },
    query: changesQuerySchema,
    status: 200,
    stream: 'text/event-stream',
  }),
};
