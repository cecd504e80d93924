import { run } from '#server/run.ts';
import type { Command } from '#server/cli/command/command.ts';

export const start: Command = {
  name: 'start',
  summary: 'Serve the console and the API, until it is told to stop.',
  usage: ['start [--restored]'],
  options: { restored: { type: 'boolean' } },
  notes: [
    'With --restored, for the first start on a copy of the database’s files or on a snapshot of its machine,',
    'connections come up paused and jobs that were under way are cancelled. A loaded dump is noticed without it.',
  ],
  run: ({ config, values }) => run(config, { isRestored: values['restored'] === true }),
};
