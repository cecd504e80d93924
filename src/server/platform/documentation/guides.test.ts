import { readdirSync } from 'node:fs';
import { describe, expect, test as plainTest } from 'vitest';
import { listVariables } from '#server/config.ts';
import { test } from '#server/testing/test-app.ts';
import { findMissing, textOf } from '#server/testing/written-names.ts';
import { guides } from './guides.ts';
import { pages } from './layout.ts';
import { renderMarkdown } from './render-markdown.ts';

const folder = 'src/server/platform/documentation/guides';
const files = readdirSync(new URL('./guides', import.meta.url)).map((name) => `${folder}/${name}`);
const texts = [
  'README.md',
  'e2e/prove/README.md',
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
  ...files,
];

describe('what is written', () => {
  plainTest('the README can be read in one sitting', () => {
    expect(textOf('README.md').split(/\s+/).length).toBeLessThanOrEqual(1200);
  });

  plainTest.each(texts)('%s names no path, command, endpoint, code or link that does not exist', (path) => {
    expect(findMissing(path)).toEqual([]);
  });

  plainTest.each([
    ['[gone](src/gone.md)', 'src/gone.md'],
    [
      '[no such part](src/server/platform/documentation/guides/security.md#gone)',
      'src/server/platform/documentation/guides/security.md#gone',
    ],
    ['![gone](e2e/look/gone.png)', 'e2e/look/gone.png'],
    ['`e2e/gone/`', 'e2e/gone/'],
    ['`agent-select.tsx`', 'agent-select.tsx'],
    ['`updateFoneNumber`', 'updateFoneNumber'],
    ['`gone_problem`', 'gone_problem'],
    ['`numbers:gone`', 'numbers:gone'],
    ['`CORDBOARD_GONE`', 'CORDBOARD_GONE'],
    ['`GET /v1/gone`', 'GET /v1/gone'],
    ['`npm run gone`', 'npm run gone'],
    ['`npm run prove gone`', 'npm run prove gone'],
    ['```sh\nnpx cordboard key gone\n```', 'npx cordboard key gone'],
    ['```sh\nnpm run cordboard -- migrate --gone x\n```', 'npm run cordboard -- migrate --gone x'],
  ])('of %j it would be said', (markdown, missing) => {
    expect(findMissing('README.md', markdown)).toContain(missing);
  });

  plainTest('the operations guide has every variable of the server, with its default', () => {
    const variables = listVariables();
    const rows = textOf(`${folder}/operations.md`)
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const documented = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    expect(documented.toSorted()).toEqual(Object.keys(variables).toSorted());
    for (const [name, value] of Object.entries(variables)) {
      const row = rows.find((each) => each.includes(`\`${name}\``)) ?? '';
      expect(row, name).toContain(value === undefined ? '| none ' : `\`${value}\``);
    }
  });
});

describe('Markdown', () => {
  plainTest('markup and addresses that run something stay text', () => {
    const { html } = renderMarkdown(
      '# A\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) <b onclick="x">b</b> `<i>` ![<i>](x)\n\n```\n</code><i>\n```\n',
    );
    expect(html).not.toMatch(/<script|<b|<i|<img|javascript:/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  plainTest('two headings of one name are refused: a link could not tell them apart', () => {
    expect(() => renderMarkdown('# A\n\n## Same\n\n## Same\n')).toThrow('Two headings have one name');
  });
});

const linksIn = (page: string) => [...page.matchAll(/ href="([^"]+)"/g)].map(([, href = '']) => href);

describe('the pages', () => {
  test.for(pages)(
    '$path is served without a sign-in, as strictly as the reference',
    async ({ path, title }, { cordboard }) => {
      const { status, headers, body } = await cordboard.request<string>('GET', path);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(body).not.toMatch(/<script|<style| style=| on\w+=/);
      expect(body.match(/<h1/g)).toHaveLength(1);
      expect(body).toContain(`<a href="${path}" aria-current="page">${title}</a>`);
      for (const page of pages) expect(linksIn(body)).toContain(page.path);
    },
  );

  test('every link between them leads to a page and to a part of it', async ({ cordboard }) => {
    const links = new Map<string, string[]>();
    const ids = new Map<string, Set<string | undefined>>();
    for (const { path } of pages) {
      const { body } = await cordboard.request<string>('GET', path);
      links.set(path, linksIn(body));
      ids.set(path, new Set([undefined, ...[...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)]));
    }
    let followed = 0;
    for (const [from, hrefs] of links)
      for (const href of hrefs.filter(
        (each) => each.startsWith('#') || /^\/docs(?:\/[\w-]+)?(?:#|$)/.test(each),
      )) {
        const [path = '', id] = href.split('#');
        expect(ids.get(path === '' ? from : path)?.has(id), `${from} links to ${href}`).toBe(true);
        followed += 1;
      }
    expect(followed).toBeGreaterThan(100);
  });

  plainTest('every guide is served', () => {
    expect(guides.map(({ slug }) => `${folder}/${slug}.md`).toSorted()).toEqual(files.toSorted());
  });
});
