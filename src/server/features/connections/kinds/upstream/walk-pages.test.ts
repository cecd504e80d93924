import { expect, test } from 'vitest';
import { UpstreamError } from './upstream-error.ts';
import type { Unusable } from './connection-kind.ts';
import { walkPages } from './walk-pages.ts';

interface Item {
  id: string;
}
const itemsOf = (...ids: string[]): Item[] => ids.map((id) => ({ id }));

const walk = async (
  pages: (at: number) => { items: Item[]; nextToken: string | null; unusable?: readonly Unusable[] },
  options: { withinMs?: number } = {},
) => {
  const seen: string[] = [];
  let reads = 0;
  const read = async () => ({ ...pages(reads), unusable: [...(pages(reads++).unusable ?? [])] });
  let code: string | null = null;
  try {
    for await (const { items } of walkPages(read, options)) seen.push(...items.map(({ id }) => id));
  } catch (error) {
    code = error instanceof UpstreamError ? error.code : String(error);
  }
  return { seen, reads, code };
};

test('pages follow one another to the end, and what comes twice is told once', async () => {
  const pages = [itemsOf('a', 'b'), itemsOf('b', 'c'), []];
  expect(await walk((at) => ({ items: pages[at] ?? [], nextToken: at < 2 ? `t${at}` : null }))).toEqual({
    seen: ['a', 'b', 'c'],
    reads: 3,
    code: null,
  });
});

test('a page without anything new in between is no end', async () => {
  const pages = [itemsOf('a'), [], itemsOf('b')];
  expect(await walk((at) => ({ items: pages[at] ?? [], nextToken: at < 2 ? `t${at}` : null }))).toEqual({
    seen: ['a', 'b'],
    reads: 3,
    code: null,
  });
});

test.for([
  ['a token that comes twice', (at: number) => ({ items: itemsOf(`i${at}`), nextToken: 't' }), 2],
  ['empty pages for ever', (at: number) => ({ items: [], nextToken: `t${at}` }), 3],
  ['the same page for ever', (at: number) => ({ items: itemsOf('a'), nextToken: `t${at}` }), 4],
  ['new items for ever', (at: number) => ({ items: itemsOf(`i${at}`), nextToken: `t${at}` }), 2000],
  [
    'pages of very many',
    (at: number) => ({
      items: itemsOf(...Array.from({ length: 50_000 }, (_, each) => `i${at}-${each}`)),
      nextToken: `t${at}`,
    }),
    5,
  ],
  [
    'pages of one new item and very many that cannot be read',
    (at: number) => ({
      items: itemsOf(`i${at}`),
      unusable: Array.from({ length: 50_000 }, () => ({ id: null, why: 'It is no record.' })),
      nextToken: `t${at}`,
    }),
    4,
  ],
] as const)('%s are endless', async ([, pages, reads]) => {
  expect(await walk(pages)).toMatchObject({ code: 'endless_pages', reads });
});

test('answers that take too long in all are given up, however new they are', async () => {
  const pages = (at: number) => ({ items: itemsOf(`i${at}`), nextToken: at < 9 ? `t${at}` : null });
  expect(await walk(pages, { withinMs: 0 })).toMatchObject({ code: 'endless_pages', reads: 1 });
});
