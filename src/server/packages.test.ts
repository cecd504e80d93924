import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const textOf = (path: string) => readFileSync(fromRoot(path), 'utf8');

interface LockedPackage {
  integrity?: string;
  resolved?: string;
  inBundle?: boolean;
}
const lock = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, LockedPackage> };
const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> };

// In the build, what it makes stands in its place: see renderedGuides in build-steps.ts.
const onlyBuilding = ['platform/documentation/render-markdown.ts'];

/** The packages that a room's code names, tests aside. */
const importedBy = (room: string) => {
  const files = readdirSync(fromRoot(`src/${room}`), { recursive: true, encoding: 'utf8' });
  const sources = files.filter(
    (path) =>
      /\.tsx?$/.test(path) &&
      !/\.test\.tsx?$/.test(path) &&
      !path.startsWith('testing') &&
      !onlyBuilding.includes(path),
  );
  const names = sources.flatMap((path) =>
    [...textOf(`src/${room}/${path}`).matchAll(/(?:\bfrom |\bimport\(|^import )'([^'.#][^']*)'/gm)].map(
      ([, name = '']) => name,
    ),
  );
  return new Set(
    names
      .filter((name) => !name.startsWith('node:'))
      .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name),
  );
};
const running = new Set(['server', 'contract', 'routing'].flatMap((room) => [...importedBy(room)]));

test('the lockfile says of every package what its archive must hash to, and of none where to get it', () => {
  const entries = Object.entries(lock.packages).filter(
    ([path, { inBundle }]) => path !== '' && inBundle !== true,
  );
  expect(entries.length).toBeGreaterThan(300);
  expect(
    entries.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true).map(([path]) => path),
  ).toEqual([]);
  expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test('what the server imports is there where only running packages are installed', () => {
  expect(running.size).toBeGreaterThan(5);
  expect([...running].filter((name) => !(name in dependencies))).toEqual([]);
});

test('what is bundled into the console alone is not installed to run it', () => {
  const bundled = [...importedBy('client')].filter((name) => !running.has(name));
  expect(bundled).toContain('react');
  expect(bundled.filter((name) => name in dependencies)).toEqual([]);
});
