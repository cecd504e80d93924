export interface PieceLimits {
  /** How many are done at once at most. */
  rows: number;
  /** How long a piece should take at most; the next is smaller where one took longer. */
  ms: number;
}

const FIRST = 20;
const FEWEST = 5;
/**
 * A piece is at most and at least so many times the one before: the first ones may be the cheap ones, and one may
 * have waited for somebody else.
 */
const [GROWTH, SHRINKAGE] = [2, 0.6];

// Of jobs that are long over, nobody needs it.
const KEPT = 100;

/** How many numbers the next piece of each job has: as many as go in the time, learned from the last. */
export const createPieceSizes = ({ rows, ms }: PieceLimits) => {
  const sizes = new Map<string, number>();
  return {
    async measured<Answer>(id: string, work: (size: number) => Promise<Answer>): Promise<Answer> {
      const size = sizes.get(id) ?? Math.min(FIRST, rows);
      const startedAt = performance.now();
      try {
        return await work(size);
      } finally {
        // Also where it failed: one that took too long for the database is tried again with less.
        const tookMs = Math.max(performance.now() - startedAt, 1);
        const factor = Math.min(GROWTH, Math.max(SHRINKAGE, ms / tookMs));
        sizes.delete(id);
        sizes.set(id, Math.round(Math.min(rows, Math.max(FEWEST, size * factor))));
        for (const old of sizes.keys()) if (sizes.size > KEPT) sizes.delete(old);
      }
    },
  };
};
