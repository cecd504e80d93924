import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate, servePlain, serveSecure, type LocalServer } from '#server/testing/local-servers.ts';
import { createEgress } from './egress.ts';

const { key, cert } = makeCertificate(['DNS:api.example', 'IP:127.0.0.1']);
let server: LocalServer;
let requests = 0;
beforeAll(async () => {
  server = await serveSecure({ key, cert }, (request, response) => {
    requests += 1;
    response.end(JSON.stringify([(request.socket as TLSSocket).servername, request.headers.host]));
  });
});
afterAll(() => server.close());

const ask = async (host: string, { port = server.port, trusting = cert as string | null } = {}) => {
  const { body } = await createEgress({
    allowedNetworks: [],
    allowLoopback: true,
    resolve: async () => ['127.0.0.1'],
    ...(trusting === null ? {} : { certificateAuthorities: trusting }),
  }).request({
    url: `https://${host}:${port}/`,
    method: 'GET',
    headers: {},
    timeoutMs: 5000,
    maxBytes: 1024,
  });
  return JSON.parse(body.toString()) as unknown;
};

test('the name stands in the handshake and the Host header, though an address is dialled', async () => {
  expect(await ask('api.example')).toEqual(['api.example', `api.example:${server.port}`]);
});

test('a certificate may be for an address', async () => {
  expect(await ask('127.0.0.1')).toEqual([false, `127.0.0.1:${server.port}`]);
});

test('another name, an unknown authority and no TLS at all end before a request is sent', async () => {
  const plain = await servePlain((_, response) => response.end());
  const seen = requests;
  const failure = { code: 'tls_failed', mayHaveArrived: false };
  await expect(ask('other.example')).rejects.toMatchObject(failure);
  const stranger = makeCertificate(['DNS:api.example']).cert;
  await expect(ask('api.example', { trusting: stranger })).rejects.toMatchObject(failure);
  await expect(ask('api.example', { trusting: null })).rejects.toMatchObject(failure);
  await expect(ask('api.example', { port: plain.port })).rejects.toMatchObject(failure);
  expect(requests).toBe(seen);
  await plain.close();
});
