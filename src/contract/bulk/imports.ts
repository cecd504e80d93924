import { z } from 'zod';
import { choiceWords } from '#contract/numbers/choice-words.ts';
import { providerList, providerNames, type Provider } from '#contract/numbers/choices.ts';
import { fileFormats, MAX_FILE_BYTES, MAX_FILE_NAME } from '#contract/numbers/table/table-columns.ts';
import {
  idSchema,
  instantSchema,
  lineSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
  tooMuch,
} from '#contract/primitives.ts';
import { fileNameSchema } from './jobs.ts';
import { bulkExampleSchema, bulkRefusalSchema, reasonCodeSchema } from './plans.ts';

/** How long an import can be run, in hours. Its credentials are kept no longer. */
export const IMPORT_HOURS = 24;
/** The largest file, in bytes. */
export const MAX_IMPORT_BYTES = MAX_FILE_BYTES;

export const digitsRules = ['refuse', 'international'] as const;
export const existingRules = ['refuse', 'skip', 'update'] as const;
export const unknownAgentsRules = ['refuse', 'create'] as const;

const defaultProviderSchema = z.enum(
  providerList as [Provider, ...Provider[]],
  `Write ${choiceWords(providerNames)}.`,
);

const MAX_MAPPING = 16_384;

const mappingSchema = z
  .string()
  .max(
    MAX_MAPPING,
    tooMuch(`Shorten the mapping to ${MAX_MAPPING.toLocaleString('en')} characters or fewer.`),
  )
  .transform((text, context): Record<string, string | null> => {
    let given: unknown;
    try {
      given = JSON.parse(text);
    } catch {
      given = null;
    }
    const judged = z.record(z.string(), z.string().nullable()).safeParse(given);
    if (judged.success) return judged.data;
    context.issues.push({
      code: 'custom',
      message:
        'Write a JSON object that says of each heading which field it is, as in {"Tel": "phone_number"}.',
      input: text,
    });
    return z.NEVER;
  })
  .describe(
    'Of CSV: a JSON object that says of each heading which field its column holds; a heading that is null or left out is not imported. Without it the headings are guessed.',
  );

export const importQuerySchema = z.strictObject({
  default_country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'Write the two letters of a country, as in GB.')
    .transform((letters) => letters.toUpperCase())
    .optional()
    .describe('ISO 3166 alpha-2: numbers without a country code are of this country.'),
  digits: z
    .enum(digitsRules, `Choose ${digitsRules.join(' or ')}.`)
    .default('refuse')
    .describe(
      'What digits without a plus are that are of no default country: `international` adds the plus.',
    ),
  existing: z
    .enum(existingRules, `Choose ${existingRules.join(', ')}.`)
    .default('refuse')
    .describe('What is done with a row whose number is there already.'),
  unknown_agents: z
    .enum(unknownAgentsRules, `Choose ${unknownAgentsRules.join(' or ')}.`)
    .default('refuse')
    .describe(
      '`create` adds the agents that accepted rows name and that are not there, when the import is run; it needs `agents:write`.',
    ),
  default_provider: defaultProviderSchema
    .optional()
    .describe(
      'The provider of numbers that are added where their row says none. It changes no number that is there.',
    ),
  file_name: lineSchema(MAX_FILE_NAME)
    .optional()
    .describe('What the file is called, for people: nothing is read from it.'),
  mapping: mappingSchema.optional(),
});
export type ImportQuery = z.infer<typeof importQuerySchema>;

const count = z.number().int().min(0);

/** What an import would do. While it is judged, the counts grow up to `total`. */
export const importSchema = z.strictObject({
  import_id: idSchema,
  plan_id: idSchema.describe('The plan that it is; an import alone runs it.'),
  created_at: instantSchema,
  expires_at: instantSchema.describe('It can be run until then; then its credentials are erased.'),
  file_name: fileNameSchema,
  state: z.enum(['judging', 'ready']).describe('Only an import that is `ready` can be run.'),
  file: z
    .strictObject({
      format: z.enum(fileFormats),
      encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
      delimiter: z.enum([',', ';', '\t']).nullable().describe('Of CSV; else null.'),
      columns: z
        .array(
          z.strictObject({
            heading: z.string(),
            field: z.string().nullable().describe('What its column holds; null where it is not imported.'),
          }),
        )
        .describe('Of CSV, in the order of the file; else empty.'),
    })
    .describe('What the file was found to be.'),
  options: z
    .strictObject({
      default_country: z.string().nullable(),
      digits: z.enum(digitsRules),
      existing: z.enum(existingRules),
      unknown_agents: z.enum(unknownAgentsRules),
      default_provider: defaultProviderSchema.nullable(),
    })
    .describe('As it was asked for.'),
  counts: z.strictObject({
    total: count.describe('How many rows the file has.'),
    created: count.describe('Would be added.'),
    changed: count.describe('Would change.'),
    unchanged: count.describe('Are so already.'),
    skipped: count.describe('Are there already, and left alone.'),
    refused: count.describe('Cannot be imported.'),
  }),
  refusals: z
    .array(bulkRefusalSchema)
    .describe('Why rows are refused, the most frequent first, each in the words of the first row.'),
  examples: z
    .array(bulkExampleSchema)
    .describe('A few of the numbers that would be added, which have no id yet, or changed.'),
  agents_to_create: z
    .array(z.string())
    .describe('Names of agents that are added when it is run, at most 100 of them.'),
  agents_to_create_count: count.describe('How many agents are added when it is run.'),
  bulk_job_id: idSchema.nullable().describe('The job that runs it, or ran it; null until it is run.'),
});
export type Import = z.infer<typeof importSchema>;

export const importOutcomes = ['created', 'changed', 'unchanged', 'skipped', 'refused', 'conflict'] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

export const importRowsQuerySchema = z.strictObject({
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  outcome: z.enum(importOutcomes).optional(),
  code: reasonCodeSchema.optional().describe('Of the refused: those of this code.'),
});

export const importRowErrorSchema = z.strictObject({
  column: z
    .string()
    .nullable()
    .describe('Its heading, or the key of a JSON line; null where it is the whole row.'),
  value: z
    .string()
    .nullable()
    .describe('What stands there, cut where it is long; null of a credential, and of a whole row.'),
  code: z.string().describe('A problem code, or the name of the broken rule.'),
  message: z.string().describe('What to do about it.'),
});
export type ImportRowError = z.infer<typeof importRowErrorSchema>;

export const importRowListSchema = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        line: count.min(1).describe('Where the row begins in the file, counted from 1.'),
        outcome: z
          .enum(importOutcomes)
          .describe('What would become of it; once the import is run, what became of it.'),
        phone_number_id: idSchema.nullable().describe('Null where there is no such number, or not yet.'),
        phone_number: z.string().nullable().describe('E.164; null where none could be read.'),
        errors: z
          .array(importRowErrorSchema)
          .describe('Of a row that is refused or in conflict, the first 20; else empty.'),
      }),
    )
    .describe(
      'In the order of the file. While it is judged, those that are; while it runs, also those to come.',
    ),
  next_page_token: nextPageTokenSchema,
});
export type ImportRowList = z.infer<typeof importRowListSchema>;
