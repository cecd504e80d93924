import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { capConnections } from './connections.ts';

/** No network here reaches us from such addresses: the server is told of a connection as Node tells it. */
const socketFrom = (remoteAddress: string) =>
  Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });

test('an address counts as its network; behind NAT64 each counts by itself', () => {
  const refused: string[] = [];
  const server = createServer();
  capConnections(server, 1, (address) => void refused.push(address));
  const connect = (...addresses: string[]) =>
    addresses.forEach((address) => server.emit('connection', socketFrom(address)));
  connect(
    '64:ff9b::c633:6407',
    '64:ff9b::c633:6408',
    '2001:db8:1:2::1',
    '2001:db8:1:3::1',
    '::ffff:192.0.2.1',
  );
  expect(refused).toEqual([]);
  const again = ['64:ff9b::c633:6408', '2001:db8:1:2::9', '192.0.2.1'];
  connect(...again);
  expect(refused).toEqual(again);
});
