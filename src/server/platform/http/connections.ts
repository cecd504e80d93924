import { BlockList, isIP, type Server, type Socket } from 'node:net';
import { networkOf, normaliseAddress } from './address.ts';

/*
 * The promise: no single address takes all the connections there are files for. Not counted: this machine
 * itself, where a proxy or a telephony runtime may stand for everybody.
 */

const thisMachine = new BlockList();
thisMachine.addSubnet('127.0.0.0', 8);
thisMachine.addAddress('::1', 'ipv6');

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Ends every connection beyond so many of one address at once; `onRefused` is told of each. */
export const capConnections = (
  server: Server,
  atMost: number,
  onRefused: (address: string) => void,
): void => {
  const held = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    // Gone already.
    if (address === undefined || thisMachine.check(address, familyOf(address))) return;
    const holder = networkOf(normaliseAddress(address) ?? address);
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
