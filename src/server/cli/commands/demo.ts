import { mkdtempSync, rmSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#server/run.ts';
import type { Command } from '#server/cli/command/command.ts';
import { loadSample } from '#server/cli/sample/load-sample.ts';

// Letters that nobody mistakes for another.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const randomPassword = () =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  ).join('-');

export const demo: Command = {
  name: 'demo',
  summary:
    'Serve sample agents and numbers from a folder that is thrown away at the end, with sign-ins printed here.',
  usage: ['demo'],
  run: async ({ config }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'cordboard-demo-'));
    const remove = () => rmSync(dataFolder, { recursive: true, force: true });
    // Whatever ends the process, the folder goes with it.
    process.once('exit', remove);
    const demoConfig = { ...config, dataFolder, databaseUrl: null, masterKey: null };
    await run(demoConfig, {
      prepare: async (database) => {
        const signIns = await loadSample({ config: demoConfig, database, newPassword: randomPassword });
        return [
          'Sign in as',
          ...signIns.map(
            ({ email, password, role }) => `  ${role.padEnd(8)}  ${email.padEnd(22)}  ${password}`,
          ),
          'Everything is forgotten when this ends: Ctrl+C.',
        ];
      },
      afterwards: remove,
    });
  },
};
