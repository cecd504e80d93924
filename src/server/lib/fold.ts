/**
 * How text is compared in searches: without case and without accents, so that "sao paulo" finds "São Paulo".
 * Done here and not by the database, whose answer would depend on its locale. Vowel signs of other scripts
 * are kept.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/**
 * What is typed to search by. Nothing stored holds control characters or lone surrogates, and PostgreSQL
 * takes no NUL.
 */
export const searchable = (typed: string): string => typed.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim();

/** A pattern for LIKE that means the text itself. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
