import { networkInterfaces } from 'node:os';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';
import { isWithin, listable, parseAddress, readNetworks, type Network } from './networks.ts';

/*
 * Which addresses the server may speak to: those of the open Internet, and the private networks that whoever
 * runs it has listed. Never this machine, its link, or where clouds keep the credentials of their machines,
 * however that is spelled.
 */

/** Where machines ask their cloud who they are. The first is link-local, which no list opens either. */
const metadata = readNetworks([
  '169.254.169.254/32',
  '168.63.129.16/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
]);
const globalUnicast: Network = ipaddr.parseCIDR('2000::/3');
const nat64: Network = ipaddr.parseCIDR('64:ff9b::/96');
const mapped: Network = ipaddr.parseCIDR('::ffff:0:0/96');

export type Verdict =
  | { isAllowed: true; isPublic: boolean }
  /** The end of a sentence about the address. */
  | { isAllowed: false; why: string };

export interface AddressRules {
  /** CIDR, each without a fault by `findNetworkFault`. */
  allowedNetworks: readonly string[];
  allowLoopback: boolean;
  /** All addresses of this machine, as they are at that moment; by default as its network cards have them. */
  findOwnAddresses?: () => readonly string[];
}

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((card) => (card ?? []).map(({ address }) => address));

const isSame = (one: IPv4 | IPv6, other: IPv4 | IPv6 | null): boolean => one.toString() === other?.toString();

const never = (what: string): Verdict => ({ isAllowed: false, why: `is ${what}` });

const words: Record<string, string> = {
  loopback: 'this machine itself',
  linkLocal: 'on the local link',
  multicast: 'a multicast address',
  broadcast: 'a broadcast address',
  unspecified: 'no particular address',
};

const embeddedIn = (address: IPv6): IPv4 => ipaddr.fromByteArray(address.toByteArray().slice(12)) as IPv4;

/** Judges addresses as a resolver answers them, or as a URL's host writes them once it is parsed. */
export const createAddressJudge = ({
  allowedNetworks,
  allowLoopback,
  findOwnAddresses = ownAddresses,
}: AddressRules) => {
  const networks = readNetworks(allowedNetworks);
  const isOwn = (address: IPv4 | IPv6) =>
    findOwnAddresses().some((text) => isSame(address, parseAddress(text.replace(/%.*/, ''))));

  const judgePlain = (address: IPv4 | IPv6): Verdict => {
    const range = address.range();
    if (metadata.some((each) => isWithin(address, each))) return never('a cloud’s metadata address');
    if (range === 'loopback' && allowLoopback) return { isAllowed: true, isPublic: false };
    // What listens here on every address would be found at an ordinary one, too.
    if (isOwn(address)) return never('this machine itself');
    if (networks.some((each) => isWithin(address, each))) return { isAllowed: true, isPublic: false };
    if (listable.some((each) => isWithin(address, each)))
      return never('private, and in no network of CORDBOARD_EGRESS_NETWORKS');
    const isPublic = range === 'unicast' && (address.kind() === 'ipv4' || isWithin(address, globalUnicast));
    return isPublic ? { isAllowed: true, isPublic } : never(words[range] ?? 'reserved');
  };

  return (text: string): Verdict => {
    const address = parseAddress(text);
    if (address === null) return never('not written as an address is');
    // Behind NAT64 and in mapped form an IPv4 address is meant. No list opens what is reached by such a detour.
    if (isWithin(address, nat64) || isWithin(address, mapped)) {
      const verdict = judgePlain(embeddedIn(address as IPv6));
      return verdict.isAllowed && !verdict.isPublic ? never('a private address within another') : verdict;
    }
    // 6to4, Teredo and the like lie in ranges of their own, and IPv4-compatible ones outside of global unicast.
    return judgePlain(address);
  };
};
