import { z } from 'zod';

/**
 * One line of the change stream (server-sent events, `GET /v1/changes`), sent when a change has committed.
 * It names what changed and nothing of its content: whoever may see it asks for it.
 */
export const changeSchema = z.strictObject({
  subject: z.enum(['phone_number', 'agent', 'business_hours', 'operator', 'session', 'api_key', 'settings']),
  id: z.string(),
  change: z.enum(['added', 'updated', 'deleted']),
  version: z.number().int().nullable().describe('The version of the phone number or of the business hours after the change.'),
  many: z.literal(true).optional().describe('It stands for many of its kind, which came at once: read all anew.'),
});
export type Change = z.infer<typeof changeSchema>;
