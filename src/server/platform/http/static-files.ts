import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { accepts } from './encodings.ts';
import { pageHeaders } from './page-headers.ts';

interface StaticFile {
  type: string;
  etag: string;
  immutable: boolean;
  plain: Buffer<ArrayBuffer>;
  br?: Buffer<ArrayBuffer>;
  gzip?: Buffer<ArrayBuffer>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

// What the browser never shows as a page needs nothing said about pages: it would be as much as a kilobyte a
// file.
const isDocument = (type: string) => /^(?:text\/(?:html|plain)|image\/svg)/.test(type);
const ofDocuments = ['content-security-policy', 'permissions-policy', 'cross-origin-opener-policy'];
const withoutDocuments = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofDocuments.includes(name)));

const read = async (path: string): Promise<Buffer<ArrayBuffer>> => Buffer.from(await readFile(path));

const readIfThere = async (path: string) => read(path).catch(() => undefined);

export type StaticFiles = ReadonlyMap<string, StaticFile>;

/**
 * Every file of the folder by the path it is asked under; what no type is known for (source maps) is not
 * served.
 */
export const readStaticFiles = async (folderUrl: URL): Promise<StaticFiles> => {
  const folder = fileURLToPath(folderUrl);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<[string, StaticFile] | null> => {
      const type = types[extname(entry.name)];
      const path = join(entry.parentPath, entry.name);
      const name = `/${relative(folder, path).split(sep).join('/')}`;
      if (!entry.isFile() || type === undefined || name.startsWith('/.')) return null;
      const [plain, br, gzip] = await Promise.all([
        read(path),
        readIfThere(`${path}.br`),
        readIfThere(`${path}.gz`),
      ]);
      const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
      const packed = { ...(br && { br }), ...(gzip && { gzip }) };
      return [name, { type, etag, plain, immutable: name.startsWith('/assets/'), ...packed }];
    }),
  );
  return new Map(found.filter((file) => file !== null));
};

const respond = (request: Request, file: StaticFile, extra: Record<string, string>): Response => {
  const encoding = (['br', 'gzip'] as const).find((each) => file[each] && accepts(request, each));
  const headers = new Headers({
    ...extra,
    'content-type': file.type,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    ...(file.br && { vary: 'accept-encoding' }),
  });
  const known = request.headers.get('if-none-match') ?? '';
  if (known.split(',').some((each) => each.trim().replace(/^W\//, '') === file.etag))
    return new Response(null, { status: 304, headers });
  if (encoding) headers.set('content-encoding', encoding);
  const body = encoding === undefined ? file.plain : (file[encoding] ?? file.plain);
  headers.set('content-length', String(body.length));
  return new Response(body, { headers });
};

// A path of the console has no file ending; a lost asset answered with the page would be run as a script.
const wantsPage = (request: Request, pathname: string): boolean => {
  const accept = request.headers.get('accept') ?? '*/*';
  return (
    pathname === '/' ||
    accept.includes('text/html') ||
    (accept.includes('*/*') && !pathname.slice(pathname.lastIndexOf('/')).includes('.'))
  );
};

const isWellFormed = (pathname: string): boolean => {
  try {
    return !decodeURIComponent(pathname).includes('\0');
  } catch {
    return false;
  }
};

/**
 * The built console, held in memory: a request picks an entry of a list made at start, so no path can lead
 * out of it. Mounted last: whatever nothing else answers is a page of the console, or not found.
 */
export const mountStaticFiles = (app: Hono, files: StaticFiles, { https }: { https: boolean }): void => {
  const page = files.get('/index.html');
  const headers = pageHeaders(page?.plain.toString() ?? '', { https });
  const fileHeaders = withoutDocuments(headers);
  const plain = (status: number, text: string, more: Record<string, string> = {}) =>
    new Response(`${text}\n`, {
      status,
      headers: {
        ...headers,
        ...more,
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
      },
    });

  app.all('*', (c) => {
    const request = c.req.raw;
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return plain(405, 'Only GET is answered here.', { allow: 'GET, HEAD' });
    const { pathname } = new URL(request.url);
    if (!isWellFormed(pathname)) return plain(400, 'The path is malformed.');
    const file = pathname === '/index.html' ? undefined : files.get(pathname);
    if (file) return respond(request, file, isDocument(file.type) ? headers : fileHeaders);
    if (pathname.startsWith('/assets/') || !wantsPage(request, pathname))
      return plain(404, 'Nothing is here.');
    if (!page)
      return plain(
        404,
        'The console is not built. Run npm run build, or npm run dev:client for a console of its own.',
      );
    return respond(request, page, headers);
  });
};
