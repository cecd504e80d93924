import { apiKey } from '#server/cli/commands/api-key.ts';
import { backup } from '#server/cli/commands/backup.ts';
import type { Command } from '#server/cli/command/command.ts';
import { demo } from '#server/cli/commands/demo.ts';
import { doctor } from '#server/cli/doctor/doctor.ts';
import { key } from '#server/cli/commands/key.ts';
import { migrate } from '#server/cli/commands/migrate.ts';
import { move } from '#server/cli/commands/move.ts';
import { operator } from '#server/cli/commands/operator.ts';
import { restoreBackup } from '#server/cli/commands/restore-backup.ts';
import { seed } from '#server/cli/commands/seed.ts';
import { start } from '#server/cli/commands/start.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  start,
  operator,
  apiKey,
  backup,
  restoreBackup,
  move,
  migrate,
  key,
  doctor,
  demo,
  seed,
];
