import type { Import } from '#contract/bulk/imports.ts';
import type { ApiRequest } from '#contract/api.ts';
import type { Provider } from '#contract/numbers/choices.ts';
import { guessColumns, type Column } from '#contract/numbers/table/guess-columns.ts';
import { targets, type Target } from '#contract/numbers/table/headings.ts';

/** By heading, what its column holds; null where nothing is taken from it. */
export type Mapping = Readonly<Record<string, Target | null>>;

/** What is chosen about a file. Whatever is not said here is as the server has it. */
export interface Choices {
  /** Null: as the headings are understood. */
  mapping: Mapping | null;
  /** ISO 3166 alpha-2. */
  defaultCountry: string | null;
  digits: Import['options']['digits'];
  existing: Import['options']['existing'];
  unknownAgents: Import['options']['unknown_agents'];
  /** Of new numbers whose row says none. */
  defaultProvider: Provider | null;
}

export const usualChoices: Choices = {
  mapping: null,
  defaultCountry: null,
  digits: 'refuse',
  existing: 'refuse',
  unknownAgents: 'refuse',
  defaultProvider: null,
};

const isTarget = (name: string | null): name is Target =>
  (targets as readonly (string | null)[]).includes(name);

/** The columns of a file with these headings, as they are chosen. */
export const columnsOf = (headings: readonly string[], mapping: Mapping | null): Column[] =>
  mapping === null
    ? guessColumns(headings)
    : headings.map((heading) => ({ heading, target: mapping[heading] ?? null }));

/** One column made to hold something else; what held it before is left out. */
export const withTarget = (columns: readonly Column[], heading: string, target: Target | null): Mapping =>
  Object.fromEntries(
    columns.map((column) => [
      column.heading,
      column.heading === heading ? target : column.target === target ? null : column.target,
    ]),
  );

/** What was chosen when this import was planned, as far as it says so. */
export const choicesOf = ({ options, file }: Pick<Import, 'options' | 'file'>): Choices => ({
  mapping: Object.fromEntries(
    file.columns.map(({ heading, field }) => [heading, isTarget(field) ? field : null]),
  ),
  defaultCountry: options.default_country,
  digits: options.digits,
  existing: options.existing,
  unknownAgents: options.unknown_agents,
  defaultProvider: options.default_provider,
});

/** As `POST /v1/imports` takes it. Only what is imported is named: an address has room for so much. */
export const queryOf = (
  { mapping, defaultCountry, digits, existing, unknownAgents, defaultProvider }: Choices,
  isCsv: boolean,
): ApiRequest<'POST /v1/imports'>['query'] => ({
  default_country: defaultCountry ?? undefined,
  digits,
  existing,
  unknown_agents: unknownAgents,
  default_provider: defaultProvider ?? undefined,
  mapping:
    mapping === null || !isCsv
      ? undefined
      : JSON.stringify(Object.fromEntries(Object.entries(mapping).filter(([, target]) => target !== null))),
});

/** Whether a file with these headings would be read alike. */
export const isSameChoice = (headings: readonly string[], one: Choices, other: Choices): boolean => {
  const toldBy = (choices: Choices) =>
    JSON.stringify([
      columnsOf(headings, choices.mapping),
      choices.defaultCountry,
      choices.digits,
      choices.existing,
      choices.unknownAgents,
      choices.defaultProvider,
    ]);
  return toldBy(one) === toldBy(other);
};
