import { readConfig } from './config.ts';
import { endWith, run } from './run.ts';

try {
  await run(readConfig());
} catch (error) {
  endWith(error);
}
