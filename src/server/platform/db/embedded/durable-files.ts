import { fdatasyncSync } from 'node:fs';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { DISK_FULL_EXIT, saysDiskFull } from '#server/platform/machine/disk-full.ts';

type Engine = PGlite['Module'];

interface NodeFiles {
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
}

/**
 * PGlite acknowledges commits that are on no disk: it starts with fsync off (-F), and its file layer has none
 * to call. The two together, fsync on and a file layer that does it, are what makes an acknowledged write
 * survive a power cut.
 */
export const durableStartParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

// Whether a failed sync or a crashed engine kept the write nobody knows: as PostgreSQL does, stop, and
// recover from the log.
const die = (what: string, error: unknown, engineErrors: readonly string[] = []): never => {
  const reason = [error instanceof Error ? error.message : String(error), ...engineErrors].join('; ');
  process.stderr.write(`The embedded database stopped: ${what} (${reason})\n`);
  process.exit(saysDiskFull(reason) ? DISK_FULL_EXIT : 70);
};

export class DurableFiles extends NodeFS {
  /**
   * Off while a new database is made, which is synced once as a whole: a thousand files three times over take
   * seconds.
   */
  syncing = true;

  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    const sync = (descriptor: number) => {
      if (this.syncing) fdatasyncSync(descriptor);
    };
    const addSync = (engine: Engine) => {
      const files = (engine.FS as unknown as { filesystems: { NODEFS: NodeFiles } }).filesystems.NODEFS;
      files.stream_ops.fsync = (stream) => {
        try {
          sync(stream.nfd);
          return 0;
        } catch (error) {
          return die('a file could not be synced to disk', error);
        }
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addSync] } };
  }
}

const ordinaryError = 100;

/**
 * PGlite swallows whatever its engine throws, also a panic, and goes on with a broken one: end the process
 * instead. `engineErrors` is what the engine itself wrote before: what it throws is a bare number.
 */
export const dieOnPanic = (db: PGlite, engineErrors: readonly string[]): void => {
  const engine = db.Module as unknown as { _PostgresMainLoopOnce: () => void };
  const once = engine._PostgresMainLoopOnce;
  engine._PostgresMainLoopOnce = () => {
    try {
      once();
    } catch (error) {
      if ((error as { status?: number }).status !== ordinaryError)
        die('its engine failed', error, engineErrors);
      throw error;
    }
  };
};

export type { PGliteOptions };
