import { endpoint } from '#contract/endpoint.ts';
import { noticeListSchema } from '#contract/notices.ts';

export const noticesApi = {
  'GET /v1/notices': endpoint({
    summary: 'What is wrong with the installation, for admins',
    tag: 'Service',
    access: { role: 'admin', scope: null },
    status: 200,
    output: noticeListSchema,
  }),
};
