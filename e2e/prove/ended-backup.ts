import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnvironment, cliScript, runCommand, startServer, temporaryFolder } from '../server.ts';
import type { Proof } from './proof.ts';

const isWhole = (file: string): boolean => {
  try {
    execFileSync('gzip', ['-t', file], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Starts a backup and sends the signal while it writes; what it ended with, and what it left. */
const endWhileWriting = async (dataDirectory: string, target: string, signal: NodeJS.Signals) => {
  const env = cleanEnvironment({ CORDBOARD_DATA: dataDirectory });
  const command = spawn(process.execPath, [cliScript, 'backup', join(target, 'cordboard.tar.gz')], {
    env,
    stdio: 'ignore',
  });
  const exited = once(command, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  while (command.exitCode === null && (await readdir(target)).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 2));
  command.kill(signal);
  const [code, by] = await exited;
  return { endedBy: by ?? code, left: await readdir(target), copies: await copiesIn(dataDirectory) };
};

const copiesIn = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.startsWith('backup-'));

/**
 * A backup is ended while it writes: nothing half-written has the name of a backup, and nothing stays for
 * ever.
 */
export const endedBackup: Proof = async (report) => {
  const server = await startServer();
  const { dataDirectory } = server;
  const target = await temporaryFolder('target');
  try {
    // Enough to be packed for a second or two.
    await runCommand(['seed', '--numbers', '20000'], { dataDirectory });
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const { endedBy, left, copies } = await endWhileWriting(dataDirectory, target, signal);
      report.check(
        `${signal} while writing: it ends with ${code} and leaves nothing`,
        endedBy === code && left.length + copies.length === 0,
        [endedBy, ...left, ...copies].join(', '),
      );
    }
    const killed = await endWhileWriting(dataDirectory, target, 'SIGKILL');
    report.check(
      'kill -9 while writing: nothing has the name of a backup',
      killed.endedBy === 'SIGKILL' && !killed.left.includes('cordboard.tar.gz'),
      killed.left.join(', '),
    );
    report.control('what a killed backup leaves', killed.left.length === 1 && killed.copies.length === 1);
    report.control('a backup that is not whole', !isWhole(join(target, killed.left[0] ?? '')));
    const next = await runCommand(['backup', join(target, 'next.tar.gz')], { dataDirectory });
    const [left, copies] = [await readdir(target), await copiesIn(dataDirectory)];
    report.check(
      'the next backup removes it, and is whole',
      next.exitCode === 0 &&
        left.join() === 'next.tar.gz' &&
        copies.length === 0 &&
        isWhole(join(target, 'next.tar.gz')),
      [...left, ...copies].join(', '),
    );
    const again = await runCommand(['backup', join(target, 'next.tar.gz')], { dataDirectory });
    report.check(
      'and is not overwritten',
      again.exitCode === 1 && again.output.includes('is there already'),
      again.output.trim().slice(0, 80),
    );
    const nowhere = join(target, 'in', 'no', 'folder.tar.gz');
    const lost = await runCommand(['backup', nowhere], { dataDirectory });
    report.check(
      'a folder that is not there leaves nothing in the data folder',
      lost.exitCode === 1 && (await copiesIn(dataDirectory)).length === 0,
      '',
    );
  } finally {
    await server.stop();
    await rm(target, { recursive: true, force: true });
  }
};
