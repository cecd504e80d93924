import { z } from 'zod';

/**
 * One line of the change stream (server-sent events, `GET /v1/changes`), sent when a change has committed.
 * It names what changed and nothing of its content: whoever may see it asks for it.
 */
export const changeSchema = z.strictObject({
  subject: z.enum(['phone_number', 'agent', 'operator', 'session', 'api_key']),
  id: z.string(),
  change: z.enum(['added', 'updated', 'deleted']),
  version: z.number().int().nullable().describe('The version of the phone number after the change.'),
});
export type Change = z.infer<typeof changeSchema>;
