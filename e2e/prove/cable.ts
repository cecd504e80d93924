import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/**
 * The line between a server and its database, to be cut: whatever is on its way is lost, and nobody answers.
 */
export interface Cable {
  /** The database's address by way of this cable. */
  url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
  /**
   * Whether notifications get lost on the way, while all else passes: what a pooler in transaction mode does.
   */
  deafen(isDeaf: boolean): void;
  /** Where connections that are made from now on lead. */
  leadTo(databaseUrl: string): void;
}

const NOTIFICATION = 'A'.charCodeAt(0);

/** What the database says, message by message, without its notifications while `isDeaf` says so. */
const sieve = (isDeaf: () => boolean) => {
  let rest: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(data: Buffer, _, done) {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 5 && rest.length >= 1 + rest.readInt32BE(1)) {
        const message = rest.subarray(0, 1 + rest.readInt32BE(1));
        rest = rest.subarray(message.length);
        if (message[0] !== NOTIFICATION || !isDeaf()) this.push(message);
      }
      done();
    },
  });
};

const targetOf = (databaseUrl: string) => {
  const { hostname, port } = new URL(databaseUrl);
  return { host: hostname, port: Number(port || 5432) };
};

export const layCable = async (databaseUrl: string): Promise<Cable> => {
  let target = targetOf(databaseUrl);
  let isDeaf = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target);
    near.pipe(far);
    far.pipe(sieve(() => isDeaf)).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: async () => {
      await listen(port);
    },
    deafen: (value) => void (isDeaf = value),
    leadTo: (to) => void (target = targetOf(to)),
  };
};
