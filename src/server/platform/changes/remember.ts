/**
 * The promise: an answer is remembered for at most `maxAgeMs`, and never after it was told to be forgotten,
 * even where it was asked for before and arrives after. Askers at the same time share one question.
 */
export interface Memory<T extends object> {
  recall(key: string, ask: () => Promise<T | null>): Promise<T | null>;
  forget(matches: (value: T) => boolean): void;
}

// Far above what is live within a few seconds; keeps the memory bounded whatever happens.
const MAX_ENTRIES = 10_000;

export const createMemory = <T extends object>(maxAgeMs: number): Memory<T> => {
  const known = new Map<string, { value: T; until: number }>();
  let asking = new Map<string, Promise<T | null>>();
  return {
    async recall(key, ask) {
      const found = known.get(key);
      if (found && found.until > performance.now()) return found.value;
      known.delete(key);
      const shared = asking.get(key);
      if (shared) return shared;
      const askedIn = asking;
      const until = performance.now() + maxAgeMs;
      const question = ask();
      asking.set(key, question);
      try {
        const value = await question;
        // Told to forget meanwhile: the answer may be of before.
        if (value !== null && askedIn === asking) {
          if (known.size >= MAX_ENTRIES) known.clear();
          known.set(key, { value, until });
        }
        return value;
      } finally {
        askedIn.delete(key);
      }
    },
    forget(matches) {
      asking = new Map();
      for (const [key, { value }] of known) if (matches(value)) known.delete(key);
    },
  };
};
