import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import { AddressRefused, serve, type Serving } from './serve.ts';
import { markOpenEnded } from '#server/platform/changes/open-ended.ts';

let serving: Serving | undefined;
afterEach(async () => {
  await serving?.close(0);
  serving = undefined;
});

const usual = { host: '127.0.0.1', port: 0, connectionsPerAddress: 256, trustedProxies: 0 };
const start = async (hono: Hono, options: Partial<Parameters<typeof serve>[1]> = {}) =>
  (serving = await serve({ hono }, { ...usual, ...options }));

const ended = (socket: Socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()));

/** Sends bytes as they are, and answers what came until the end. */
const raw = async (url: URL, bytes: string, host = url.hostname) => {
  const socket = connect(Number(url.port), host);
  socket.on('error', () => {});
  let answer = '';
  socket.on('data', (data) => (answer += data.toString()));
  socket.end(bytes);
  await ended(socket);
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
    expect([request.slice(0, 60), await raw(url, request)]).toEqual([
      request.slice(0, 60),
      expect.stringMatching(/^HTTP\/1\.1 4\d\d /),
    ]);
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
      new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
        }),
        {
          headers: { 'content-type': 'text/event-stream' },
        },
      ),
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
  const second = serve({ hono: new Hono() }, { ...usual, port });
  await expect(second).rejects.toThrow(AddressRefused);
  await expect(second).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another: PORT=${port + 1}.`,
  );
});

/**
 * Opens a connection, sends what is given and nothing more; resolves with what came, once the other side
 * ended it.
 */
const hold = (url: URL, bytes: string, host = url.hostname) => {
  const socket = connect(Number(url.port), host);
  let answer = '';
  socket.on('data', (data) => (answer += data.toString()));
  socket.on('error', () => {});
  socket.write(bytes);
  return { socket, ended: ended(socket).then(() => answer) };
};

describe('who is slow', () => {
  const quick = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 };

  test.for([
    ['and says nothing', ''],
    ['with the first line', 'GET / HT'],
    ['with headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ] as const)('%s is cut off', async ([, bytes]) => {
    const { url } = await start(new Hono(), { patience: quick });
    expect(await hold(url, bytes).ended).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  test('with a body is cut off in the end, however steadily it dribbles in', async () => {
    const { url } = await start(
      new Hono().post('/', async (c) => c.text(await c.req.text().catch(() => 'broken off'))),
      { patience: quick },
    );
    const { socket, ended: answer } = hold(url, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 20);
    expect(await answer).toMatch(/^(HTTP\/1\.1 408 |$)/);
    clearInterval(drip);
  });
});

describe('connections of one address', () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

  const isAnswered = async (url: URL, host: string) =>
    (await raw(url, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', host)).startsWith(
      'HTTP/1.1 200 ',
    );
  const fine = () => new Hono().get('/', (c) => c.text('fine'));
  const open = async (url: URL, host: string, count: number): Promise<Socket[]> => {
    const sockets = Array.from({ length: count }, () => hold(url, '', host).socket);
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    return sockets;
  };

  test.skipIf(outside === undefined)('have an end, while others are answered', async () => {
    const refused: string[] = [];
    const onRefused = (address: string) => void refused.push(address);
    const { url } = await start(fine(), { host: '0.0.0.0', connectionsPerAddress: 3, onRefused });
    const [first] = await open(url, outside ?? '', 3);
    expect(await isAnswered(url, outside ?? '')).toBe(false);
    expect(refused).toEqual([outside]);
    expect(await isAnswered(url, '127.0.0.1')).toBe(true);
    first?.destroy();
    await expect.poll(() => isAnswered(url, outside ?? '')).toBe(true);
  });

  test('have none on this machine itself', async () => {
    const { url } = await start(fine(), { connectionsPerAddress: 3 });
    await open(url, '127.0.0.1', 5);
    expect(await isAnswered(url, '127.0.0.1')).toBe(true);
  });

  test.skipIf(outside === undefined)('have none behind a trusted proxy', async () => {
    const { url } = await start(fine(), { host: '0.0.0.0', connectionsPerAddress: 3, trustedProxies: 1 });
    await open(url, outside ?? '', 5);
    expect(await isAnswered(url, outside ?? '')).toBe(true);
  });
});
