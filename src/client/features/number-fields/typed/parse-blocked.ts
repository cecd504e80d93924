import type { BlockedCaller } from '#contract/numbers/call-handling.ts';
import {
  isUnreadable,
  readPhoneNumber,
  readPhonePrefix,
  spellPhoneNumber,
} from '#contract/reading/phone-number.ts';

/** What is blocked, as it is compared: two ways of writing one number are one. */
export const keyOf = (blocked: BlockedCaller): string =>
  'number' in blocked ? spellPhoneNumber(blocked.number) : `${spellPhoneNumber(blocked.prefix)}*`;

/**
 * Pasted lines as callers: a number, or with a star the beginning of numbers, and after a comma, semicolon or
 * tab the reason. What cannot be a number is kept, for the schema to say what is wrong with it.
 */
export const parseBlocked = (
  text: string,
  there: readonly BlockedCaller[],
): { added: BlockedCaller[]; duplicates: number } => {
  const known = new Set(there.map(keyOf));
  const added: BlockedCaller[] = [];
  let duplicates = 0;
  for (const line of text.split('\n')) {
    const [, written = '', said = ''] = /^([^,;\t]*)[,;\t]?(.*)$/.exec(line.trim()) ?? [];
    if (written.trim() === '' && said.trim() === '') continue;
    const rest = { reason: said.trim() === '' ? null : said.trim(), expires_at: null };
    const text = written.trim().replace(/[*…]+$/, '');
    const isPrefix = text !== written.trim();
    const reading = isPrefix ? readPhonePrefix(text) : readPhoneNumber(text);
    const caller = isUnreadable(reading) ? text : reading.spelled;
    const blocked: BlockedCaller = isPrefix ? { prefix: caller, ...rest } : { number: caller, ...rest };
    if (known.has(keyOf(blocked))) duplicates += 1;
    else added.push(blocked);
    known.add(keyOf(blocked));
  }
  return { added, duplicates };
};
