import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { AddressRefused, serve, type Serving } from './serve.ts';
import { markOpenEnded } from './http/open-ended.ts';

let serving: Serving | undefined;
afterEach(async () => {
  await serving?.close(0);
  serving = undefined;
});

const start = async (hono: Hono, port = 0) => (serving = await serve({ hono }, { host: '127.0.0.1', port }));

/** Sends bytes as they are, and answers what came until the end. */
const raw = async (url: URL, bytes: string) => {
  const socket = connect(Number(url.port), url.hostname);
  let answer = '';
  socket.on('data', (data) => (answer += data.toString()));
  socket.end(bytes);
  await once(socket, 'close');
  return answer;
};

test('malformed HTTP is refused, and the same server goes on', async () => {
  const { url } = await start(new Hono().get('/', (c) => c.text('fine')));
  const requests = [
    'nonsense\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a b\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
    `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ];
  for (const request of requests)
    expect([request.slice(0, 60), await raw(url, request)]).toEqual([request.slice(0, 60), expect.stringMatching(/^HTTP\/1\.1 4\d\d /)]);
  expect(await (await fetch(url)).text()).toBe('fine');
});

test('what is in flight is answered before the server closes, and nothing new is taken', async () => {
  let goOn = () => {};
  let arrived = () => {};
  const inFlight = new Promise<void>((resolve) => (arrived = resolve));
  const { url, close } = await start(
    new Hono().get('/slow', async (c) => {
      arrived();
      await new Promise<void>((resolve) => (goOn = resolve));
      return c.text('answered');
    }),
  );
  const answer = fetch(new URL('/slow', url));
  await inFlight;
  const closed = close(5000);
  await expect(fetch(url)).rejects.toThrow();
  goOn();
  expect(await (await answer).text()).toBe('answered');
  await closed;
});

test('an event stream does not keep the server from closing', async () => {
  const endless = () =>
    markOpenEnded(
      new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')) }), {
        headers: { 'content-type': 'text/event-stream' },
      }),
    );
  const { url, close } = await start(new Hono().get('/stream', endless));
  const stream = await fetch(new URL('/stream', url));
  const reading = stream.text().catch(() => 'ended');
  await close(60_000);
  expect(await reading).toBeDefined();
});

test('a port that is taken is said to be, with the way out', async () => {
  const { url } = await start(new Hono());
  const port = Number(url.port);
  const second = serve({ hono: new Hono() }, { host: '127.0.0.1', port });
  await expect(second).rejects.toThrow(AddressRefused);
  await expect(second).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another: PORT=${port + 1}.`);
});
