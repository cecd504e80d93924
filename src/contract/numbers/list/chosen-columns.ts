import { z } from 'zod';
import { listColumns } from './list-columns.ts';

/** Columns in the order in which they are shown, each once; the number is always among them. */
export const columnsSchema = z
  .array(z.enum(listColumns, 'There is no such column.'))
  .refine((columns) => new Set(columns).size === columns.length, {
    error: 'Name each column once.',
    params: { code: 'duplicate_column' },
  })
  .refine((columns) => columns.includes('phone_number'), {
    error: 'The number itself is always shown: add phone_number.',
    params: { code: 'phone_number_missing' },
  })
  .describe('The columns of the list in their order, each once, `phone_number` among them.');
