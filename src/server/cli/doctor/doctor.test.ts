import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Config } from '#server/config.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { openMasterKey } from '#server/features/credentials/check-master-key.ts';
import { testConfig } from '#server/testing/test-app.ts';
import { CommandError } from '#server/cli/command/command.ts';
import { doctor } from './doctor.ts';

// Each starts an embedded database, which on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'cordboard-doctor-'))));
afterAll(() => rm(folder, { recursive: true }));

/** What it printed, and whether it called anything bad. */
const examine = async (config: Partial<Config>): Promise<{ text: string; isBad: boolean }> => {
  const printed: string[] = [];
  const run = doctor.run({
    config: { ...testConfig, dataFolder: folder, ...config },
    positionals: [],
    values: {},
    openDatabase: () => Promise.reject(new Error('It opens what it looks at by itself')),
    print: (line) => void printed.push(line),
    explain: () => {},
    readSecret: async () => '',
  });
  const isBad = await run.then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof CommandError)) throw error;
      return true;
    },
  );
  return { text: printed.join('\n'), isBad };
};

describe('doctor', () => {
  test('of a folder that is not there yet finds nothing bad, and makes nothing', async () => {
    const { text, isBad } = await examine({ dataFolder: join(folder, 'none') });
    expect(isBad).toBe(false);
    expect(text).toMatch(/good {2}database +none yet/);
    expect((await examine({ dataFolder: join(folder, 'none') })).text).toMatch(/is not there yet/);
  });

  test('of a database says that all is well, and of another key that it is not the one', async () => {
    const config = { ...testConfig, dataFolder: folder };
    const database = await openDatabase(config);
    await openMasterKey({ config, database });
    await database.query(
      `insert into api_key (id, name, hint, key_hash, scopes, expires_at) values ('k', 'nightly', 'cbk_abcd', '\\x00', '{}', now() + interval '3 days')`,
    );
    await database.close();
    const well = await examine({});
    expect(well.isBad).toBe(false);
    for (const line of [
      /good {2}database +PostgreSQL/,
      /good {2}schema +up to date/,
      /good {2}master key +\w+ opens/,
      /warn {2}API keys +nightly \(cbk_abcd…\)/,
    ])
      expect(well.text).toMatch(line);
    const ill = await examine({ masterKey: Buffer.alloc(32, 9) });
    expect(ill.isBad).toBe(true);
    expect(ill.text).toMatch(/BAD {3}master key +\w+ is not the one[^\n]*\n +→ Put that key back/);
  });

  test('of a server that nobody reaches says what to look at', async () => {
    const { text, isBad } = await examine({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
    expect(isBad).toBe(true);
    expect(text).toMatch(/BAD {3}database +.*ECONNREFUSED[^\n]*\n +→ See that it runs/);
  });

  test('of a server behind a proxy that is not trusted names the variable', async () => {
    const { text } = await examine({
      dataFolder: join(folder, 'none'),
      publicUrl: new URL('https://numbers.example'),
    });
    expect(text).toMatch(/warn {2}proxy[^\n]*\n +→ Set CORDBOARD_TRUSTED_PROXY/);
  });
});
