import { readConfig } from '#server/config.ts';
import { actsOn } from '#server/cli/command/acts-on.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { openMasterKey } from '#server/features/credentials/check-master-key.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import type { RunningServer } from '../../server.ts';
import type { Chance } from '#server/testing/hostile-texts.ts';
import { hostileNumber } from './hostile-numbers.ts';

const BATCH = 500;
const LANES = 2;

/** Adds so many hostile numbers by the very act that the API adds one by, many at once. */
export const fillWithHostile = async (
  { dataDirectory, databaseUrl }: RunningServer,
  chance: Chance,
  numbers: number,
  agentIds: readonly string[],
): Promise<void> => {
  const config = readConfig({
    CORDBOARD_DATA: dataDirectory,
    LOG_LEVEL: 'silent',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  });
  const database = await openDatabase(config, { attach: true });
  try {
    const { addPhoneNumbers } = actsOn(database, await openMasterKey({ config, database }));
    let next = 0;
    const lane = async () => {
      while (next < numbers) {
        const from = next;
        next = Math.min(numbers, from + BATCH);
        const batch = Array.from({ length: next - from }, (_, at) => ({
          body: hostileNumber(chance, from + at, agentIds),
        }));
        const outcomes = await database.transaction((tx) => addPhoneNumbers(tx, commandLineContext(), batch));
        for (const { problem } of outcomes) if (problem !== null) throw problem;
      }
    };
    await Promise.all(Array.from({ length: database.isOneSession ? 1 : LANES }, lane));
  } finally {
    await database.close();
  }
};
