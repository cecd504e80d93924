import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#server/config.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { describeFewFiles, readOpenFileLimit } from '#server/platform/machine/open-files.ts';
import { CommandError, type Command } from '#server/cli/command/command.ts';
import { examineDatabase } from './database.ts';
import { bad, good, linesOf, warning, type Finding } from './finding.ts';
import { examineApiKeys, examineKeyFile, examineMasterKey } from './keys.ts';
import { examineDisk, examineFolder } from './machine.ts';
import { examineProxy } from './proxy.ts';

const examineFiles = async (): Promise<Finding> => {
  const limit = await readOpenFileLimit();
  const few = describeFewFiles(limit);
  const seen = limit === null ? 'no limit is known' : `up to ${limit} at once`;
  return few === null ? good('open files', seen) : warning('open files', seen, few);
};

const isNew = ({ databaseUrl, dataFolder }: Config) =>
  databaseUrl === null && !existsSync(join(dataFolder, 'database', 'PG_VERSION'));

const unreachable = (error: unknown): Finding => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return bad(
    'database',
    cause instanceof Error && cause.message !== '' ? cause.message : String(error),
    'See that it runs, that DATABASE_URL names it and its password, and that this machine may reach it.',
  );
};

const examineStored = async (config: Config): Promise<Finding[]> => {
  // Opening would make one.
  if (isNew(config))
    return [
      good('database', 'none yet: the first start makes an embedded one'),
      await examineKeyFile(config),
    ];
  const findings: Finding[] = [];
  try {
    const database = await openDatabase(config, { attach: true, asItIs: true });
    try {
      findings.push(...(await examineDatabase(database, config)));
      const isReadable = findings.every(({ what, state }) => what !== 'schema' || state === 'good');
      if (isReadable)
        findings.push(await examineMasterKey(database, config), ...(await examineApiKeys(database)));
      return findings;
    } finally {
      await database.close();
    }
  } catch (error) {
    return [...findings, unreachable(error)];
  }
};

export const doctor: Command = {
  name: 'doctor',
  summary: 'Look at all that a server needs: each line is good, or says its repair. Changes nothing.',
  usage: ['doctor   (ends with status 1 where something is bad)'],
  run: async ({ config, print }) => {
    const findings = [
      ...(await examineStored(config)),
      examineFolder(config),
      await examineDisk(config),
      await examineFiles(),
      examineProxy(config),
    ];
    for (const line of findings.flatMap(linesOf)) print(line);
    const count = findings.filter(({ state }) => state === 'bad').length;
    if (count > 0)
      throw new CommandError(
        `\n${count === 1 ? 'One thing is' : `${count} things are`} bad: a server does not run well, or not at all.`,
      );
  },
};
