import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';

/*
 * A browser for tests and measurements, without root and without a download: the one named by
 * CORDBOARD_CHROMIUM, the system's, Playwright's own, or the binary inside the npm package
 * @sparticuz/chromium. CORDBOARD_CHROMIUM=packaged chooses the last where others exist.
 */

export interface FoundBrowser {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const packaged = fromRoot('node_modules/@sparticuz/chromium');

const unpackInto = (folder: string) => {
  const read = (name: string) => brotliDecompressSync(readFileSync(join(packaged, 'bin', name)));
  writeFileSync(join(folder, 'chromium'), read('chromium.br'));
  chmodSync(join(folder, 'chromium'), 0o755);
  for (const archive of ['al2023.tar.br', 'swiftshader.tar.br', 'fonts.tar.br'])
    execFileSync('tar', ['-x', '--no-same-owner', '-C', folder], { input: read(archive) });
};

// A machine without a browser is often one without fonts too.
const fontsConfig = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;

const unpackPackaged = (): FoundBrowser => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'No browser was found. Run `npx playwright install chromium`, or name one in CORDBOARD_CHROMIUM.',
    );
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string };
  const cache = fromRoot('node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    // Unpacked aside and moved whole: whoever is interrupted, or runs at the same time, leaves no half of
    // one.
    const aside = mkdtempSync(join(cache, 'unpacking-'));
    unpackInto(aside);
    writeFileSync(join(aside, 'fonts.conf'), fontsConfig(folder));
    try {
      renameSync(aside, folder);
    } catch (error) {
      rmSync(aside, { recursive: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return {
    executablePath: join(folder, 'chromium'),
    args,
    env: { LD_LIBRARY_PATH: `${join(folder, 'lib')}:${folder}`, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
};

export const findBrowser = (): FoundBrowser => {
  const named = process.env['CORDBOARD_CHROMIUM'];
  if (named === 'packaged') return unpackPackaged();
  if (named !== undefined && named !== '') return { executablePath: named, args, env: {} };
  const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', chromium.executablePath()].find(
    (path) => existsSync(path),
  );
  return installed === undefined ? unpackPackaged() : { executablePath: installed, args, env: {} };
};

/** As Playwright's launch options; a given `env` replaces the process's own, so that is passed along. */
export const launchOptions = () => {
  const { executablePath, args: launchArgs, env } = findBrowser();
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return { executablePath, args: launchArgs, env: { ...inherited, ...env } };
};
