import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { forbiddenSpellings } from '#server/testing/address-spellings.ts';
import { createAddressJudge } from './judge-address.ts';

const judge = createAddressJudge({ allowedNetworks: [], allowLoopback: false });
const isAllowed = (address: string) => judge(address).isAllowed;
const hostOf = (spelling: string) => new URL(`https://${spelling}/`).hostname.replaceAll(/[[\]]/g, '');

test('of five hundred spellings of forbidden addresses none is allowed', () => {
  expect(forbiddenSpellings.length).toBeGreaterThan(500);
  expect(forbiddenSpellings.filter((spelling) => isAllowed(hostOf(spelling)))).toEqual([]);
});

test.for(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111'])(
  'the open Internet is allowed: %s',
  (address) => {
    expect(judge(address)).toEqual({ isAllowed: true, isPublic: true });
  },
);

test('an IPv4 address behind NAT64 or in mapped form is judged by itself', () => {
  expect(judge('64:ff9b::8.8.8.8')).toEqual({ isAllowed: true, isPublic: true });
  expect(judge('::ffff:8.8.8.8')).toEqual({ isAllowed: true, isPublic: true });
  expect(judge('64:ff9b::127.0.0.1')).toEqual({ isAllowed: false, why: 'is this machine itself' });
});

test.for([
  '',
  'localhost',
  '127.1',
  '0x7f.1',
  '2130706433',
  '1.2.3.4/32',
  'fe80::1%eth0',
  '8.8.8.8%1',
  ' 8.8.8.8',
])('what is no plain address is not allowed: %j', (text) => {
  expect(isAllowed(text)).toBe(false);
});

test('a private network is allowed where it is listed, and said to be private where not', () => {
  const listed = createAddressJudge({
    allowedNetworks: ['10.20.0.0/16', '100.64.0.0/10', 'fd00::/8'],
    allowLoopback: false,
  });
  for (const address of ['10.20.0.1', '10.20.255.255', '100.64.0.1', 'fd12::1'])
    expect(listed(address), address).toEqual({ isAllowed: true, isPublic: false });
  for (const address of ['10.21.0.1', '192.168.0.1', 'fc00::1'])
    expect(listed(address), address).toEqual({
      isAllowed: false,
      why: 'is private, and in no network of CORDBOARD_EGRESS_NETWORKS',
    });
  // No list opens metadata, nor a detour to what it lists.
  for (const address of [
    '100.100.100.200',
    'fd00:ec2::254',
    'fd20:ce::254',
    '::ffff:10.20.0.1',
    '64:ff9b::10.20.0.1',
    '2002:0a14:1::1',
    '::10.20.0.1',
    '127.0.0.1',
    '169.254.169.254',
  ])
    expect(listed(address).isAllowed, address).toBe(false);
});

test('loopback is allowed by the switch for tests, and nothing else with it', () => {
  const unsafe = createAddressJudge({ allowedNetworks: [], allowLoopback: true });
  for (const address of ['127.0.0.1', '127.9.9.9', '::1'])
    expect(unsafe(address), address).toEqual({ isAllowed: true, isPublic: false });
  for (const address of [
    '0.0.0.0',
    '::',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '10.0.0.1',
    '169.254.169.254',
  ])
    expect(unsafe(address).isAllowed, address).toBe(false);
});

test('this machine is not reached by its own ordinary addresses either, whatever is listed', () => {
  let own = ['127.0.0.1', '8.8.4.4', '10.20.0.7', 'fe80::1%eth0', '2606:4700::7'];
  const judgeHere = createAddressJudge({
    allowedNetworks: ['10.20.0.0/16'],
    allowLoopback: true,
    findOwnAddresses: () => own,
  });
  for (const address of ['8.8.4.4', '::ffff:8.8.4.4', '10.20.0.7', '2606:4700:0::0007'])
    expect(judgeHere(address), address).toEqual({ isAllowed: false, why: 'is this machine itself' });
  for (const address of ['8.8.8.8', '10.20.0.8', '2606:4700::8', '127.0.0.1'])
    expect(judgeHere(address).isAllowed, address).toBe(true);
  // An address that it no longer has is another machine's.
  own = [];
  expect(judgeHere('8.8.4.4').isAllowed).toBe(true);
});

test('by default it knows its own addresses', () => {
  const [own] = Object.values(networkInterfaces()).flatMap((card) =>
    (card ?? []).flatMap(({ address, internal }) => (internal ? [] : [address])),
  );
  if (own !== undefined) expect(isAllowed(own)).toBe(false);
});
