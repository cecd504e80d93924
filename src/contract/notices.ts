import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** What is wrong with the installation, for admins: seen within the last day. */
export const noticeSchema = z.strictObject({
  code: z.enum(['forwarded_for_not_trusted']),
  at: instantSchema.describe('When it was last seen, to within an hour.'),
  title: z.string(),
  detail: z.string().describe('What to do about it.'),
});
export type Notice = z.infer<typeof noticeSchema>;
export const noticeListSchema = z.strictObject({ notices: z.array(noticeSchema) });
