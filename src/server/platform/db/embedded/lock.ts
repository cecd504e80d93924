import { randomUUID } from 'node:crypto';
import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What the owner of a data folder tells whoever knocks. */
export interface LockOwner {
  /** 0 where the owner lives but did not say. */
  pid: number;
  /** Where its database listens; null while it starts. */
  socketFolder: string | null;
}

export interface HeldLock {
  tell(socketFolder: string): void;
  release(): void;
}

const name = 'lock';
const patienceMs = 1000;
const startUpMs = 20_000;
const settleMs = 60;
const watchMs = 500;

const inode = (path: string): number | undefined => lstatSync(path, { throwIfNoEntry: false })?.ino;

const bind = (path: string, owner: LockOwner): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(JSON.stringify(owner));
    });
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });

/** Who holds the lock of the current folder; undefined when nobody alive does. */
export const askOwner = (): Promise<LockOwner | undefined> =>
  new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(name);
    socket.setTimeout(patienceMs);
    socket.on('data', (data) => (text += data.toString()));
    socket.on('end', () =>
      resolve(text === '' ? { pid: 0, socketFolder: null } : (JSON.parse(text) as LockOwner)),
    );
    // The kernel has connected us, so the owner lives, however busy it is.
    socket.on('timeout', () => {
      socket.destroy();
      resolve({ pid: 0, socketFolder: null });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(undefined);
      // Too many knock at once, or the owner went while answering: somebody lived just now.
      else if (error.code === 'EAGAIN' || error.code === 'ECONNRESET' || error.code === 'EPIPE')
        resolve({ pid: 0, socketFolder: null });
      else reject(error);
    });
  });

const linked = (from: string, to: string): boolean => {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const take = async (owner: LockOwner): Promise<Server | undefined> => {
  // Made under another name, so that the lock never appears before somebody listens on it.
  const mine = `${name}.${randomUUID().slice(0, 8)}`;
  const server = await bind(mine, owner);
  const placed = inode(mine);
  try {
    if (linked(mine, name)) return server;
    const stale = inode(name);
    if (!(await askOwner()) && inode(name) === stale) {
      renameSync(mine, name);
      // Of several who replace a dead owner's lock at once the last one stays; the others see it.
      await delay(settleMs);
      if (inode(name) === placed) return server;
    }
  } finally {
    rmSync(mine, { force: true });
  }
  server.close();
  return undefined;
};

/**
 * The lock of a data folder: a unix socket in it (the current folder must be that folder). The kernel refuses
 * connections to a dead owner's socket, whatever process has its number since, and accepts for one that is
 * merely busy.
 */
export const takeLock = async (onLost: () => void, as: 'owner' | 'guest'): Promise<HeldLock | LockOwner> => {
  const owner: LockOwner = { pid: process.pid, socketFolder: null };
  // A guest waits until the owner's database is up; a second owner only for one that is just ending.
  const giveUpAt = Date.now() + (as === 'guest' ? startUpMs : patienceMs);
  for (;;) {
    const server = await take(owner);
    if (server) {
      const mine = inode(name);
      const watch = setInterval(() => inode(name) !== mine && onLost(), watchMs).unref();
      return {
        tell: (socketFolder) => void (owner.socketFolder = socketFolder),
        release: () => {
          clearInterval(watch);
          if (inode(name) === mine) rmSync(name, { force: true });
          server.close();
        },
      };
    }
    const other = await askOwner();
    if (other && (Date.now() >= giveUpAt || (as === 'guest' && other.socketFolder !== null))) return other;
    await delay(50);
  }
};
