import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { serve } from '#server/serve.ts';
import { addNumber } from '#server/testing/given.ts';
import { giveKey } from '#server/testing/test-actors.ts';
import { openTestApp, test, testConfig, type TestApp } from '#server/testing/test-app.ts';
import { inOwnTask } from '#server/platform/fairness/own-task.ts';

const PREVIEW_BYTES = 3_400_000;

interface Server {
  url: URL;
  /** Sends the beginning of a large body and no more. */
  begin: (path: string, headers: Record<string, string>, size?: 'declared' | 'chunked') => Socket;
  close: () => Promise<void>;
}

const open = async ({ app }: TestApp): Promise<Server> => {
  const serving = await serve(app, testConfig);
  const sockets: Socket[] = [];
  return {
    url: serving.url,
    begin: (path, { authorization }, size = 'declared') => {
      const socket = connect(Number(serving.url.port), serving.url.hostname).on('error', () => {});
      sockets.push(socket);
      const length = size === 'declared' ? `Content-Length: ${PREVIEW_BYTES}` : 'Transfer-Encoding: chunked';
      const begun = `{${' '.repeat(100_000)}`;
      const sent = size === 'declared' ? begun : `${begun.length.toString(16)}\r\n${begun}\r\n`;
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\n${length}\r\n\r\n${sent}`,
      );
      return socket;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await serving.close(0);
    },
  };
};

const answerOf = async (socket: Socket): Promise<string> => {
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
};

const large = JSON.stringify({ notes: 'kept' }).replace('{', `{${' '.repeat(246_000)}`);

test.for(['declared', 'chunked'] as const)(
  'unfinished large bodies, %s, make their own sender wait, and nobody else',
  async (size, { cordboard }) => {
    const { _id } = await addNumber(cordboard.as('operator'));
    const path = `/v1/phone-numbers/${_id}`;
    const [{ headers: busy }, { headers: quiet }] = [
      await giveKey(cordboard.database, ['calls:route']),
      await giveKey(cordboard.database, ['numbers:write', 'numbers:read']),
    ];
    const server = await open(cordboard);
    const json = { 'content-type': 'application/json' };
    const ask = () =>
      fetch(new URL(`${path}/route/preview`, server.url), {
        method: 'POST',
        headers: { ...json, ...busy },
        body: `{${' '.repeat(100_000)}}`,
      });
    try {
      const begun = Array.from({ length: 12 }, () => server.begin(`${path}/route/preview`, busy, size));
      const refused: string[] = [];
      const all = new Promise<void>((resolve) => {
        for (const socket of begun)
          socket.once('data', (answer: Buffer) => void (refused.push(answer.toString()) === 10 && resolve()));
      });
      const patched = await fetch(new URL(path, server.url), {
        method: 'PATCH',
        headers: { ...json, ...quiet },
        body: large,
      });
      expect({ status: patched.status, before: refused }).toEqual({ status: 200, before: [] });
      await all;
      for (const answer of refused)
        expect(answer).toMatch(/^HTTP\/1\.1 429 [^]*retry-after: 1\r\n[^]*"too_many_requests"/i);
      expect((await ask()).status).toBe(429);
      expect(refused.length).toBe(10);
      // What is small never waits.
      const small = await fetch(new URL(`${path}/route/preview`, server.url), {
        method: 'POST',
        headers: { ...json, ...busy },
        body: '{}',
      });
      expect(small.status).toBe(200);

      for (const socket of begun) socket.destroy();
      expect((await ask()).status).toBe(200);
    } finally {
      await server.close();
    }
  },
);

test('a large body that does not end is given up, and its place is free', async ({ cordboard }) => {
  const { _id } = await addNumber(cordboard.as('operator'));
  const { headers } = await giveKey(cordboard.database, ['calls:route']);
  const { test: hasty } = await openTestApp({}, { largeBodyWithinMs: 100 });
  const server = await open(hasty);
  const path = `/v1/phone-numbers/${_id}/route/preview`;
  try {
    const begun = [
      server.begin(path, headers),
      server.begin(path, headers),
      server.begin(path, headers, 'chunked'),
    ];
    for (const answer of await Promise.all(begun.map(answerOf)))
      expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*The body was not complete within 0\.1 seconds/);
    const body = `{${' '.repeat(100_000)}}`;
    const asked = await fetch(new URL(path, server.url), {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    expect(asked.status).toBe(200);
  } finally {
    await server.close();
    hasty.app.close();
  }
});

test.for([
  ['before its end', `{"__proto__":1,"notes":"${'x'.repeat(300_000)}"}`],
  ['for its size', `{${' '.repeat(5_000_000)}}`],
])('after a body that was refused %s the connection serves on', async ([, body], { cordboard }) => {
  const { headers } = await giveKey(cordboard.database, ['numbers:write', 'numbers:read']);
  const server = await open(cordboard);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  const ask = async (method: string, sent?: string) => {
    const asked = request(new URL('/v1/phone-numbers', server.url), {
      agent,
      method,
      headers: { ...headers, 'content-type': 'application/json' },
    });
    // In pieces: its size is not said beforehand.
    for (let at = 0; sent !== undefined && at < sent.length; at += 100_000)
      asked.write(sent.slice(at, at + 100_000));
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    ports.add(asked.socket?.localPort);
    answer.resume();
    await once(answer, 'end');
    return answer.statusCode;
  };
  try {
    expect(await ask('POST', body)).toBeGreaterThanOrEqual(413);
    for (let round = 0; round < 8; round += 1) {
      expect(await ask('GET')).toBe(200);
      await setTimeout(100);
    }
    expect(ports.size).toBe(1);
  } finally {
    agent.destroy();
    await server.close();
  }
});

test('work that takes long is done for one actor after another', async () => {
  const of = (id: string) => ({ kind: 'api_key', id, name: id, scopes: [], expiresAt: null }) as const;
  const order: string[] = [];
  const ask = (id: string) => inOwnTask(of(id), () => order.push(id));
  await Promise.all([...Array.from({ length: 5 }, () => ask('busy')), ask('quiet')]);
  expect(order).toEqual(['busy', 'busy', 'quiet', 'busy', 'busy', 'busy']);
});
