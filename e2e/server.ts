import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The server as built and as people start it: a process of its own, on a folder or a database of its own. */
export interface RunningServer {
  url: string;
  port: number;
  pid: number;
  /** The one-time link of a new database, else null. */
  setUpLink: string | null;
  dataDirectory: string;
  /** Undefined: the embedded database of that folder. */
  databaseUrl: string | undefined;
  /** How long it took from the start to the first answer, in milliseconds. */
  startedInMs: number;
  /** Everything printed so far. */
  output(): string;
  /** Asks it to end and waits; removes the folder unless it was given. */
  stop(): Promise<void>;
  /** kill -9 of the server alone, as a crash or the system would. What it started must notice by itself. */
  kill(): Promise<void>;
}

export interface StartOptions {
  dataDirectory?: string;
  port?: number;
  databaseUrl?: string;
  env?: Record<string, string>;
  timeoutMs?: number;
}

let shared: string | undefined;
/** What servers that are started without a database use from now on; undefined: the embedded one. */
export const keepDataOn = (url: string | undefined): void => {
  shared = url;
};
export const databaseInUse = (): string | undefined => shared;

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
export const serverScript = fromRoot('dist/server/main.js');
export const cliScript = fromRoot('dist/server/cli.js');

export const temporaryFolder = (name: string) => mkdtemp(join(tmpdir(), `cordboard-${name}-`));

/** Nothing of the caller's own Cordboard reaches a server under test. */
export const cleanEnvironment = (extra: Record<string, string | undefined>): NodeJS.ProcessEnv => {
  const env = { ...process.env };
  for (const name of Object.keys(env))
    if (/^(CORDBOARD_|DATABASE_URL|PORT$|HOST$|NODE_OPTIONS|NODE_ENV|FORCE_COLOR)/.test(name))
      delete env[name];
  return { ...env, ...extra };
};

const ended = async (child: ChildProcess) => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

export class ServerRefused extends Error {
  readonly exitCode: number | null;
  constructor(exitCode: number | null, output: string) {
    super(`The server ended with ${exitCode} before it served:\n${output}`);
    this.exitCode = exitCode;
  }
}

const addressPattern = /http:\/\/[\w.[\]:]+?:\d+/;

export const startServer = async (options: StartOptions = {}): Promise<RunningServer> => {
  if (!existsSync(serverScript)) throw new Error('Build first: npm run build');
  const dataDirectory = options.dataDirectory ?? (await temporaryFolder('data'));
  const databaseUrl = options.databaseUrl ?? shared;
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', serverScript], {
    env: cleanEnvironment({
      PORT: String(options.port ?? 0),
      HOST: '127.0.0.1',
      CORDBOARD_DATA: dataDirectory,
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
      ...options.env,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const served = new Promise<void>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      printed += chunk.toString();
      if (addressPattern.test(printed)) resolve();
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.on('exit', (code) => reject(new ServerRefused(code, printed)));
    child.on('error', reject);
    setTimeout(
      () => reject(new Error(`The server did not serve in time:\n${printed}`)),
      options.timeoutMs ?? 60_000,
    ).unref();
  });
  try {
    await served;
    const url = addressPattern.exec(printed)?.[0] ?? '';
    const state = (await (await fetch(`${url}/v1/set-up`)).json()) as { needed: boolean };
    const startedInMs = Math.round(performance.now() - startedAt);
    // The link is printed after the address, perhaps in a later chunk.
    while (state.needed && setUpLinkIn(printed) === null) await once(child.stdout, 'data');
    return {
      url,
      port: Number(new URL(url).port),
      pid: child.pid ?? 0,
      setUpLink: setUpLinkIn(printed),
      dataDirectory,
      databaseUrl,
      startedInMs,
      output: () => printed,
      stop: async () => {
        child.kill('SIGTERM');
        await ended(child);
        if (options.dataDirectory === undefined) await rm(dataDirectory, { recursive: true, force: true });
      },
      kill: async () => {
        child.kill('SIGKILL');
        await ended(child);
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
};

const setUpLinkIn = (text: string) => /https?:\/\/\S*set-?up\S+/i.exec(text)?.[0] ?? null;

export interface CommandResult {
  exitCode: number | null;
  output: string;
}

/** `npm run cordboard -- …` without npm: the built command line on a server's folder. */
export const runCommand = async (
  args: string[],
  {
    dataDirectory,
    databaseUrl = shared,
    input,
    env,
  }: { dataDirectory: string; databaseUrl?: string; input?: string; env?: Record<string, string> },
): Promise<CommandResult> => {
  const child = spawn(process.execPath, ['--enable-source-maps', cliScript, ...args], {
    env: cleanEnvironment({
      CORDBOARD_DATA: dataDirectory,
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
      ...env,
    }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(input ?? '');
  await ended(child);
  return { exitCode: child.exitCode, output };
};
