import { agentFieldOf, guessTarget, type Target } from './headings.ts';

/*
 * What the columns of a file hold, by their headings alone. The server reads by it, and the console shows by
 * it what would be read before anything is sent.
 */

export interface Column {
  heading: string;
  /** Null where nothing is taken from it. */
  target: Target | null;
}

/** Of several headings that mean one thing the nearest counts. */
export const guessColumns = (headings: readonly string[]): Column[] => {
  const guesses = headings.map(guessTarget);
  const nearest = new Map<Target, number>();
  for (const guess of guesses)
    if (guess !== null)
      nearest.set(guess.target, Math.min(guess.distance, nearest.get(guess.target) ?? Infinity));
  return withoutNamesBesideIds(
    headings.map((heading, at) => {
      const guess = guesses[at] ?? null;
      return {
        heading,
        target: guess !== null && nearest.get(guess.target) === guess.distance ? guess.target : null,
      };
    }),
  );
};

/** Where the file has an agent's id, its name beside it only tells people who that is. */
export const withoutNamesBesideIds = (columns: readonly Column[]): Column[] => {
  const has = (target: Target) => columns.some((column) => column.target === target);
  return columns.map((column) => {
    const id = column.target === null ? null : agentFieldOf(column.target);
    return id !== null && has(id) ? { ...column, target: null } : column;
  });
};
