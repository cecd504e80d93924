import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { endWith, run } from './run.ts';

try {
  const { values } = parseArgs({ options: { restored: { type: 'boolean', default: false } } });
  await run(readConfig(), { isRestored: values.restored });
} catch (error) {
  endWith(error);
}
