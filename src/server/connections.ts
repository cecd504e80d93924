import { BlockList, isIP, type Server, type Socket } from 'node:net';

/**
 * The promise: no single address takes all the connections there are files for. Not counted: this machine itself, where
 * a proxy or a telephony runtime may stand for everybody.
 */
const thisMachine = new BlockList();
thisMachine.addSubnet('127.0.0.0', 8);
thisMachine.addAddress('::1', 'ipv6');

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

// Whoever has one IPv6 address has the 2^64 beside it.
const holderOf = (address: string): string => {
  const ipv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::', 2);
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : Math.max(8 - before.length - after.length, 0);
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after].slice(0, 4).join(':');
};

/** Ends every connection beyond so many of one address at once; `onRefused` is told of each. */
export const capConnections = (server: Server, atMost: number, onRefused: (address: string) => void): void => {
  const held = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    // Gone already.
    if (address === undefined || thisMachine.check(address, familyOf(address))) return;
    const holder = holderOf(address);
    const count = (held.get(holder) ?? 0) + 1;
    if (count > atMost) {
      socket.destroy();
      onRefused(address);
      return;
    }
    held.set(holder, count);
    socket.once('close', () => {
      const left = (held.get(holder) ?? 1) - 1;
      if (left === 0) held.delete(holder);
      else held.set(holder, left);
    });
  });
};
