import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mountStaticFiles, readStaticFiles } from './static-files.ts';

const inline = 'document.documentElement.dataset.theme = "dark"';
const page = `<!doctype html><script>${inline}</script><script type="module" src="/assets/main-1.js"></script>`;
const script = 'export const answer = 42;';

let folder: string;
let app: Hono;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-static-'));
  await mkdir(join(folder, 'client/assets'), { recursive: true });
  await mkdir(join(folder, 'client/.vite'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'client/.vite/manifest.json'), '{}');
  await writeFile(join(folder, 'client/index.html'), page);
  await writeFile(join(folder, 'client/assets/main-1.js'), script);
  await writeFile(join(folder, 'client/assets/main-1.js.br'), brotliCompressSync(script));
  await writeFile(join(folder, 'client/assets/main-1.js.gz'), gzipSync(script));
  await writeFile(join(folder, 'client/assets/main-1.js.map'), '{}');
  app = new Hono();
  app.get('/v1/me', (c) => c.json({ me: true }));
  mountStaticFiles(app, await readStaticFiles(pathToFileURL(`${folder}/client/`)), { https: true });
});

afterAll(() => rm(folder, { recursive: true }));

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.request(`http://cordboard.test${path}`, { method, headers });
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('a hashed asset is kept for ever and sent as tightly packed as the caller takes it', async () => {
  const encodingFor = async (accepted: string) =>
    (await get('/assets/main-1.js', { 'accept-encoding': accepted })).headers.get('content-encoding');
  const answer = await get('/assets/main-1.js');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(answer.headers.get('vary')).toBe('accept-encoding');
  expect(await answer.text()).toBe(script);
  expect(await encodingFor('gzip, deflate, br')).toBe('br');
  expect(await encodingFor('gzip, br;q=0')).toBe('gzip');
  expect(await encodingFor('*')).toBe('br');
  expect(await encodingFor('identity')).toBeNull();
});

test('every page of the console answers the page, which is asked for again each time', async () => {
  for (const path of ['/', '/numbers', '/numbers/pn_1/history', '/sign-in']) {
    const answer = await get(path, html);
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, page]);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  }
  const { headers } = await get('/', html);
  expect((await get('/numbers', { ...html, 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
  expect(await (await get('/', html, 'HEAD')).text()).toBe('');
});

test('the policy lets the page’s own inline script run, and no other', async () => {
  const policy = (await get('/', html)).headers.get('content-security-policy') ?? '';
  const hash = createHash('sha256').update(inline).digest('base64');
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect((await get('/', html)).headers.get('strict-transport-security')).toMatch(/^max-age=/);
});

test('a file that is no page carries nothing that is about pages', async () => {
  const { headers } = await get('/assets/main-1.js');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect([headers.get('content-security-policy'), headers.get('permissions-policy')]).toEqual([null, null]);
});

test('a lost asset is not found, so that no browser runs the page as a script', async () => {
  expect((await get('/assets/main-0.js', html)).status).toBe(404);
  expect((await get('/logo.png', { accept: 'image/png,*/*' })).status).toBe(404);
});

test('nothing but the console’s files can be read', async () => {
  const paths = [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/.vite/manifest.json',
    '/assets/main-1.js.map',
  ];
  for (const path of paths) {
    const answer = await get(path, { accept: 'text/plain' });
    expect([path, answer.status]).toEqual([path, 404]);
  }
});

test('a malformed path is refused', async () => {
  for (const path of ['/%', '/%00', '/%E0%A4%A'])
    expect([path, (await get(path, html)).status]).toEqual([path, 400]);
});

test('what is answered before stays so, and nothing else takes a write', async () => {
  expect(await (await get('/v1/me')).json()).toEqual({ me: true });
  expect((await get('/numbers', html, 'POST')).status).toBe(405);
});
