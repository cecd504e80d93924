import { endpoint } from '#contract/endpoint.ts';
import { settingsPatchSchema, settingsSchema } from '#contract/settings.ts';

export const settingsApi = {
  'GET /v1/settings': endpoint({
    summary: 'Read the settings',
    tag: 'Settings',
    access: { role: 'admin', scope: null },
    status: 200,
    output: settingsSchema,
    versioned: true,
  }),
  'PATCH /v1/settings': endpoint({
    summary: 'Change the settings',
    tag: 'Settings',
    access: { role: 'admin', scope: null, fresh: true },
    body: settingsPatchSchema,
    status: 200,
    output: settingsSchema,
    errors: ['version_conflict', 'fresh_sign_in_required'],
    versioned: true,
  }),
};
