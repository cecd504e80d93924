import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { serve, type Serving } from '#server/serve.ts';
import { respondFile, type FileToSend, type FileWatch } from './respond-file.ts';

let serving: Serving | undefined;
afterEach(async () => {
  await serving?.close(0);
  serving = undefined;
});

const file = (produce: FileToSend['produce']) => ({
  type: 'text/csv',
  name: 'x.csv',
  requestId: 'r1',
  produce,
});

const open = async (produce: FileToSend['produce'], watch: Partial<FileWatch> = {}) => {
  const warnings: string[] = [];
  const hono = new Hono().get('/', () =>
    respondFile(file(produce), {
      log: { warn: (_, message) => void warnings.push(message) },
      mayGoOn: async () => true,
      ...watch,
    }),
  );
  serving = await serve(
    { hono },
    { host: '127.0.0.1', port: 0, connectionsPerAddress: 256, trustedProxies: 0 },
  );
  return { url: serving.url, warnings };
};

test('pieces arrive as one file, under its name', async () => {
  const { url } = await open(async (send) => {
    await send('a,b\r\n');
    await send('1,ü\r\n');
  });
  const answer = await fetch(url);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="x.csv"');
  expect(await answer.text()).toBe('a,b\r\n1,ü\r\n');
});

test('what fails midway breaks the connection off: half a file never ends like a whole one', async () => {
  const { url, warnings } = await open(async (send) => {
    await send('a,b\r\n');
    throw new Error('the database is gone');
  });
  const answer = await fetch(url);
  await expect(answer.text()).rejects.toThrow('terminated');
  expect(warnings).toHaveLength(1);
});

test('what fails before the first piece is thrown, to be answered as a problem', async () => {
  const failing = respondFile(
    file(() => Promise.reject(new Error('refused'))),
    { log: { warn: () => {} }, mayGoOn: async () => true },
  );
  await expect(failing).rejects.toThrow('refused');
});

test('when the reader goes, nothing more is produced and nobody is warned', async () => {
  let ended: (sent: number) => void;
  const end = new Promise<number>((resolve) => (ended = resolve));
  const { url, warnings } = await open(async (send) => {
    let sent = 0;
    try {
      for (;;) {
        await send('x'.repeat(64 * 1024));
        sent += 1;
      }
    } finally {
      ended(sent);
    }
  });
  const leaving = new AbortController();
  const answer = await fetch(url, { signal: leaving.signal });
  await answer.body?.getReader().read();
  leaving.abort();
  expect(await end).toBeGreaterThan(0);
  expect(warnings).toEqual([]);
});

test('it breaks off once whoever asked may no longer have it', async () => {
  const asked: boolean[] = [];
  const { url } = await open(
    async (send) => {
      for (;;) await send('a,b\r\n');
    },
    { lookAgainMs: 0, mayGoOn: async () => asked.push(true) < 3 },
  );
  await expect((await fetch(url)).text()).rejects.toThrow('terminated');
  expect(asked).toHaveLength(3);
});

test('it holds nothing any longer for a reader who takes nothing', async () => {
  let end: (error: unknown) => void;
  const ended = new Promise<unknown>((resolve) => (end = resolve));
  const { url } = await open(
    async (send) => {
      try {
        for (;;) await send('x'.repeat(64 * 1024));
      } catch (error) {
        end(error);
        throw error;
      }
    },
    { stalledAfterMs: 50 },
  );
  const leaving = new AbortController();
  await fetch(url, { signal: leaving.signal });
  expect(await ended).toMatchObject({ message: 'nobody takes it' });
  leaving.abort();
});
