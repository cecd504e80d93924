import { apiKey } from './api-key.ts';
import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor/doctor.ts';
import { key } from './key.ts';
import { migrate } from './migrate.ts';
import { move } from './move.ts';
import { operator } from './operator.ts';
import { restoreBackup } from './restore-backup.ts';
import { seed } from './seed.ts';
import { start } from './start.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [start, operator, apiKey, backup, restoreBackup, move, migrate, key, doctor, demo, seed];
