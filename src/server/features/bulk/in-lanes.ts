import type { Database } from '#server/platform/db/database.ts';

/**
 * One piece of work, or two beside each other where there are sessions for it: while one waits for the database, the
 * other is thought about.
 */
export const inLanes = <Answer>(
  { isOneSession }: Pick<Database, 'isOneSession'>,
  work: () => Promise<Answer>,
): Promise<Answer[]> => Promise.all(Array.from({ length: isOneSession ? 1 : 2 }, work));
