/*
 * What spreadsheets make of digits when a file is opened and saved: long numbers rounded, signs and zeros in
 * front dropped, groups of digits read as a date. Nothing of that can be undone from what is left.
 */

export interface Damage {
  code: 'spreadsheet_rounded' | 'spreadsheet_date' | 'spreadsheet_error';
  message: string;
}

const rounded = /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i;
const decimal = /^\+?\d{7,}[.,]0+$/;
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const date = new RegExp(
  String.raw`^(?:\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T]\d\d:\d\d.*)?|\d{1,2}[- ]${month}(?:[- ]\d{2,4})?|${month}[- ]\d{2,4})$`,
  'i',
);
const error = /^#(?:N\/A|NAME\?|REF!|VALUE!|DIV\/0!|NUM!|NULL!|#+)$/i;

const AGAIN = 'Make the column text in the spreadsheet, take the value from where it came, and save again.';

/** What a spreadsheet did to a cell that should hold digits; null where there is no sign of it. */
export const findDamage = (text: string): Damage | null => {
  const cell = text.trim();
  if (rounded.test(cell))
    return {
      code: 'spreadsheet_rounded',
      message: `A spreadsheet has rounded it: digits are lost. ${AGAIN}`,
    };
  if (decimal.test(cell))
    return {
      code: 'spreadsheet_rounded',
      message: `A spreadsheet has made a decimal number of it. ${AGAIN}`,
    };
  if (date.test(cell))
    return { code: 'spreadsheet_date', message: `A spreadsheet has made a date of it. ${AGAIN}` };
  if (error.test(cell))
    return { code: 'spreadsheet_error', message: `It is the error of a spreadsheet’s formula. ${AGAIN}` };
  return null;
};
