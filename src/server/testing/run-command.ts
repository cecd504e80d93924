import type { Command, CommandContext } from '#server/cli/command/command.ts';
import { TEST_PASSWORD } from './test-actors.ts';
import { testConfig, type TestApp } from './test-app.ts';

/** A command as it is typed, on the test's database; answers what it printed. */
export const runCommand = async (
  { database }: TestApp,
  command: Command,
  positionals: string[],
  values: CommandContext['values'] = {},
  typed = TEST_PASSWORD,
  explained: string[] = [],
) => {
  const printed: string[] = [];
  await command.run({
    config: testConfig,
    positionals,
    values,
    openDatabase: async () => database,
    print: (line) => void printed.push(line),
    explain: (line) => void explained.push(line),
    readSecret: async () => typed,
  });
  return printed;
};
