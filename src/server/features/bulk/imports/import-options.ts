import type { Import, ImportQuery } from '#contract/bulk/imports.ts';
import { fieldOfTarget } from '#contract/numbers/table/headings.ts';
import type { FileFormat } from '#contract/numbers/table/table-columns.ts';
import type { TableFacts } from '#server/features/imports/reading/read-table.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';

/** How an import was asked for, and what its file was found to be, as its plan keeps them. */
export interface ImportOptions {
  options: Import['options'];
  file: Import['file'];
}

/** Of an import that was planned before there was a default provider, it is not said. */
type KeptOptions = Pick<ImportOptions, 'file'> & {
  options: Omit<Import['options'], 'default_provider'> & Partial<Pick<Import['options'], 'default_provider'>>;
};

export const optionsToKeep = (query: ImportQuery): Import['options'] => ({
  default_country: query.default_country ?? null,
  digits: query.digits,
  existing: query.existing,
  unknown_agents: query.unknown_agents,
  default_provider: query.default_provider ?? null,
});

export const fileToKeep = (
  format: FileFormat,
  { encoding, delimiter, columns }: TableFacts,
): Import['file'] => ({
  format,
  encoding,
  delimiter,
  columns: columns.map(({ heading, target }) => ({ heading, field: target })),
});

/** Of the plan of an import. */
export const optionsOf = ({ change }: PlanRow): ImportOptions => {
  if (change.kind !== 'import') throw new Error('The plan is of no import');
  const { options, file } = change.options as unknown as KeptOptions;
  return { options: { ...options, default_provider: options.default_provider ?? null }, file };
};

/** What the file calls each field. JSON lines call them by their names. */
export const headingsOf = ({ columns }: Import['file']): Record<string, string> =>
  Object.fromEntries(
    columns.flatMap(({ heading, field }) =>
      field === null ? [] : [[fieldOfTarget(field as Parameters<typeof fieldOfTarget>[0]), heading]],
    ),
  );
