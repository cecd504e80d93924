import { expect, test } from 'vitest';
import { networkOf, normaliseAddress, peerAddress } from './address.ts';

const from = (trustedProxies: number, forwarded?: string, remoteAddress: string | undefined = '192.0.2.1') =>
  peerAddress(
    new Request('http://cordboard.test/', {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }),
    { incoming: { socket: { remoteAddress } } },
    { trustedProxies },
  );

test('what a client writes into X-Forwarded-For is not believed', () => {
  expect(from(0, '203.0.113.9')).toBe('192.0.2.1');
  expect(from(1, '203.0.113.9, 198.51.100.7')).toBe('198.51.100.7');
  expect(from(2, '203.0.113.9, 198.51.100.7, 198.51.100.8')).toBe('198.51.100.7');
});

test('where the proxies sent no address, the peer is the address', () => {
  expect(from(1)).toBe('192.0.2.1');
  expect(from(1, ' ')).toBe('192.0.2.1');
  expect(from(1, 'unknown')).toBe('192.0.2.1');
  expect(from(3, '203.0.113.9')).toBe('192.0.2.1');
});

test('one host has one address, however it is written', () => {
  const spellings = {
    '198.51.100.7': [
      '198.51.100.7',
      ' 198.51.100.7 ',
      '198.51.100.7:5678',
      '::ffff:198.51.100.7',
      '::FFFF:c633:6407',
      '[::ffff:198.51.100.7]:80',
    ],
    '2001:db8::1': [
      '2001:db8::1',
      '2001:DB8::1',
      '2001:0db8:0:0:0:0:0:1',
      '[2001:db8::1]',
      '[2001:db8:0::1]:5678',
      '2001:db8::1%eth0',
    ],
    '::1': ['::1', '0:0:0:0:0:0:0:1', '[::1]:80'],
    'fe80::1': ['fe80::1%lo', 'FE80:0::1'],
    '0.0.3.4': ['::ffff:0.0.3.4'],
  };
  for (const [address, written] of Object.entries(spellings))
    for (const text of written) {
      expect(normaliseAddress(text)).toBe(address);
      expect(from(1, `203.0.113.9, ${text}`)).toBe(address);
    }
  expect(from(0, undefined, '::ffff:192.0.2.9')).toBe('192.0.2.9');
  for (const text of [
    '',
    'unknown',
    '1.2.3',
    '01.2.3.4',
    '1.2.3.4:',
    '[1::2',
    '::1::',
    'host.example',
    '1:2',
  ])
    expect(normaliseAddress(text)).toBeNull();
});

test('IPv6 counts by its /64, IPv4 by itself, also where it is translated', () => {
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
  for (const address of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:2:3:4:5:6'])
    expect(networkOf(address)).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('64:ff9b::c633:6407')).toBe('198.51.100.7');
});
