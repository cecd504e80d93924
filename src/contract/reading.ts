import { z } from 'zod';

/** A text as it was understood, or what is wrong with this very text. Readers are pure: the same text, the same reading. */
export type Reading = { readonly value: string } | { readonly code: string; readonly message: string };
export type Reader = (text: string) => Reading;

/**
 * The promise: what equals a stored value, entry by entry, is neither refused nor rewritten by a newer reading, so that a
 * record of any age can be read, changed in one place and sent whole. While `over` runs, each reader knows the texts that
 * are stored where it reads. Parsing never waits, so nobody else can come in between.
 */
type Known = Map<Reader, Set<string>>;
let known: Known | null = null;
let isGathering = false;

const during = <T>(next: Known, gathering: boolean, act: () => T): T => {
  const [knownBefore, gatheringBefore] = [known, isGathering];
  [known, isGathering] = [next, gathering];
  try {
    return act();
  } finally {
    [known, isGathering] = [knownBefore, gatheringBefore];
  }
};

const gather = (into: Known, read: Reader, text: string) => into.set(read, (into.get(read) ?? new Set()).add(text));

/** Whether this very text is stored where this reader reads. */
export const isStored = (read: Reader, text: string): boolean => known?.get(read)?.has(text) === true;

/** Parses, in `parse`, what is to replace `stored` or parts of it; both are of this schema. */
export const over = <T>(schema: z.ZodType, stored: unknown, parse: () => T): T => {
  const texts: Known = new Map();
  // Only looked through: what a newer schema has against it does not matter.
  during(texts, true, () => schema.safeParse(stored));
  return during(texts, false, parse);
};

/** Texts of this reader: each becomes what it was understood as. `limits` are for the document; the reader keeps them. */
export const readAs = (read: Reader, limits: { minLength?: number; maxLength?: number } = {}) =>
  z
    .string()
    .check((payload) => {
      const { value: text } = payload;
      if (isGathering && known !== null) gather(known, read, text);
      else if (!isStored(read, text)) {
        const reading = read(text);
        if ('value' in reading) payload.value = reading.value;
        else payload.issues.push({ code: 'custom', message: reading.message, params: { code: reading.code }, input: text, continue: true });
      }
    })
    .meta(limits);
