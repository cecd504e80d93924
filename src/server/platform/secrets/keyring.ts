import { hkdfSync, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * The promise: the master key never leaves this file. Everyone else gets a key derived for one purpose, from
 * which neither the master key nor another purpose's key can be told.
 */
export interface Keyring {
  /** Names the master key without telling anything of it; stored beside whatever was sealed under it. */
  readonly keyId: string;
  /** 32 bytes, the same for the same purpose. */
  derive(purpose: string): Buffer;
}

export interface KeyringConfig {
  masterKey: Buffer | null;
  dataFolder: string;
}

/** Said to whoever started the program. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';
}

const KEY_BYTES = 32;

const derive = (masterKey: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, 'cordboard', purpose, KEY_BYTES));

const isCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code;

const readKeyFile = async (path: string): Promise<Buffer> => {
  const file = await open(path, constants.O_RDONLY);
  try {
    const { mode } = await file.stat();
    if ((mode & 0o077) !== 0)
      throw new KeyRefused(`${path} can be read by others. Make it yours alone: chmod 600 ${path}`);
    const key = Buffer.from((await file.readFile('utf8')).trim(), 'base64');
    if (key.length !== KEY_BYTES)
      throw new KeyRefused(
        `${path} does not hold a master key of 32 bytes in base64. Put the right file back.`,
      );
    return key;
  } finally {
    await file.close();
  }
};

// A file is there after a power cut only if its folder was written down, too.
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const createKeyFile = async (path: string): Promise<Buffer> => {
  const key = randomBytes(KEY_BYTES);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await file.writeFile(`${key.toString('base64')}\n`);
    // What is sealed must not survive a power cut that its key does not.
    await file.sync();
    // Linking is exclusive and shows the file only whole: of two first starts one makes the key, the other
    // reads it.
    await link(draft, path);
    await syncFolder(dirname(path));
  } finally {
    await file.close();
    await unlink(draft);
  }
  return key;
};

const fileIn = (folder: string) => join(folder, 'master.key');
const nextFileIn = (folder: string) => join(folder, 'master.key.next');

const readKeyFileIfThere = async (path: string): Promise<Buffer | null> => {
  try {
    return await readKeyFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
};

const readOrCreateKeyFile = async (path: string): Promise<Buffer> => {
  const there = await readKeyFileIfThere(path);
  if (there !== null) return there;
  try {
    return await createKeyFile(path);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return readKeyFile(path);
    throw error;
  }
};

export const keyringOf = (masterKey: Buffer): Keyring => {
  if (masterKey.length !== KEY_BYTES) throw new KeyRefused('A master key is 32 bytes.');
  return {
    keyId: derive(masterKey, 'key-id').toString('hex').slice(0, 16),
    derive: (purpose) => derive(masterKey, purpose),
  };
};

/**
 * The master key of the environment, else that of `<data folder>/master.key`; null where there is neither.
 */
export const findKeyring = async ({ masterKey, dataFolder }: KeyringConfig): Promise<Keyring | null> => {
  if (masterKey !== null) return keyringOf(masterKey);
  // A database in memory has nothing that must be opened again.
  if (dataFolder === ':memory:') return keyringOf(randomBytes(KEY_BYTES));
  const key = await readKeyFileIfThere(fileIn(dataFolder));
  return key === null ? null : keyringOf(key);
};

/**
 * The master key at hand, or a new one in `<data folder>/master.key`: only for a database that nothing is
 * sealed in.
 */
export const openKeyring = async (config: KeyringConfig): Promise<Keyring> => {
  const keyring = await findKeyring(config);
  if (keyring !== null) return keyring;
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  return keyringOf(await readOrCreateKeyFile(fileIn(config.dataFolder)));
};

/** Where a master key is looked for, in words. */
export const keyPlaces = ({ dataFolder }: KeyringConfig): string =>
  `CORDBOARD_MASTER_KEY or ${resolve(fileIn(dataFolder))}`;

/** The key that is to follow, beside the present one; the same again until it is adopted. */
export const stageNextKey = async (dataFolder: string): Promise<Keyring> =>
  keyringOf(await readOrCreateKeyFile(nextFileIn(dataFolder)));

/**
 * Puts the staged key in the present one's place and keeps that one under its id. Returns the name it is kept
 * under.
 */
export const adoptNextKey = async (dataFolder: string, present: Keyring): Promise<string> => {
  const kept = `${fileIn(dataFolder)}.${present.keyId}`;
  await link(fileIn(dataFolder), kept).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error;
  });
  await rename(nextFileIn(dataFolder), fileIn(dataFolder));
  return kept;
};
