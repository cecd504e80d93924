import { expect, test } from 'vitest';
import { Problem } from '#server/problem.ts';
import { openUpload, type UploadPatience } from './read-upload.ts';

const endpoint = { upload: ['text/csv', 'application/x-ndjson'], maxBodyBytes: 1000 };

const requestOf = (body: ReadableStream<Uint8Array> | string, headers: Record<string, string> = {}) =>
  new Request('http://cordboard.test/v1/imports', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);

const open = (request: Request, patience?: UploadPatience) => openUpload(endpoint, request, patience);

const codeOf = (open: () => unknown): string | undefined => {
  try {
    open();
    return undefined;
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

const readAll = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  let text = '';
  for await (const piece of bytes) text += Buffer.from(piece).toString();
  return text;
};

const piece = new TextEncoder().encode('x'.repeat(100));

test('a file is handed on by its type, whatever is said beside it', async () => {
  const { type, bytes } = open(requestOf('a,b\n', { 'content-type': 'Text/CSV; charset=utf-8' }));
  expect(type).toBe('text/csv');
  expect(await readAll(bytes)).toBe('a,b\n');
});

test('another type, and one said to be too large, are refused before anything is read', () => {
  for (const type of ['application/json', 'text/csvx', ''])
    expect(codeOf(() => open(requestOf('{}', { 'content-type': type })))).toBe('unsupported_media_type');
  expect(codeOf(() => open(requestOf('a', { 'content-length': '1001' })))).toBe('body_too_large');
});

test('no more is asked of the sender than is taken', async () => {
  let asked = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      asked += 1;
      controller.enqueue(piece);
    },
  });
  const { bytes } = open(requestOf(endless), { dropMs: 20 });
  let taken = 0;
  for await (const _piece of bytes) {
    taken += 1;
    // What stands in the pipe between them is a few pieces.
    expect(asked).toBeLessThan(taken + 10);
    if (taken === 50) break;
  }
});

test('whoever stops sending is given up, and told so', async () => {
  const stalling = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(piece),
  });
  const { bytes } = open(requestOf(stalling), { stalledAfterMs: 30 });
  await expect(readAll(bytes)).rejects.toThrow('Nothing came of the file for 0.03 seconds');
});

test('whoever sends for ever is, too', async () => {
  const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(piece) });
  const { bytes } = open(requestOf(endless), { withinMs: 30 });
  await expect(readAll(bytes)).rejects.toThrow('The file was not complete');
});

test('a file that breaks off is none', async () => {
  let sent = 0;
  const breaking = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent > 3) controller.error(new Error('gone'));
      else controller.enqueue(piece);
    },
  });
  await expect(readAll(open(requestOf(breaking)).bytes)).rejects.toThrow('The file broke off');
});

test('what is left of a refused file is taken, up to the limit, so that its sender hears why', async () => {
  let sent = 0;
  const long = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(piece);
    },
  });
  const { bytes } = open(requestOf(long));
  for await (const _piece of bytes) break;
  expect(sent).toBeGreaterThan(10);
  expect(sent).toBeLessThan(20);
});
