// Runs before start, test and their like, so that each works alone on a fresh clone. It needs nothing but Node.
//   node src/prepare.mjs install   packages as the lockfile says
//   node src/prepare.mjs build     that, and a build of the sources as they are
//   node src/prepare.mjs run       the build alone and the packages it runs with, where it is already there
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const npmRecord = 'node_modules/.package-lock.json';
const installStamp = 'node_modules/.cache/cordboard/installed';
const buildStamp = 'dist/built-from';
// What goes into a build, tests aside.
const sources = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** @param {string} path @returns {string[]} */
const filesBelow = (path) => {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
  );
};

/** @param {string[]} paths */
const hashOf = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths.toSorted()) hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  return hash.digest('hex');
};

/** @param {string} path */
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** @param {string} path @param {string} text */
const write = (path, text) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
};

/** Runs a program and shows what it said only if it failed. @param {string} command @param {string[]} args */
const run = (command, args) => {
  const windows = process.platform === 'win32';
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: windows,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`);
  console.error(`${command} ${args.join(' ')} failed.`);
  process.exit(1);
};

// Without the second, npm brings what better-auth can be used with (vitest, react) because the lockfile has it.
const flags = { all: ['--include=dev'], running: ['--omit=dev', '--legacy-peer-deps'] };

/** The packages that npm put there, by npm's own record, against those that the lockfile asks for. @param {keyof typeof flags} scope */
const isInstalled = (scope) => {
  if (!existsSync(npmRecord)) return false;
  const hash = hashOf(['package-lock.json', npmRecord]);
  const stamp = read(installStamp);
  if (stamp === `all ${hash}` || stamp === `${scope} ${hash}`) return true;
  /** @type {{ packages: Record<string, { version?: string, optional?: boolean, dev?: boolean, devOptional?: boolean }> }} */
  const wanted = JSON.parse(read('package-lock.json'));
  /** @type {typeof wanted} */
  const there = JSON.parse(read(npmRecord));
  const matches = Object.entries(wanted.packages).every(([path, { version, optional, dev, devOptional }]) => {
    const found = there.packages[path];
    if (path === '' || found) return path === '' || found?.version === version;
    return optional === true || (scope === 'running' && (dev === true || devOptional === true));
  });
  if (matches) write(installStamp, `${scope} ${hash}`);
  return matches;
};

/** @param {keyof typeof flags} scope */
const install = (scope) => {
  if (isInstalled(scope)) return;
  console.log('Installing the packages of package-lock.json …');
  run('npm', ['ci', ...flags[scope], '--no-audit', '--no-fund']);
  write(installStamp, `${scope} ${hashOf(['package-lock.json', npmRecord])}`);
};

const hashOfSources = () => {
  const files = sources.flatMap((path) =>
    /\.\w+$/.test(path) ? (existsSync(path) ? [path] : []) : filesBelow(path),
  );
  return hashOf(files.filter((path) => !/\.test\.tsx?$/.test(path)));
};

const build = () => {
  const hash = hashOfSources();
  if (read(buildStamp) === hash) return;
  console.log('Building …');
  rmSync('dist', { recursive: true, force: true });
  const vite = 'node_modules/vite/bin/vite.js';
  run(process.execPath, [vite, 'build']);
  run(process.execPath, [vite, 'build', '--ssr']);
  write(buildStamp, hash);
};

const [what] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Cordboard needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}
if (what !== 'install' && what !== 'build' && what !== 'run') {
  console.error('Usage: node src/prepare.mjs install | build | run');
  process.exit(2);
}
if (what === 'run' && read(buildStamp) === hashOfSources()) install('running');
else {
  install('all');
  if (what !== 'install') build();
}
