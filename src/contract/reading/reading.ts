import { z } from 'zod';

/**
 * A text as it was understood, or what is wrong with this very text. Readers are pure: the same text, the
 * same reading.
 */
export type Reading = { readonly value: string } | { readonly code: string; readonly message: string };
export type Reader = (text: string) => Reading;

type Known = Map<Reader, Set<string>>;
export type StoredTexts = ReadonlyMap<Reader, ReadonlySet<string>>;
let known: StoredTexts | null = null;
let isGathering = false;

const during = <T>(next: StoredTexts, gathering: boolean, act: () => T): T => {
  const [knownBefore, gatheringBefore] = [known, isGathering];
  [known, isGathering] = [next, gathering];
  try {
    return act();
  } finally {
    [known, isGathering] = [knownBefore, gatheringBefore];
  }
};

const gather = (into: Known, read: Reader, text: string) =>
  into.set(read, (into.get(read) ?? new Set()).add(text));

/** Whether this very text is stored where this reader reads. */
export const isStored = (read: Reader, text: string): boolean => known?.get(read)?.has(text) === true;

/**
 * The texts that a stored value of this schema holds, by who reads them. What a newer schema has against it
 * does not matter.
 */
export const storedTexts = (schema: z.ZodType, stored: unknown): StoredTexts => {
  const texts: Known = new Map();
  during(texts, true, () => schema.safeParse(stored));
  return texts;
};

/** Parses, in `parse`, what is to replace what these texts are of. */
export const overTexts = <T>(texts: StoredTexts, parse: () => T): T => during(texts, false, parse);

/**
 * Parses, in `parse`, what is to replace `stored` or parts of it; both are of this schema.
 * The promise: what equals a stored value, entry by entry, is neither refused nor rewritten by a newer
 * reading, so that a record of any age can be read, changed in one place and sent whole. While `parse` runs,
 * each reader knows the texts that are stored where it reads. Parsing never waits, so nobody else can come in
 * between.
 */
export const over = <T>(schema: z.ZodType, stored: unknown, parse: () => T): T =>
  overTexts(storedTexts(schema, stored), parse);

/**
 * Texts of this reader: each becomes what it was understood as. `limits` are for the document; the reader
 * keeps them.
 */
export const readAs = (read: Reader, limits: { minLength?: number; maxLength?: number } = {}) =>
  z
    .string()
    .check((payload) => {
      const { value: text } = payload;
      if (isGathering && known !== null) gather(known as Known, read, text);
      else if (!isStored(read, text)) {
        const reading = read(text);
        if ('value' in reading) payload.value = reading.value;
        else
          payload.issues.push({
            code: 'custom',
            message: reading.message,
            params: { code: reading.code },
            input: text,
            continue: true,
          });
      }
    })
    .meta(limits);
