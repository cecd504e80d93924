import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The promise: a database that was moved is not served again by a forgotten variable, for then there would be
 * two.
 */
export class MovedAway extends Error {
  override readonly name = 'MovedAway';
}

const markIn = (dataFolder: string) => join(dataFolder, 'moved');

export const refuseMovedAway = (dataFolder: string): void => {
  if (!existsSync(markIn(dataFolder))) return;
  throw new MovedAway(
    `The database in ${dataFolder} was moved to a PostgreSQL server: name that one in DATABASE_URL. ` +
      `To go back to what it was before the move, remove ${markIn(dataFolder)}.`,
  );
};

export const markMovedAway = (dataFolder: string): void =>
  writeFileSync(markIn(dataFolder), `Moved to a PostgreSQL server on ${new Date().toISOString()}.\n`, {
    mode: 0o600,
  });
