import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Hono } from 'hono';
import { renderGuidePage } from './guide-page.ts';
import { guides } from './guides.ts';
import { renderPage } from './page.ts';
import { style } from './style.ts';
import { createOpenApiDocument } from './openapi.ts';

const packers = { br: promisify(brotliCompress), gzip: promisify(gzip) };
type Encoding = keyof typeof packers;

// The page has no script, no form and nothing from elsewhere, and no other site may frame it.
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A text that stays the same while the server runs: sent whole once, then answered 304. Packed when first
 * asked for.
 */
const fixedText = (text: string, type: string, extra: Record<string, string> = {}) => {
  // Weak: the packed and the plain form share it.
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const packed = new Map<Encoding, Promise<Buffer>>();
  const headers = {
    etag,
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    ...extra,
  };

  return async (request: Request): Promise<Response> => {
    const known = request.headers
      .get('if-none-match')
      ?.split(',')
      .map((tag) => tag.trim());
    if (known?.some((tag) => tag === etag || tag === '*'))
      return new Response(null, { status: 304, headers });
    const accepted = request.headers.get('accept-encoding') ?? '';
    const encoding = (['br', 'gzip'] as const).find((name) =>
      new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0+)?\\s*(?:,|$))`).test(accepted),
    );
    if (encoding === undefined) return new Response(text, { headers: { ...headers, 'content-type': type } });
    const body = packed.get(encoding) ?? packers[encoding](text);
    packed.set(encoding, body);
    return new Response(await body, {
      headers: { ...headers, 'content-type': type, 'content-encoding': encoding },
    });
  };
};

// In the source the fonts lie in their packages; the bundle has its own beside itself and needs none of
// these.
const fontFolder = (name: string) =>
  new URL(
    import.meta.url.endsWith('.ts')
      ? `../../../node_modules/@fontsource-variable/${name}/files/`
      : './fonts/',
    import.meta.url,
  );

/** The console's own fonts. Without them the page is set in the system's. */
const font = async (name: string): Promise<Response> => {
  try {
    const bytes = await readFile(new URL(`${name}-latin-wght-normal.woff2`, fontFolder(name)));
    return new Response(bytes, {
      headers: { 'content-type': 'font/woff2', 'cache-control': 'public, max-age=604800' },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
};

const fixedPage = (text: string) =>
  fixedText(text, 'text/html; charset=utf-8', {
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
  });

// Made once, as this module is loaded: the embedded database starts in its own process meanwhile.
const document = createOpenApiDocument();
const json = fixedText(JSON.stringify(document), 'application/json');
const page = fixedPage(renderPage(document));
const sheet = fixedText(style, 'text/css; charset=utf-8');
const guidePages = guides.map((guide) => ({ slug: guide.slug, answer: fixedPage(renderGuidePage(guide)) }));

/** `/openapi.json` for programs, `/docs` for people: both from the contract; and the guides below it. */
export const mountDocumentation = (app: Hono): void => {
  app.get('/openapi.json', (c) => json(c.req.raw));
  app.get('/docs', (c) => page(c.req.raw));
  for (const { slug, answer } of guidePages) app.get(`/docs/${slug}`, (c) => answer(c.req.raw));
  app.get('/docs/style.css', (c) => sheet(c.req.raw));
  app.get('/docs/geist.woff2', () => font('geist'));
  app.get('/docs/geist-mono.woff2', () => font('geist-mono'));
};
