import { run } from '#server/run.ts';
import type { Command } from '#server/cli/command/command.ts';

export const start: Command = {
  name: 'start',
  summary: 'Serve the console and the API, until it is told to stop.',
  usage: ['start'],
  run: ({ config }) => run(config),
};
