import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as base } from 'vitest';
import { KeyRefused, keyringOf, openKeyring } from './keyring.ts';

const test = base.extend<{ dataFolder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what a fixture needs
  dataFolder: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'cordboard-key-'));
    await provide(folder);
    await rm(folder, { recursive: true });
  },
});

describe('the keyring', () => {
  test('derives 32 bytes for each purpose, the same each time, and another key id for another key', () => {
    const keyring = keyringOf(Buffer.alloc(32, 1));
    expect(keyring.derive('seal')).toHaveLength(32);
    expect(keyring.derive('seal')).toEqual(keyringOf(Buffer.alloc(32, 1)).derive('seal'));
    expect(keyring.derive('seal')).not.toEqual(keyring.derive('page-token'));
    expect(keyring.keyId).not.toBe(keyringOf(Buffer.alloc(32, 2)).keyId);
    expect(() => keyringOf(Buffer.alloc(16))).toThrow(KeyRefused);
  });

  test('takes the key of the environment and writes no file', async ({ dataFolder }) => {
    const masterKey = Buffer.alloc(32, 1);
    expect((await openKeyring({ masterKey, dataFolder })).keyId).toBe(keyringOf(masterKey).keyId);
    expect(await readdir(dataFolder)).toEqual([]);
  });

  test('makes a key file for its owner alone, once', async ({ dataFolder }) => {
    const opened = await Promise.all(
      Array.from({ length: 20 }, () => openKeyring({ masterKey: null, dataFolder })),
    );
    expect(new Set(opened.map(({ keyId }) => keyId)).size).toBe(1);
    expect(await readdir(dataFolder)).toEqual(['master.key']);
    expect((await stat(join(dataFolder, 'master.key'))).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(join(dataFolder, 'master.key'), 'utf8'), 'base64')).toHaveLength(32);
  });

  test.for([0o640, 0o604, 0o660])('refuses a key file others can touch', async (mode, { dataFolder }) => {
    await openKeyring({ masterKey: null, dataFolder });
    await chmod(join(dataFolder, 'master.key'), mode);
    await expect(openKeyring({ masterKey: null, dataFolder })).rejects.toThrow('chmod 600');
  });

  test.for(['', 'c2hvcnQ=', 'not base64 at all'])(
    'refuses a key file that holds %j, and leaves it alone',
    async (text, { dataFolder }) => {
      const path = join(dataFolder, 'master.key');
      await writeFile(path, text, { mode: 0o600 });
      await expect(openKeyring({ masterKey: null, dataFolder })).rejects.toThrow(KeyRefused);
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );
});
