import {
  isUnreadable,
  readPhoneNumber,
  spellPhoneNumber,
  type Unreadable,
} from '#contract/reading/phone-number.ts';
import {
  isFieldError,
  judgePhoneNumber,
  type JudgedPhoneNumber,
} from '#server/features/phone-numbers/acts/judge-phone-number.ts';
import { hasTrunkZero, readNational } from '#server/lib/numbering-plan.ts';
import { findDamage } from './find-damage.ts';

export interface NumberRules {
  /** ISO 3166 alpha-2: numbers without a country code are of this country. */
  defaultCountry: string | undefined;
  /** Whether digits without a plus are a whole number that lost it. */
  digits: 'refuse' | 'international';
}

export interface Refusal {
  code: string;
  message: string;
}

const MAX_WRITTEN = 64;

const judged = (spelled: string): JudgedPhoneNumber | Refusal => {
  const found = judgePhoneNumber(spelled);
  return isFieldError(found) ? { code: found.code, message: found.message } : found;
};

/** As it is dialled within the country that numbers are of. */
const readWithin = (typed: string, { defaultCountry }: NumberRules): JudgedPhoneNumber | Refusal | null => {
  if (defaultCountry === undefined) return null;
  const spelled = spellPhoneNumber(typed);
  if (!/^\d+$/.test(spelled)) return null;
  const number = readNational(spelled, defaultCountry);
  if (number === null)
    return {
      code: 'invalid_phone_number',
      message: `${spelled} is no number of ${defaultCountry}. Write + and the country code in front, or all its digits.`,
    };
  // Typed in groups it was never a number to a spreadsheet, and lost nothing.
  if (hasTrunkZero(defaultCountry) && !spelled.startsWith('0') && typed.trim() === spelled)
    return {
      code: 'spreadsheet_zero_lost',
      message: `Within ${defaultCountry} numbers begin with 0, and a spreadsheet may have dropped it. Write 0${spelled} or ${number}.`,
    };
  return judged(number);
};

const refusalOf = ({ reason, message }: Unreadable, digits: string): Refusal => {
  if (reason === 'empty') return { code: 'required', message: 'No number is written.' };
  if (reason === 'only_plus_missing')
    return {
      code: 'spreadsheet_plus_lost',
      message: `It has no +, which a spreadsheet may have dropped. Write +${digits}, or import with digits=international.`,
    };
  if (reason === 'country_code_missing')
    return { code: 'country_code_missing', message: `${message} Or import with a default_country.` };
  return { code: 'invalid_phone_number', message };
};

/** A number as it will be stored, or why none can be told from this cell. */
export const readNumberCell = (text: string, rules: NumberRules): JudgedPhoneNumber | Refusal => {
  if (text.length > MAX_WRITTEN)
    return { code: 'too_big', message: `Write it with at most ${MAX_WRITTEN} characters.` };
  const damage = findDamage(text);
  if (damage !== null) return damage;
  const reading = readPhoneNumber(text);
  if (!isUnreadable(reading)) return judged(reading.spelled);
  const digits = spellPhoneNumber(text);
  const isWhole = /^[1-9]\d{6,14}$/.test(digits);
  if (isWhole && rules.digits === 'international') return judged(`+${digits}`);
  const { reason } = reading;
  const isBare = reason === 'only_plus_missing' || reason === 'country_code_missing';
  return (isBare ? readWithin(text, rules) : null) ?? refusalOf(reading, digits);
};

export const isRefusal = (read: JudgedPhoneNumber | Refusal): read is Refusal => 'code' in read;
