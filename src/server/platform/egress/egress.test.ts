import { afterEach, expect, test } from 'vitest';
import { forbiddenSpellings } from '#server/testing/address-spellings.ts';
import { servePlain, serveRaw, type LocalServer } from '#server/testing/local-servers.ts';
import { createEgress, type EgressOptions, type EgressRequest } from './egress.ts';
import { EgressError } from './egress-error.ts';

const open: LocalServer[] = [];
const kept = async (server: Promise<LocalServer>) => {
  open.push(await server);
  return server;
};
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const send = (
  url: string,
  request: Partial<EgressRequest> = {},
  options: Partial<EgressOptions> = { allowLoopback: true },
) =>
  createEgress({ allowedNetworks: [], allowLoopback: false, ...options }).request({
    url,
    method: 'GET',
    headers: {},
    timeoutMs: 5000,
    maxBytes: 1024,
    ...request,
  });

const failureOf = async (sending: Promise<unknown>): Promise<EgressError> => {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof EgressError)) throw error ?? new Error('It was answered');
  return error;
};

test('what is sent arrives, and what is answered comes back', async () => {
  const { port } = await kept(
    servePlain((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, { 'content-type': 'application/json', 'X-Seen': ['a', 'b'] });
        const { method, url, headers } = request;
        response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
      });
    }),
  );
  const { status, headers, body } = await send(`http://127.0.0.1:${port}/v1/x?y=%20`, {
    method: 'PATCH',
    headers: { authorization: 'Bearer k' },
    body: 'é',
  });
  expect([status, headers['content-type'], headers['x-seen']]).toEqual([201, 'application/json', 'a, b']);
  expect(JSON.parse(body.toString())).toEqual({
    method: 'PATCH',
    url: '/v1/x?y=%20',
    headers: {
      authorization: 'Bearer k',
      host: `127.0.0.1:${port}`,
      connection: 'close',
      'accept-encoding': 'identity',
      'content-length': '2',
    },
    body: 'é',
  });
});

test('a redirect is an answer, and is not followed', async () => {
  const elsewhere = await kept(servePlain((_, response) => response.end('followed')));
  const { port } = await kept(
    servePlain((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end(),
    ),
  );
  expect((await send(`http://127.0.0.1:${port}/`)).status).toBe(307);
  expect(elsewhere.connections()).toBe(0);
});

test('five hundred spellings of forbidden addresses are refused, over https and over http', async () => {
  const { port, connections } = await kept(serveRaw((socket) => socket.destroy()));
  const reached: string[] = [];
  for (const spelling of forbiddenSpellings) {
    const { code } = await failureOf(send(`https://${spelling}:${port}/`, {}, {}));
    if (code !== 'forbidden_address') reached.push(`${spelling}: ${code}`);
  }
  expect(reached).toEqual([]);
  expect((await failureOf(send(`http://127.0.0.1:${port}/`, {}, {}))).code).toBe('not_https');
  expect(connections()).toBe(0);
});

test('a name is refused when one of its addresses is forbidden, whichever comes first', async () => {
  const { port, connections } = await kept(serveRaw((socket) => socket.destroy()));
  for (const addresses of [
    ['127.0.0.1', '8.8.8.8'],
    ['8.8.8.8', '127.0.0.1'],
    ['2606:4700::1111', '::ffff:127.0.0.1'],
    ['8.8.8.8', 'fe80::1%lo'],
  ]) {
    const error = await failureOf(
      send(`https://api.example:${port}/secret?token=1`, {}, { resolve: async () => addresses }),
    );
    expect([error.code, error.mayHaveArrived]).toEqual(['forbidden_address', false]);
    expect(error.message).toContain(`api.example:${port} must not be reached`);
    expect(error.message).not.toMatch(/secret|token/);
  }
  expect(connections()).toBe(0);
});

test('a name is resolved once: what its name server says next changes nothing', async () => {
  const here = await kept(servePlain((_, response) => response.end('here')));
  const there = await kept(
    servePlain((_, response) => response.end('there'), { host: '127.0.0.2', port: here.port }),
  );
  const answers = ['127.0.0.1', '127.0.0.2'];
  let asked = 0;
  const resolve = async () => [answers[asked++] ?? '127.0.0.2'];
  const { body } = await send(`http://rebound.example:${here.port}/`, {}, { allowLoopback: true, resolve });
  expect([body.toString(), asked, there.connections()]).toEqual(['here', 1, 0]);
});

test('where the first address does not answer, the next one is tried', async () => {
  const { port } = await kept(servePlain((_, response) => response.end('second')));
  const resolve = async () => ['127.0.0.2', '127.0.0.1'];
  const { body } = await send(`http://two.example:${port}/`, {}, { allowLoopback: true, resolve });
  expect(body.toString()).toBe('second');
});

test('http is for this machine in tests alone, whatever its name', async () => {
  const resolve = async () => ['8.8.8.8'];
  for (const allowLoopback of [true, false])
    expect((await failureOf(send('http://api.example/', {}, { allowLoopback, resolve }))).code).toBe(
      'not_https',
    );
});

test.for([
  ['not an address', 'invalid_url'],
  ['https://', 'invalid_url'],
  ['ftp://api.example/', 'invalid_url'],
  ['file:///etc/passwd', 'invalid_url'],
  ['https://api.example@127.0.0.1/', 'invalid_url'],
  ['https://:hunter2@api.example/', 'invalid_url'],
  ['https://127.0.0.1%2f@api.example/', 'invalid_url'],
  ['https://256.256.256.256/', 'invalid_url'],
])('%s is no address to ask: %s', async ([url, code]) => {
  const error = await failureOf(send(url ?? '', {}, {}));
  expect(error.code).toBe(code);
  expect(error.message).not.toContain('hunter2');
});

test('a name that nobody knows, or that has no address, is said to be unknown', async () => {
  const unknown = async () => Promise.reject(new Error('ENOTFOUND'));
  for (const resolve of [unknown, async () => []])
    expect((await failureOf(send('https://nobody.example/', {}, { resolve }))).code).toBe('dns_failed');
});

test('a header that cannot be sent is refused without its value', async () => {
  const { port, connections } = await kept(servePlain((_, response) => response.end()));
  const headers = { authorization: 'Bearer hunter2\r\nx-other: 1' };
  const error = await failureOf(send(`http://127.0.0.1:${port}/`, { headers }));
  expect([error.code, error.message.includes('hunter2')]).toEqual(['invalid_header', false]);
  expect(connections()).toBe(0);
});

test('a header that says where or how it is sent is refused, however it is written', async () => {
  const { port, connections } = await kept(servePlain((_, response) => response.end()));
  for (const name of ['Host', 'host', 'Transfer-Encoding', 'Content-Length', 'CONNECTION', 'Upgrade']) {
    const { code, message } = await failureOf(
      send(`http://127.0.0.1:${port}/`, { headers: { [name]: '1' }, body: 'x', method: 'POST' }),
    );
    expect([code, message]).toEqual(['invalid_header', `The header ${name} is not for the caller to set.`]);
  }
  expect(connections()).toBe(0);
});

test('where nobody listens it is unreachable, and surely nothing was done', async () => {
  const { port, close } = await servePlain((_, response) => response.end());
  await close();
  const error = await failureOf(send(`http://127.0.0.1:${port}/`));
  expect([error.code, error.mayHaveArrived]).toEqual(['unreachable', false]);
});

test('what is broken off, is no HTTP or has headers without end is named, and may have been done', async () => {
  const answering = async (accept: Parameters<typeof serveRaw>[0]) => {
    const { port } = await kept(serveRaw((socket) => void socket.once('data', () => accept(socket))));
    const { code, mayHaveArrived } = await failureOf(send(`http://127.0.0.1:${port}/`));
    return [code, mayHaveArrived];
  };
  expect(await answering((socket) => socket.destroy())).toEqual(['dropped', true]);
  expect(await answering((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'))).toEqual(
    ['dropped', true],
  );
  expect(await answering((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))).toEqual(['not_http', true]);
  expect(
    await answering((socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`)),
  ).toEqual(['too_large', true]);
});

test('an answer that changes the protocol is none, and ends at once', async () => {
  const { port } = await kept(
    serveRaw(
      (socket) =>
        void socket.once('data', () =>
          socket.write('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
        ),
    ),
  );
  const error = await failureOf(send(`http://127.0.0.1:${port}/`));
  expect([error.code, error.mayHaveArrived]).toEqual(['not_http', true]);
});

test('an answer beyond the limit is given up, whether it says its length or not', async () => {
  let written = 0;
  const { port } = await kept(
    servePlain((request, response) => {
      if (request.url === '/said')
        response.writeHead(200, { 'content-length': '1025' }).end('x'.repeat(1025));
      else if (request.url === '/just') response.end('x'.repeat(1024));
      else {
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(512))) written += 512;
        };
        response.on('drain', more).on('error', () => {});
        more();
      }
    }),
  );
  expect((await send(`http://127.0.0.1:${port}/just`)).body.length).toBe(1024);
  for (const path of ['/said', '/endless'])
    expect((await failureOf(send(`http://127.0.0.1:${port}${path}`))).code).toBe('too_large');
  expect(written).toBeLessThan(64 * 1024 * 1024);
});

test('the time limit holds for the look-up, the answer and its body', async () => {
  const { port } = await kept(
    servePlain((request, response) => {
      if (request.url === '/half') response.write('half');
    }),
  );
  const never = () => new Promise<string[]>(() => {});
  const looking = await failureOf(send('https://slow.example/', { timeoutMs: 30 }, { resolve: never }));
  expect([looking.code, looking.mayHaveArrived]).toEqual(['timed_out', false]);
  for (const path of ['/none', '/half']) {
    const error = await failureOf(send(`http://127.0.0.1:${port}${path}`, { timeoutMs: 100 }));
    expect([error.code, error.mayHaveArrived]).toEqual(['timed_out', true]);
  }
});

test('whoever asked may break it off', async () => {
  const stop = new AbortController();
  const { port } = await kept(servePlain(() => stop.abort()));
  const error = await failureOf(send(`http://127.0.0.1:${port}/`, { signal: stop.signal }));
  expect([error.code, error.mayHaveArrived]).toEqual(['cancelled', true]);
  expect((await failureOf(send(`http://127.0.0.1:${port}/`, { signal: stop.signal }))).code).toBe(
    'cancelled',
  );
});
