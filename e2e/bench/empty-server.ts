import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What deciding is measured against: node:http that takes the request and answers nothing. */
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end());
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));
