import { UpstreamError } from './upstream-error.ts';
import type { Page } from './connection-kind.ts';

const MAX_PAGES = 2000;
// Their ids are kept while they are read. At a hundred on a page, the same.
const MAX_ITEMS = 200_000;
const WITHIN_MS = 10 * 60_000;
// One may come in between; a platform that has nothing new to say but never ends is not waited for.
const MAX_IN_VAIN = 3;

interface AnsweredPage<T> extends Page<T> {
  /** Null at the end. */
  nextToken: string | null;
}

const endless = () =>
  new UpstreamError(
    'endless_pages',
    'The platform’s list does not end: it answers the same again and again.',
  );

const tooSlow = (ms: number) =>
  new UpstreamError(
    'endless_pages',
    `The platform’s list was not answered to its end within ${(ms / 1000).toLocaleString('en')} s.`,
  );

/**
 * Reads a list page by page. Items that came before, which moving lists repeat, are left out. A list that
 * would never end (a token that comes twice, nothing new three times, 2,000 pages, 200,000 items, ten minutes
 * of waiting for answers) fails as `endless_pages`.
 */
export async function* walkPages<T extends { id: string }>(
  read: (token: string | null) => Promise<AnsweredPage<T>>,
  { withinMs = WITHIN_MS }: { withinMs?: number } = {},
): AsyncGenerator<Page<T>, void, undefined> {
  const [tokens, ids] = [new Set<string>(), new Set<string>()];
  let token: string | null = null;
  let [inVain, waitedMs, unusableItems] = [0, 0, 0];
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const askedAt = performance.now();
    const { items, unusable, nextToken }: AnsweredPage<T> = await read(token);
    waitedMs += performance.now() - askedAt;
    unusableItems += unusable.length;
    const fresh = items.filter(({ id }) => !ids.has(id) && ids.add(id));
    if (fresh.length > 0 || unusable.length > 0) yield { items: fresh, unusable };
    if (nextToken === null) return;
    inVain = fresh.length > 0 ? 0 : inVain + 1;
    const isTooMuch = ids.size + unusableItems > MAX_ITEMS;
    if (tokens.has(nextToken) || inVain === MAX_IN_VAIN || isTooMuch) throw endless();
    if (waitedMs >= withinMs) throw tooSlow(withinMs);
    tokens.add(nextToken);
    token = nextToken;
  }
  throw endless();
}
