import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callerWith, signIn } from '../http.ts';
import { cleanEnvironment, temporaryFolder } from '../server.ts';
import { count, seconds, type Proof } from './proof.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// What a fresh clone has of which a build is made, and the build.
const repository = [
  'package.json',
  'package-lock.json',
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'public',
  'src',
  'dist',
];
const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT/;

const inFolder = (folder: string) => {
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  const env = cleanEnvironment({ TMPDIR: join(folder, 'tmp'), PORT: '0', CORDBOARD_DATA: undefined });

  const run = (program: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      timeout: 300_000,
    });
    return { ok: status === 0, output: `${stdout}${stderr}` };
  };
  /** Starts what serves, hands its address and what it printed to `act`, and ends it as Ctrl+C does. */
  const whileServing = async <T>(
    program: string,
    args: string[],
    act: (url: string, printed: string) => Promise<T>,
  ): Promise<T> => {
    const child = spawn(program, args, {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    try {
      const url = await new Promise<string>((resolve, reject) => {
        const onData = (chunk: Buffer) => {
          printed += chunk.toString();
          // The last line of what either prints.
          const address = /ready at (http:\/\/\S+)[^]*(?:Ctrl\+C|first admin at \S+\n)/.exec(printed)?.[1];
          if (address !== undefined) resolve(address);
        };
        child.stdout.on('data', onData);
        child.stderr.on('data', onData);
        child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}: ${printed}`)));
        setTimeout(() => reject(new Error(`${args.join(' ')} served nothing: ${printed}`)), 300_000).unref();
      });
      return await act(url, printed);
    } finally {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      await exited;
    }
  };
  return { run, whileServing };
};

const packagesIn = (folder: string) =>
  readdirSync(join(folder, 'node_modules'), { encoding: 'utf8' }).flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(join(folder, 'node_modules', name)).map((part) => `${name}/${part}`)
      : [name],
  );

const statusOf = async (url: string) => (await fetch(url)).status;

/**
 * `npm pack` makes a package that runs where there is nothing but Node and npm, and a build needs nothing
 * else to be started.
 */
export const packageRuns: Proof = async (report) => {
  const folder = await temporaryFolder('package');
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const forBuilding = (there: string) => packagesIn(there).filter((name) => name in devDependencies);
  try {
    const packing = spawnSync('npm', ['pack', '--pack-destination', folder], { cwd: root, encoding: 'utf8' });
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    report.check(
      'npm pack makes one archive',
      packing.status === 0 && archive !== undefined,
      archive ?? packing.stderr,
    );
    if (archive === undefined) return;
    const files = spawnSync('tar', ['-tzf', join(folder, archive)], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    const foreign = files.filter(
      (path) =>
        !/^package\/(?:dist\/(?:client|server)\/.+|package\.json|README\.md|LICENSE)$/.test(path) ||
        path.endsWith('.map'),
    );
    report.check(
      'it holds the build and nothing else',
      foreign.length === 0,
      `${count(files.length)} files ${foreign.slice(0, 3).join(' ')}`,
    );

    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const { run, whileServing } = inFolder(empty);
    const installing = run('npm', 'install', join('..', archive), '--no-audit', '--no-fund');
    if (!installing.ok && unreachable.test(installing.output))
      return report.skip('the registry of packages cannot be reached');
    report.check(
      'it installs into an empty folder',
      installing.ok,
      installing.ok ? `${count(packagesIn(empty).length)} packages` : installing.output,
    );
    // Nor may npx look for the name elsewhere.
    if (!installing.ok) return;
    report.check(
      'nothing that only builds comes with it',
      forBuilding(empty).length === 0,
      forBuilding(empty).join(' ') || 'none',
    );

    const help = run('npx', 'cordboard', 'help').output;
    const commands = [...help.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name = '']) => name);
    const silent = commands.filter(
      (name) => !run('npx', 'cordboard', name, '--help').output.includes(`npx cordboard ${name}`),
    );
    report.check(
      'npx cordboard help lists commands, and each explains itself',
      commands.includes('start') && silent.length === 0,
      commands.join(' '),
    );

    await whileServing('npx', ['cordboard', 'demo'], async (url, printed) => {
      const ready = await statusOf(`${url}/readyz`);
      const [, email = '', password = ''] = /admin\s+(\S+@\S+)\s+(\S+)/.exec(printed) ?? [];
      const admin = await signIn(url, { email, password });
      const { total_count } = await admin.get<{ total_count: number }>('/v1/phone-numbers?include=total');
      report.check(
        'demo is ready, and the sign-in it prints sees its numbers',
        ready === 200 && total_count > 200,
        `${count(total_count)} numbers`,
      );
      const page = await callerWith(url).request('GET', '/numbers');
      const script = /src="([^"]+\.js)"/.exec(page.text)?.[1] ?? 'no script';
      const parts = [script, '/docs', '/docs/geist.woff2', '/openapi.json'];
      const missing = [];
      for (const part of parts) if ((await statusOf(url + part)) !== 200) missing.push(part);
      report.check(
        'the console, its script, the reference and its fonts are served',
        missing.length === 0,
        missing.join(' ') || parts.join(' '),
      );
      // Without its page the path would be answered with the console's.
      const guide = await callerWith(url).request('GET', '/docs/operations');
      report.check(
        'the guides came with the build, rendered',
        guide.text.includes('<h1>Operating Cordboard</h1>'),
        `${count(guide.text.length)} characters`,
      );
    });
    const left = readdirSync(join(empty, 'tmp')).filter((name) => name.startsWith('cordboard-demo'));
    report.check('ended, demo leaves nothing', left.length === 0, left.join(' ') || 'nothing');

    await whileServing('npx', ['cordboard', 'start'], async (url) => {
      const ready = await statusOf(`${url}/readyz`);
      report.check(
        'start keeps its data in ./data of the folder',
        ready === 200 && existsSync(join(empty, 'data/master.key')),
        `${ready}`,
      );
      const key = run('npx', 'cordboard', 'api-key', 'add', '--name', 'package', '--scope', 'numbers:read');
      report.check(
        'api-key add works beside it',
        key.ok && /cbk_/.test(key.output),
        key.ok ? 'a key' : key.output,
      );
      const backup = run('npx', 'cordboard', 'backup', 'cordboard.tar.gz');
      report.check(
        'backup works beside it',
        backup.ok && existsSync(join(empty, 'cordboard.tar.gz')),
        backup.output.split('\n')[0] ?? '',
      );
    });

    renameSync(join(empty, 'node_modules/hono'), join(empty, 'hono'));
    const lame = await whileServing('npx', ['cordboard', 'start'], async () => 'it serves').catch(
      () => 'it does not start',
    );
    report.control('a package that the server imports is not installed', lame === 'it does not start');

    const clone = join(folder, 'clone');
    mkdirSync(clone);
    for (const path of repository) cpSync(join(root, path), join(clone, path), { recursive: true });
    const startedAt = performance.now();
    const ready = await inFolder(clone).whileServing('npm', ['start'], (url) => statusOf(`${url}/readyz`));
    const took = seconds(performance.now() - startedAt);
    report.check(
      'npm start with a build at hand serves',
      ready === 200,
      `${took} with ${count(packagesIn(clone).length)} packages installed`,
    );
    report.check(
      'nothing that only builds was installed for it',
      forBuilding(clone).length === 0,
      forBuilding(clone).join(' ') || 'none',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
