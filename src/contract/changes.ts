import { z } from 'zod';

const subject = z.enum([
  'phone_number',
  'agent',
  'business_hours',
  'operator',
  'session',
  'api_key',
  'settings',
  'view',
  'connection',
  'bulk_job',
]);
const change = z.enum(['added', 'updated', 'deleted']);

export const MAX_CHANGED_IDS = 250;

/**
 * One line of the change stream (server-sent events, `GET /v1/changes`), sent when a change has committed.
 * It names what changed and nothing of its content: whoever may see it asks for it.
 */
export const changeSchema = z.union([
  z.strictObject({
    subject,
    id: z.string(),
    change,
    version: z
      .number()
      .int()
      .nullable()
      .describe(
        'The version of the phone number, business hours, settings, view or connection after the change; null for what has none.',
      ),
  }),
  z.strictObject({
    subject,
    ids: z
      .array(z.string())
      .min(1)
      .max(MAX_CHANGED_IDS)
      .describe('The same was done to each of these at once.'),
    change,
  }),
]);
export type Change = z.infer<typeof changeSchema>;

export const changedIds = (change: Change): readonly string[] => ('ids' in change ? change.ids : [change.id]);

export const changesQuerySchema = z.strictObject({
  since: z
    .string()
    .max(100)
    .optional()
    .describe(
      'The `Changes-Position` of an answer: begin with what changed since it was read. One that is not known here, or too old, answers `gap`.',
    ),
});
