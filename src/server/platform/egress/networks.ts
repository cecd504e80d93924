import { isIP } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

export type Network = [IPv4 | IPv6, number];

/** An address in one of its plain forms; null for anything else, and for one with a zone (`fe80::1%eth0`). */
export const parseAddress = (text: string): IPv4 | IPv6 | null =>
  // The library also reads `127.1` and `0x7f000001`. Here such a thing is no address, but a name to be resolved.
  isIP(text) === 0 || text.includes('%') ? null : ipaddr.parse(text);

export const isWithin = (address: IPv4 | IPv6, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && (address as IPv6).match(network as IPv6, bits);

const parse = (text: string): Network => ipaddr.parseCIDR(text);

/** What may be listed: networks that belong to nobody in particular (RFC 1918, RFC 6598, RFC 4193). */
export const listable: readonly Network[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
].map(parse);

const bytesOf = ([address, bits]: Network): { byte: number; free: number }[] =>
  address.toByteArray().map((byte, at) => ({ byte, free: 8 - Math.min(8, Math.max(0, bits - at * 8)) }));
const hasHostBits = (network: Network) => bytesOf(network).some(({ byte, free }) => byte % 2 ** free !== 0);

/** What is wrong with a network as it is written, as the end of a sentence; null where nothing is. */
export const findNetworkFault = (text: string): string | null => {
  const [, written = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(written);
  if (address === null || Number(bits) > (address.kind() === 'ipv4' ? 32 : 128))
    return 'is no network in CIDR notation, such as 10.20.0.0/16';
  const network: Network = [address, Number(bits)];
  if (hasHostBits(network)) return 'has bits set beyond its prefix';
  const isPrivate = listable.some((whole) => network[1] >= whole[1] && isWithin(address, whole));
  return isPrivate
    ? null
    : 'is not within a private network (10/8, 172.16/12, 192.168/16, 100.64/10, fc00::/7)';
};

/** Networks that were found without fault. */
export const readNetworks = (texts: readonly string[]): Network[] => texts.map(parse);
