import { once } from 'node:events';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createEgress, type Egress } from '#server/platform/egress/egress.ts';
import { EgressError } from '#server/platform/egress/egress-error.ts';
import { forbiddenSpellings, spellingsOf } from '#server/testing/address-spellings.ts';
import { count, type Proof } from '../proof.ts';

/** Counts whoever connects to any address of this machine, and answers in HTTP. */
const listen = async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    // Read to its end, or it never closes.
    socket.on('error', () => {}).resume();
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
  });
  // Of both families: all that this machine is reached by.
  server.listen(0, '::');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
};

/** `answered`, or why it was not. */
const outcomeOf = async (egress: Egress, url: string): Promise<string> => {
  try {
    await egress.request({ url, method: 'GET', headers: {}, timeoutMs: 2000, maxBytes: 1024 });
    return 'answered';
  } catch (error) {
    return error instanceof EgressError ? error.code : String(error);
  }
};

const hostOf = (spelling: string) => new URL(`https://${spelling}/`).hostname;
const bare = (host: string) => host.replaceAll(/[[\]]/g, '');
const isPlainLoopback = (spelling: string) => /^(?:127\.|\[::1\]$)/.test(hostOf(spelling));

/** This machine's own addresses, but those that belong to the open Internet. */
const ownSpellings = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .flatMap(({ family, address }) => (family === 'IPv4' ? spellingsOf(address) : [`[${address}]`]))
    .filter((spelling) =>
      /^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.|^\[(?:f[cde]|::1)/.test(hostOf(spelling)),
    );

/** A guard that reads the name as it is written, and lets the rest be looked up. */
const askByName = async (spelling: string, port: number): Promise<void> => {
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(spelling)) return;
  const asking = get(`http://${spelling}:${port}/`, { timeout: 1000 })
    .on('timeout', () => asking.destroy())
    .on('error', () => {});
  await once(asking, 'close').catch(() => {});
};

/** However an address of this machine, its networks or its cloud is spelled, no connection reaches it. */
export const egress: Proof = async (report) => {
  const listener = await listen();
  const { port, connections } = listener;
  const safe = createEgress({ allowedNetworks: [], allowLoopback: false });
  const unsafe = createEgress({ allowedNetworks: [], allowLoopback: true });
  const named = (spelling: string) =>
    createEgress({
      allowedNetworks: [],
      allowLoopback: false,
      resolve: async () => [bare(hostOf(spelling))],
    });
  const spellings = [...new Set([...forbiddenSpellings, ...ownSpellings()])];
  const beyondLoopback = spellings.filter((spelling) => !isPlainLoopback(spelling));

  const attempt = async (
    transport: string,
    tried: readonly string[],
    ask: (spelling: string) => Promise<string>,
    expected: string,
  ) => {
    const before = connections();
    const others: string[] = [];
    for (const spelling of tried) {
      const outcome = await ask(spelling);
      if (outcome !== expected) others.push(`${spelling}: ${outcome}`);
    }
    const reached = connections() - before;
    report.check(
      `${count(tried.length)} spellings of forbidden addresses ${transport}: none is reached`,
      reached === 0 && others.length === 0,
      others.length === 0 ? `${reached} connections, all ${expected}` : others.slice(0, 5).join(', '),
    );
  };

  try {
    await attempt(
      'over https',
      spellings,
      (each) => outcomeOf(safe, `https://${each}:${port}/`),
      'forbidden_address',
    );
    await attempt('over http', spellings, (each) => outcomeOf(safe, `http://${each}:${port}/`), 'not_https');
    await attempt(
      'over http, where loopback is open',
      beyondLoopback,
      (each) => outcomeOf(unsafe, `http://${each}:${port}/`),
      'forbidden_address',
    );
    await attempt(
      'as what a name has for its address',
      spellings,
      (each) => outcomeOf(named(each), `https://api.example:${port}/`),
      'forbidden_address',
    );

    const before = connections();
    const answered = await outcomeOf(unsafe, `http://127.1:${port}/`);
    report.check(
      'an allowed peer is reached',
      answered === 'answered' && connections() === before + 1,
      `${answered}, ${connections() - before} connection`,
    );

    const beforeNaive = connections();
    for (const spelling of ['127.0.0.1', '0.0.0.0'].flatMap(spellingsOf)) await askByName(spelling, port);
    report.control('a guard that judges the name alone', connections() > beforeNaive);
  } finally {
    await listener.close();
  }
};
