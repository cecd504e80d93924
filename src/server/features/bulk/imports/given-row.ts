import { bodyLimits } from '#contract/body-limits.ts';
import { credentialNames, type CredentialName } from '#contract/numbers/fields.ts';
import type { PhoneNumberCreate } from '#contract/numbers/phone-numbers.ts';
import { MASK } from '#contract/primitives.ts';
import type { Secrets } from '#server/features/credentials/held-secrets.ts';
import {
  blankRow,
  ERRORS_TOLD,
  shownValue,
  type CellError,
  type RowReading,
} from '#server/features/imports/reading/row.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import type { BulkRow, NewRow } from '#server/features/bulk/rows/row-store.ts';

/** A row of a file as it is kept, and apart from it the credentials that stood there. */
export interface KeptRow {
  row: NewRow;
  secrets: Secrets;
  /** How much it takes to keep, in characters. */
  size: number;
}

type Given = Pick<RowReading, 'phoneNumber' | 'provider' | 'values' | 'agentNames'>;

// The database takes neither in a text. Whoever has them in a file sees what stands for them.
const storable = (text: string): string => text.replace(/\p{Cs}|\0/gu, '\ufffd');

/** The first errors of a row, as they can be kept. */
export const errorsToKeep = (errors: readonly CellError[]): CellError[] =>
  errors.slice(0, ERRORS_TOLD).map(({ column, value, code, message }) => ({
    column: column === null ? null : storable(shownValue(column)),
    value: value === null ? null : storable(value),
    code,
    message: storable(message),
  }));

const isMask = (text: string) => text.trim() === MASK;

/** Takes the credentials out. The mask is none: it stays, and means unchanged. */
const splitSecrets = (row: RowReading): { values: RowReading['values']; secrets: Secrets } => {
  const values = { ...row.values };
  const secrets: Secrets = {};
  for (const name of credentialNames) {
    const value = values[name];
    if (value === undefined || value === null) continue;
    if (typeof value === 'string' && isMask(value)) continue;
    delete values[name];
    if (typeof value === 'string') secrets[name] = value;
    else
      row.errors.push({
        column: row.columns[name] ?? name,
        value: null,
        code: 'invalid_type',
        message: 'Write the credential as a text.',
      });
  }
  return { values, secrets };
};

const tooLong: CellError = {
  column: null,
  value: null,
  code: 'row_too_long',
  message: 'The row holds more than any number can have. Shorten it.',
};

const refusedRow = ({ line, phoneNumber, errors }: RowReading): KeptRow => {
  const kept = errorsToKeep(errors);
  const [first] = kept;
  return {
    row: {
      phone_number_id: null,
      phone_number: phoneNumber?.phone_number ?? '',
      version: null,
      line,
      errors: kept,
      planned: 'refused',
      planned_code: first?.code ?? 'invalid',
      planned_message: first?.message ?? '',
    },
    secrets: {},
    size: JSON.stringify(kept).length,
  };
};

/**
 * What is kept of a row until its import is judged and run. Of one that cannot be imported only why; of the
 * others a text, for the database would refuse characters that the rules have yet to refuse by name.
 */
export const keepRow = (reading: RowReading): KeptRow => {
  const { values, secrets } = splitSecrets(reading);
  const { line, phoneNumber, provider, agentNames } = reading;
  const given: Given = { phoneNumber, provider, values, agentNames };
  const text = JSON.stringify(given);
  if (text.length > bodyLimits.phoneNumber) reading.errors.push(tooLong);
  if (reading.errors.length > 0 || phoneNumber === null) return refusedRow(reading);
  return {
    row: {
      phone_number_id: null,
      phone_number: phoneNumber.phone_number,
      version: null,
      line,
      given: text,
    },
    secrets,
    size: text.length,
  };
};

/** A row that was kept, read again, with its credentials. */
export const readingOf = (
  { line, given: text }: BulkRow,
  columns: RowReading['columns'],
  secrets: Secrets = {},
): RowReading => {
  const { phoneNumber, provider, values, agentNames } = JSON.parse(String(text)) as Given;
  return {
    ...blankRow(line ?? 0, columns),
    phoneNumber,
    provider,
    values: { ...values, ...(secrets as Partial<Record<CredentialName, string>>) },
    agentNames,
  };
};

/** What is asked of the act that adds it: its number was judged when it was read. */
export const additionAsJudged = (
  { phoneNumber }: RowReading,
  body: PhoneNumberCreate,
): PhoneNumberAddition => ({ body, ...(phoneNumber !== null && { judged: phoneNumber }) });
