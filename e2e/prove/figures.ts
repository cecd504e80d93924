import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { DatabaseKind } from './place.ts';
import type { Line } from './proof.ts';

/** One proof on one database, line by line as it was printed. */
export interface Proved {
  proof: string;
  database: DatabaseKind;
  seconds: number;
  lines: Line[];
}

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const git = (...args: string[]) => execFileSync('git', args, { cwd: fromRoot('.'), encoding: 'utf8' }).trim();

/** The commit that was proved; said to be changed where the tree was not as it is in the commit. */
const commitOf = (): string => {
  try {
    const isChanged = git('status', '--porcelain', '--', '.', ':!e2e/prove/figures.json', ':!README.md') !== '';
    return `${git('rev-parse', '--short=10', 'HEAD')}${isChanged ? ', changed' : ''}`;
  } catch {
    return 'unknown';
  }
};

const kinds: Record<DatabaseKind, string> = { embedded: 'embedded', postgresql: 'PostgreSQL' };

const summary = (proved: readonly Proved[], commit: string): string => {
  const rows = proved.map(({ proof, database, lines }) => {
    const checks = lines.filter(({ kind }) => kind === 'check');
    const controls = lines.filter(({ kind }) => kind === 'control');
    const said = lines.find(({ kind, seen }) => kind === 'check' && seen !== '')?.seen ?? lines[0]?.text ?? '';
    const held = (of: readonly Line[]) => `${of.filter(({ ok }) => ok).length} of ${of.length}`;
    return `| \`${proof}\` | ${kinds[database]} | ${held(checks)} | ${held(controls)} | ${said.replaceAll('|', '\\|')} |`;
  });
  return [
    `Taken on commit ${commit}; every line is in [figures.json](e2e/prove/figures.json).`,
    '',
    '| proof | database | checks held | planted faults caught | seen first |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
};

const block = /(<!-- figures of the proofs -->\n)[\s\S]*?(\n<!-- end of the figures -->)/;

/** Writes what a whole run has shown, with the commit, beside this file and into the README. */
export const writeFigures = (proved: readonly Proved[]): void => {
  const commit = commitOf();
  const machine = { node: process.version, cores: cpus().length };
  writeFileSync(
    fromRoot('e2e/prove/figures.json'),
    `${JSON.stringify({ commit, taken_at: new Date().toISOString(), machine, proofs: proved }, null, 2)}\n`,
  );
  const readme = readFileSync(fromRoot('README.md'), 'utf8');
  writeFileSync(
    fromRoot('README.md'),
    readme.replace(block, (_, start: string, end: string) => `${start}\n${summary(proved, commit)}\n${end}`),
  );
};
