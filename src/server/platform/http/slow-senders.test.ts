import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { serve } from '#server/serve.ts';
import { allowSlowSender } from './slow-senders.ts';

const quick = { headersTimeout: 200, requestTimeout: 300, connectionsCheckingInterval: 20 };
const where = { host: '127.0.0.1', port: 0, connectionsPerAddress: 256, trustedProxies: 0 };

/** Sends a byte every 20 ms until there are so many, and answers what came back. */
const dribble = async (url: URL, path: string, bytes: number): Promise<string> => {
  const socket = connect(Number(url.port), url.hostname).on('error', () => {});
  let answer = '';
  socket.on('data', (data) => (answer += data.toString()));
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${bytes}\r\n\r\n`);
  let sent = 0;
  const drip = setInterval(() => {
    socket.write('x');
    sent += 1;
    if (sent === bytes) clearInterval(drip);
  }, 20);
  await once(socket, 'close');
  clearInterval(drip);
  return answer;
};

test('a sender that is allowed to takes longer than others may; nobody else does', async () => {
  const hono = new Hono()
    .post('/file', async (c) => {
      const isRead = allowSlowSender(c.env);
      const text = await c.req.text();
      isRead();
      return c.text(`${text.length} bytes`);
    })
    .post('/other', async (c) => c.text(await c.req.text().catch(() => 'broken off')));
  const serving = await serve({ hono }, { ...where, patience: quick });
  try {
    const [file, other] = await Promise.all([
      dribble(serving.url, '/file', 50),
      dribble(serving.url, '/other', 50),
    ]);
    expect(file).toContain('50 bytes');
    expect(other).toMatch(/^(HTTP\/1\.1 408 |$)/);
  } finally {
    await serving.close(0);
  }
});
