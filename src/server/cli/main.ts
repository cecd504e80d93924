#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { readConfig } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { endWith } from '#server/run.ts';
import { CommandError, UsageError, type Command, type CommandContext } from '#server/cli/command/command.ts';
import { commands } from './commands.ts';
import { readSecret } from '#server/cli/command/read-secret.ts';

// Installed as a package it is called by its name; in the repository npm builds it first.
const program = import.meta.url.includes('/node_modules/') ? 'npx cordboard' : 'npm run cordboard --';

const overview = () => {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    `Usage: ${program} <command> [options]`,
    '',
    ...lines,
    '',
    `${program} <command> --help says more.`,
  ].join('\n');
};

const helpOf = ({ summary, usage, notes = [] }: Command) =>
  [
    summary,
    '',
    'Usage:',
    ...usage.map((line) => `  ${program} ${line}`),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');

const parse = (command: Command, args: string[]): Pick<CommandContext, 'values' | 'positionals'> => {
  try {
    return parseArgs({
      args,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const runCommand = async (command: Command, args: string[]): Promise<void> => {
  const { values, positionals } = parse(command, args);
  if (values['help'] === true) return console.log(helpOf(command));
  const config = readConfig();
  let database: Promise<Database> | undefined;
  try {
    await command.run({
      config,
      positionals,
      values,
      openDatabase: () => (database ??= openDatabase(config, { attach: true })),
      print: (line) => console.log(line),
      explain: (line) => console.error(line),
      readSecret,
    });
  } finally {
    // One that did not open has said so already.
    await (await database?.catch(() => undefined))?.close();
  }
};

const [name, ...args] = process.argv.slice(2);
const command = commands.find((each) => each.name === name);
try {
  if (command) await runCommand(command, args);
  else if (name === undefined || name === 'help' || name === '--help' || name === '-h')
    console.log(overview());
  else throw new UsageError(`There is no command ${name}.`);
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${command ? helpOf(command) : overview()}`);
    process.exit(2);
  }
  if (error instanceof CommandError) {
    console.error(error.message);
    process.exit(1);
  }
  endWith(error);
}
