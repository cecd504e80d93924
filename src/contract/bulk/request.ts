import { z } from 'zod';
import { idSchema } from '#contract/primitives.ts';
import { bulkChangeSchema, kindOfChange } from './change.ts';
import { bulkSelectSchema, type BulkSelect } from './select.ts';

interface Complaint {
  message: string;
  path: string[];
}

const complaintsOf = (change: object, select: BulkSelect | undefined): Complaint[] => {
  const kind = kindOfChange(change);
  if (select === undefined)
    return kind === 'replace_agent' ? [] : [{ message: 'Say which numbers.', path: ['select'] }];
  const isOfDeleted = select.filter?.deleted === 'true';
  if (select.filter !== undefined && kind === 'restore' && !isOfDeleted)
    return [
      {
        message: 'Only deleted numbers can be restored: filter by deleted=true.',
        path: ['select', 'filter'],
      },
    ];
  return isOfDeleted && kind !== 'restore'
    ? [{ message: 'Deleted numbers can only be restored.', path: ['select', 'filter', 'deleted'] }]
    : [];
};

export const bulkRequestQuerySchema = z.strictObject({
  dry_run: z
    .literal('true', 'Write true, or leave this out.')
    .optional()
    .describe('`true` makes a plan of `select` and `change`, and changes nothing.'),
});

/** With `dry_run=true` what is to be planned; without it, the plan that is to be run. */
export const bulkRequestSchema = z
  .strictObject({
    select: bulkSelectSchema.optional(),
    change: bulkChangeSchema.optional(),
    retry: idSchema
      .optional()
      .describe('An ended job: the same change is planned for the numbers that it refused or left alone.'),
    plan_id: idSchema.optional(),
  })
  .check(({ value, issues }) => {
    const { select, change, retry, plan_id } = value;
    const isOne = [change, retry, plan_id].filter((one) => one !== undefined).length === 1;
    const wrong = !isOne
      ? [
          {
            message: 'Send a change, or the job to retry, to plan it; or the plan_id of a plan, to run it.',
            path: [],
          },
        ]
      : change !== undefined
        ? complaintsOf(change, select)
        : select !== undefined
          ? [
              {
                message: `The ${retry === undefined ? 'plan' : 'job'} says which numbers: leave this out.`,
                path: ['select'],
              },
            ]
          : [];
    for (const { message, path } of wrong) issues.push({ code: 'custom', message, path, input: value });
  })
  .describe(
    'With `dry_run=true`: `change`, and `select`, which may be absent with `replace_agent`: then all numbers that name `from`; or `retry`, alone. Without: `plan_id`.',
  );
export type BulkRequest = z.infer<typeof bulkRequestSchema>;
