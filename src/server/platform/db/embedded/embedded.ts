import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve as absolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DISK_FULL_EXIT, saysDiskFull } from '#server/platform/machine/disk-full.ts';

export type EmbeddedMessage =
  | { is: 'ready'; socketFolder: string }
  | { is: 'attached'; pid: number; socketFolder: string }
  | { is: 'refused'; pid: number }
  | { is: 'failed'; reason: string };
export type EmbeddedOrder = 'stop';

export interface Embedded {
  socketFolder: string;
  /** False when another process owns the database and this one is its guest. */
  owned: boolean;
  pid: number;
  stop(): Promise<void>;
}

/** Said to whoever started the program; nothing is wrong with the code. */
export class EmbeddedRefused extends Error {
  override readonly name = 'EmbeddedRefused';
}

// Killed after that, it recovers from its log when next started: nothing acknowledged is lost.
const stopWithinMs = 3500;

const start = (folder: string, mode: 'own' | 'attach') => {
  // In the source it is TypeScript, and tsx runs it; once built it is a bundle beside this one.
  const source = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(
    new URL(source ? './embedded-process.ts' : './embedded-process.js', import.meta.url),
  );
  return fork(path, [folder, mode], {
    execArgv: source ? ['--import', 'tsx'] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
};

/**
 * Starts the embedded database of a data folder (`:memory:` for none) in a child process.
 * `attach` becomes the guest of a process that already serves the folder; `own` is refused there.
 */
export const startEmbedded = async (
  dataFolder: string,
  mode: 'own' | 'attach',
  onDeath: (isDiskFull: boolean) => void,
): Promise<Embedded> => {
  const folder = dataFolder === ':memory:' ? dataFolder : absolute(dataFolder);
  const child = start(folder, mode);
  const exited = once(child, 'exit');
  const message = await new Promise<EmbeddedMessage>((resolve) => {
    child.once('message', (said) => resolve(said as EmbeddedMessage));
    child.once('error', (error) => resolve({ is: 'failed', reason: error.message }));
    child.once('exit', (code, signal) =>
      resolve({ is: 'failed', reason: `its process ended (${signal ?? code})` }),
    );
  });
  if (message.is === 'failed') {
    const wayOut = saysDiskFull(message.reason)
      ? 'its disk is full. Make room, then start again; everything acknowledged is kept. '
      : '';
    throw new EmbeddedRefused(`The embedded database in ${folder} did not start: ${wayOut}${message.reason}`);
  }
  if (message.is === 'refused') {
    throw new EmbeddedRefused(
      `${folder} is in use by another Cordboard (process ${message.pid}). Stop that one first, or give this one its own folder with CORDBOARD_DATA.`,
    );
  }
  if (message.is === 'attached')
    return { socketFolder: message.socketFolder, owned: false, pid: message.pid, stop: async () => {} };

  let stopping = false;
  child.once('exit', (code) => stopping || onDeath(code === DISK_FULL_EXIT));
  return {
    socketFolder: message.socketFolder,
    owned: true,
    pid: child.pid ?? 0,
    stop: async () => {
      if (stopping) return;
      stopping = true;
      if (!child.connected) return;
      const order: EmbeddedOrder = 'stop';
      child.send(order);
      const late = setTimeout(() => child.kill('SIGKILL'), stopWithinMs).unref();
      await exited;
      clearTimeout(late);
    },
  };
};
