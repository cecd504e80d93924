import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { DatabaseKind } from './place.ts';
import type { Line } from './proof.ts';

/** One proof on one database, line by line as it was printed. */
export interface ProofRun {
  proof: string;
  database: DatabaseKind;
  seconds: number;
  lines: Line[];
}

/** What was seen last of each, and on which commit. */
interface Figure extends ProofRun {
  commit: string;
  taken_at: string;
  node: string;
  cores: number;
}

/** A proof by name, and what it shows in a few words. */
interface Named {
  name: string;
  shows: string;
}

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const git = (...args: string[]) => execFileSync('git', args, { cwd: fromRoot('.'), encoding: 'utf8' }).trim();

/** The commit that was proved; said to be changed where the tree was not as it is in the commit. */
const commitOf = (): string => {
  try {
    const isChanged =
      git(
        'status',
        '--porcelain',
        '--',
        '.',
        ':!e2e/prove/figures.json',
        ':!e2e/prove/README.md',
        ':!README.md',
      ) !== '';
    return `${git('rev-parse', '--short=10', 'HEAD')}${isChanged ? ', changed' : ''}`;
  } catch {
    return 'unknown';
  }
};

const kinds: Record<DatabaseKind, string> = { embedded: 'embedded', postgresql: 'PostgreSQL' };

const held = (lines: readonly Line[], wanted: Line['kind'], word = ' of '): string => {
  const of = lines.filter(({ kind }) => kind === wanted);
  return `${of.filter(({ ok }) => ok).length}${word}${of.length}`;
};

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

const rowOf = ({ proof, database, lines, commit }: Figure): string[] => {
  const said = lines.find(({ kind, seen }) => kind === 'check' && seen !== '')?.seen ?? lines[0]?.text ?? '';
  return [
    `\`${proof}\``,
    kinds[database],
    held(lines, 'check'),
    held(lines, 'control'),
    said.replaceAll('|', '\\|'),
    commit,
  ];
};

/** For who looks for a figure: a row for each proof and database. */
const everyFigure = (figures: readonly Figure[]): string[] => [
  'Every line is in [figures.json](figures.json).',
  '',
  ...tableOf(
    ['proof', 'database', 'checks held', 'planted faults caught', 'seen first', 'commit'],
    figures.map(rowOf),
  ),
];

/** For who reads what Cordboard is: a row for each proof, its databases together. */
const inBrief = (figures: readonly Figure[], proofs: readonly Named[]): string[] => {
  const commits = [...new Set(figures.map(({ commit }) => commit))];
  const rows = proofs.map(({ name, shows }) => {
    const lines = figures.filter(({ proof }) => proof === name).flatMap((figure) => figure.lines);
    return [`\`${name}\``, shows, held(lines, 'check', '/'), held(lines, 'control', '/')];
  });
  return [
    ...tableOf(['proof', 'shows', 'held', 'caught'], rows),
    '',
    `Both databases where both apply, seen on ${commits.join(' and ')}.`,
  ];
};

const path = fromRoot('e2e/prove/figures.json');
const readmes = { brief: fromRoot('README.md'), whole: fromRoot('e2e/prove/README.md') };
const readFigures = (): Figure[] =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { proofs: Figure[] }).proofs : [];

const block = /(<!-- figures of the proofs -->\n)[\s\S]*?(<!-- end of the figures -->)/;

const writeBlock = (readme: string, text: readonly string[]): void =>
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(
      block,
      (_, start: string, end: string) => `${start}\n${text.join('\n')}\n\n${end}`,
    ),
  );

/**
 * Writes what a run has shown, with the commit, in place of what was seen of these proofs before; and tables
 * into both READMEs.
 */
export const writeFigures = (proved: readonly ProofRun[], proofs: readonly Named[]): void => {
  const order = proofs.map(({ name }) => name);
  const taken = {
    commit: commitOf(),
    taken_at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
  };
  const isNew = (figure: ProofRun) =>
    proved.some(({ proof, database }) => proof === figure.proof && database === figure.database);
  const kept = readFigures().filter((figure) => order.includes(figure.proof) && !isNew(figure));
  const figures = [...kept, ...proved.map((each) => ({ ...each, ...taken }))].toSorted(
    (one, other) =>
      order.indexOf(one.proof) - order.indexOf(other.proof) || (one.database < other.database ? -1 : 1),
  );
  writeFileSync(path, `${JSON.stringify({ proofs: figures }, null, 2)}\n`);
  writeBlock(readmes.whole, everyFigure(figures));
  writeBlock(readmes.brief, inBrief(figures, proofs));
  // As the rest of the repository is written.
  execFileSync(
    process.execPath,
    [fromRoot('node_modules/oxfmt/bin/oxfmt'), path, ...Object.values(readmes)],
    { cwd: fromRoot('.') },
  );
};
