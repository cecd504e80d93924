import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findBreaches, type SourceFile } from './house.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const files: SourceFile[] = ['src', 'e2e']
  .flatMap((room) => readdirSync(join(root, room), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));

test('the house keeps its rules', () => {
  expect(files.length).toBeGreaterThan(400);
  expect(findBreaches(files)).toEqual([]);
});

const importing = (path: string, specifier: string): SourceFile => ({
  path,
  text: `import { x } from '${specifier}';\n`,
});
const saying = (path: string, text: string): SourceFile => ({ path, text });

describe('a breach is found', () => {
  test.each<[string, SourceFile[]]>([
    ['goes up', [importing('src/client/lib/x.ts', '#client/components/page.tsx')]],
    ['goes up', [importing('src/client/components/x.tsx', '#client/features/numbers/queries.ts')]],
    ['goes up', [importing('src/client/features/agents/x.tsx', '#client/layout/app-shell.tsx')]],
    [
      'queries, acts and questions',
      [importing('src/client/layout/x.tsx', '#client/features/agents/agent-dialog.tsx')],
    ],
    [
      'import downwards',
      [importing('src/client/features/numbers/x.ts', '#client/features/number-list/columns.tsx')],
    ],
    [
      'import downwards',
      [importing('src/client/features/nobody/x.ts', '#client/features/numbers/queries.ts')],
    ],
    ['knows no feature', [importing('src/server/platform/http/x.ts', '#server/features/agents/service.ts')]],
    [
      'nothing of its store',
      [importing('src/server/features/agents/x.ts', '#server/features/operators/store.ts')],
    ],
    [
      'nothing of its store',
      [importing('src/server/features/agents/x.ts', '#server/features/credentials/bursts-store.ts')],
    ],
    ['plaintext', [importing('src/server/features/agents/x.ts', '#server/platform/secrets/cipher.ts')]],
    ['SQL', [saying('src/server/features/agents/service.ts', "tx.query('select id from agent')")]],
    ['SQL', [saying('src/server/cli/x.ts', 'tx.query(`delete from agent`)')]],
    ['environment', [saying('src/server/app.ts', "process.env['PORT']")]],
    ['the one fetch', [saying('src/client/features/agents/x.ts', "await fetch('/v1')")]],
    ['asked by platform/egress', [importing('src/server/features/agents/x.ts', 'node:https')]],
    ['asked by platform/egress', [saying('src/server/cli/x.ts', "import { request } from 'node:http';")]],
    ['no barrels', [saying('src/client/lib/x.ts', "export * from './y.ts';")]],
    ['across folders', [importing('src/client/lib/x.ts', '../api/call.ts')]],
    ['inside a folder', [importing('src/client/lib/x.ts', '#client/lib/y.ts')]],
    [
      'leads back',
      [
        importing('src/server/features/agents/x.ts', '#server/features/operators/y.ts'),
        importing('src/server/features/operators/y.ts', '#server/features/agents/x.ts'),
      ],
    ],
    ['20 are the most', Array.from({ length: 21 }, (_, at) => saying(`src/client/lib/x${at}.ts`, ''))],
  ])('%s', (rule, planted) => {
    expect(findBreaches(planted)).toEqual(expect.arrayContaining([expect.stringContaining(rule)]));
  });

  test('and nothing is found where nothing is wrong', () => {
    expect(
      findBreaches([
        importing('src/client/features/number-list/x.tsx', '#client/features/numbers/queries.ts'),
      ]),
    ).toEqual([]);
  });
});
