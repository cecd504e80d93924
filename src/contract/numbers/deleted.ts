import { actorSchema } from '#contract/audit-events.ts';
import { instantSchema } from '#contract/primitives.ts';
import { RESTORABLE_DAYS } from './restorable-days.ts';

/** What is said of a deleted number besides what it was; none of it of one that is there. */
export const deletedRecord = {
  deleted_at: instantSchema.optional().describe('Only of a deleted number: when it was deleted.'),
  deleted_by: actorSchema.optional().describe('Only of a deleted number: who deleted it.'),
  restorable_until: instantSchema
    .optional()
    .describe(`Only of a deleted number: until when it can be restored, ${RESTORABLE_DAYS} days.`),
};
