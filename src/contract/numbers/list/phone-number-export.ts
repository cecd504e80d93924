import { z } from 'zod';
import { allColumns, fileFormats, usualColumns } from '#contract/numbers/table/table-columns.ts';
import { phoneNumberListQuerySchema } from './phone-number-list.ts';

const names = [...new Set([...allColumns.csv, ...allColumns.jsonl])] as [string, ...string[]];

/** The list's filters, and what the file is to hold. */
export const phoneNumberExportQuerySchema = phoneNumberListQuerySchema
  .omit({ page_size: true, page_token: true, skip: true, sort: true, include: true, deleted: true })
  .extend({
    format: z
      .enum(fileFormats, 'Choose csv or jsonl.')
      .default('csv')
      .describe(
        "`csv`: a heading and a line for each number, agents by their names, in UTF-8. A cell that a spreadsheet would take for a formula begins with `'`; labels are separated by `|`, with a backslash in front of one that belongs to a label; metadata is JSON. `jsonl`: a JSON object a line, as the record is answered, with routing and call handling.",
      ),
    columns: z
      .array(z.enum(names, `Choose among ${names.join(', ')}.`))
      .min(1, 'Choose at least one column.')
      .max(names.length, 'Name each column once.')
      .refine((columns) => new Set(columns).size === columns.length, {
        error: 'Name each column once.',
        params: { code: 'duplicate_column' },
      })
      .optional()
      .describe(
        `Given once for each column, in the order in which the file is to have them. Where none is given, all that import takes back: ${usualColumns.csv.join(', ')}. Credentials are in no file.`,
      ),
  })
  .check(({ value: { format, columns }, issues }) => {
    const wrong = columns?.find((column) => !allColumns[format].includes(column));
    if (wrong === undefined) return;
    const message =
      format === 'csv'
        ? `Leave out ${wrong}, or ask for jsonl: no cell holds it.`
        : `Leave out ${wrong}, or ask for csv: JSON lines name agents by inbound_agent_id and outbound_agent_id.`;
    issues.push({
      code: 'custom',
      path: ['columns'],
      message,
      params: { code: 'column_of_other_format' },
      input: columns,
    });
  });
export type PhoneNumberExportQuery = z.infer<typeof phoneNumberExportQuerySchema>;
