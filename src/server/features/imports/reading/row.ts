import type { Provider } from '#contract/numbers/choices.ts';
import type { FieldName } from '#contract/numbers/fields.ts';
import type { JudgedPhoneNumber } from '#server/features/phone-numbers/acts/judge-phone-number.ts';
import type { AgentField } from '#contract/numbers/table/headings.ts';

/** What is wrong with a row, where, and why. */
export interface CellError {
  /** Its heading, or the key of a JSON line; null where it is the whole row. */
  column: string | null;
  /** What stands there, cut where it is long; null of a credential, and of a whole row. */
  value: string | null;
  code: string;
  message: string;
}

/** One number of a file, as far as the file alone tells. */
export interface RowReading {
  /** On which the row begins, counted from 1. */
  line: number;
  /** Null where it could not be read: `errors` says why. */
  phoneNumber: JudgedPhoneNumber | null;
  /** Null where the file says none: only a number that is there already can do without. */
  provider: Provider | null;
  /** What the file says of each field: as the API takes it, not yet judged. Null is cleared. */
  values: Partial<Record<FieldName, unknown>>;
  /** Agents that the file names, by the field they are meant for. */
  agentNames: Partial<Record<AgentField, string>>;
  /** By field, what its column is called in the file. */
  columns: Readonly<Record<string, string>>;
  errors: CellError[];
}

/** A row of which nothing is known yet. */
export const blankRow = (line: number, columns: RowReading['columns']): RowReading => ({
  line,
  phoneNumber: null,
  provider: null,
  values: {},
  agentNames: {},
  columns,
  errors: [],
});

/** Of a row with more errors the first ones lead to the others. */
export const ERRORS_TOLD = 20;

const SHOWN_CHARACTERS = 200;

/** A value as an error tells it. */
export const shownValue = (text: string): string => {
  const characters = Array.from(text.slice(0, 2 * SHOWN_CHARACTERS));
  return characters.length > SHOWN_CHARACTERS || text.length > 2 * SHOWN_CHARACTERS
    ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`
    : text;
};
