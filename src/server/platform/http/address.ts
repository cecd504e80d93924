import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import type { Config } from '#server/config.ts';

/**
 * As one host writes itself in one way alone: no port, brackets or zone, IPv6 in its shortest form, IPv4
 * never inside IPv6.
 */
export const normaliseAddress = (text: string): string | null => {
  if (isIPv4(text)) return text;
  const written = text.trim();
  // Some proxies append the port: `192.0.2.1:5678`, `[2001:db8::1]:5678`.
  const withoutPort =
    /^\[([^\]]*)\](?::\d+)?$/.exec(written)?.[1] ?? /^([\d.]+):\d+$/.exec(written)?.[1] ?? written;
  const [address = ''] = withoutPort.split('%');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1);
  return ipv4Within(shortest, /^::ffff:([\da-f]+):([\da-f]+)$/) ?? shortest;
};

const ipv4Within = (shortest: string, form: RegExp): string | null => {
  const parts = form
    .exec(shortest)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16));
  return parts === undefined ? null : parts.flatMap((part) => [part >> 8, part & 255]).join('.');
};

/** Whom a normalised address counts as: whoever holds one IPv6 address holds at least its /64. */
export const networkOf = (address: string): string => {
  if (!isIPv6(address)) return address;
  // Behind NAT64 all of IPv4 is within one /64 (RFC 6052): there each counts by itself.
  const translated = ipv4Within(address, /^64:ff9b::([\da-f]+):([\da-f]+)$/);
  if (translated !== null) return translated;
  const [head = '', tail] = address.split('::');
  const [first, last] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':'))) as [
    string[],
    string[],
  ];
  const zeros = tail === undefined ? [] : Array<string>(8 - first.length - last.length).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
};

/**
 * The address a request came from, normalised: the peer's, or, behind `trustedProxies` proxies that each
 * append to X-Forwarded-For, the one that many from its end. What a client writes there itself is never
 * believed; where the proxy wrote no address, its own is the one that is known.
 */
export const peerAddress = (
  request: Request,
  env: unknown,
  { trustedProxies }: Pick<Config, 'trustedProxies'>,
): string | null => {
  const peer = (env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket.remoteAddress;
  const forwarded =
    trustedProxies === 0 ? undefined : request.headers.get('x-forwarded-for')?.split(',').at(-trustedProxies);
  const address = forwarded === undefined ? null : normaliseAddress(forwarded);
  return address ?? normaliseAddress(peer ?? '');
};
