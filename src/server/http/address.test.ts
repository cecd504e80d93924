import { expect, test } from 'vitest';
import { peerAddress } from './address.ts';

const from = (trustedProxies: number, forwarded?: string) =>
  peerAddress(
    new Request('http://cordboard.test/', { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }),
    { incoming: { socket: { remoteAddress: '192.0.2.1' } } },
    { trustedProxies },
  );

test('what a client writes into X-Forwarded-For is not believed', () => {
  expect(from(0, '203.0.113.9')).toBe('192.0.2.1');
  expect(from(1, '203.0.113.9, 198.51.100.7')).toBe('198.51.100.7');
  expect(from(2, '203.0.113.9, 198.51.100.7, 198.51.100.8')).toBe('198.51.100.7');
});

test('where the proxies sent nothing, the peer is the address', () => {
  expect(from(1)).toBe('192.0.2.1');
  expect(from(1, ' ')).toBe('192.0.2.1');
  expect(from(3, '203.0.113.9')).toBe('192.0.2.1');
});
