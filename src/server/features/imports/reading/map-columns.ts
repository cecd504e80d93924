import { guessColumns, withoutNamesBesideIds, type Column } from '#contract/numbers/table/guess-columns.ts';
import { targets, type Target } from '#contract/numbers/table/headings.ts';
import { isUnreadable, readPhoneNumber } from '#contract/reading/phone-number.ts';
import { FileRefused } from './file-refused.ts';
import { shownValue } from './row.ts';

/** By heading, what its column holds; null, and a heading that is left out, is not imported. */
export type Mapping = Readonly<Record<string, string | null>>;

const TOLD = 20;
const quoted = (headings: readonly string[]) =>
  [
    ...headings
      .slice(0, TOLD)
      .map((heading) => (heading === '' ? 'one without a name' : `“${shownValue(heading)}”`)),
    ...(headings.length > TOLD ? [`and ${headings.length - TOLD} more`] : []),
  ].join(', ');

const MAX_HEADING = 200;
const refuseLongHeading = (headings: readonly string[]) => {
  const long = headings.find((heading) => heading.length > MAX_HEADING);
  if (long !== undefined)
    throw new FileRefused(
      'not_a_table',
      `A heading has at most ${MAX_HEADING} characters: “${shownValue(long)}” has ${long.length}.`,
    );
};

const isTarget = (name: string): name is Target => (targets as readonly string[]).includes(name);

const chosenTarget = (mapping: Mapping, heading: string): Target | null => {
  const chosen = (Object.hasOwn(mapping, heading) ? mapping[heading] : null) ?? null;
  if (chosen === null || isTarget(chosen)) return chosen;
  throw new FileRefused(
    'unknown_mapping_field',
    `mapping says ${shownValue(chosen)} of “${heading}”, which is no column of numbers. Choose among ${targets.join(', ')}.`,
  );
};

const refuseUnknownHeadings = (mapping: Mapping, headings: readonly string[]) => {
  const unknown = Object.keys(mapping).filter((heading) => !headings.includes(heading));
  if (unknown.length > 0)
    throw new FileRefused(
      'unknown_heading',
      `The file has no column ${quoted(unknown)}, which mapping names. Its columns are ${quoted(headings)}.`,
    );
};

const refuseNoHeading = (headings: readonly string[]) => {
  const isNumber = (cell: string) => /\d{5}/.test(cell) && !isUnreadable(readPhoneNumber(cell));
  if (headings.some(isNumber))
    throw new FileRefused(
      'no_heading',
      'The first line holds a phone number instead of the names of the columns. Write a line above it, beginning with phone_number.',
    );
};

const refuseTwice = (columns: readonly Column[]) => {
  for (const { target } of columns) {
    const same = columns.filter((column) => target !== null && column.target === target);
    if (same.length > 1)
      throw new FileRefused(
        'duplicate_column',
        `The columns ${quoted(same.map(({ heading }) => heading))} are all ${target}. Keep one, or say in mapping which counts.`,
      );
  }
};

/** What each column of a file holds: as `mapping` says, else as its heading is understood. Throws FileRefused. */
export const mapColumns = (cells: readonly string[], mapping?: Mapping): Column[] => {
  const headings = cells.map((cell) => cell.trim());
  refuseLongHeading(headings);
  if (mapping === undefined) refuseNoHeading(headings);
  else refuseUnknownHeadings(mapping, headings);
  const columns =
    mapping === undefined
      ? guessColumns(headings)
      : withoutNamesBesideIds(
          headings.map((heading) => ({ heading, target: chosenTarget(mapping, heading) })),
        );
  refuseTwice(columns);
  if (!columns.some(({ target }) => target === 'phone_number'))
    throw new FileRefused(
      'no_phone_number_column',
      `No column is the phone number: the columns are ${quoted(headings)}. Call one phone_number.`,
    );
  return columns;
};
