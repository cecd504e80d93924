import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Server } from 'node:http';
import type { App } from './app.ts';
import type { Config } from './config.ts';
import { capConnections } from '#server/platform/http/connections.ts';
import { keepSlowSenders } from '#server/platform/http/slow-senders.ts';
import { isOpenEnded } from '#server/platform/changes/open-ended.ts';

export interface Serving {
  /** Where it listens, as a browser on this machine writes it. */
  url: URL;
  /**
   * Stops accepting, lets what is in flight be answered, ends event streams; what is left after `withinMs` is
   * cut.
   */
  close: (withinMs: number) => Promise<void>;
}

/** Said to whoever started the program; nothing is wrong with the code. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

interface Address {
  host: string;
  port: number;
  /** What chose the port, to be named where it cannot be had. */
  variable?: string;
}

const listen = (server: Server, { port, host, variable = 'PORT' }: Address): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new AddressRefused(
            `Port ${port} on ${host} is taken. Stop what uses it, or choose another: ${variable}=${port + 1}.`,
          ),
        );
      else if (error.code === 'EACCES')
        reject(
          new AddressRefused(
            `Port ${port} may not be opened by this user. Choose one above 1023 with ${variable}.`,
          ),
        );
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
        reject(new AddressRefused(`HOST=${host} is no address of this machine.`));
      else reject(error);
    });
    server.listen(port, host, resolve);
  });

const urlOf = (host: string, port: number): URL => {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return new URL(`http://${name.includes(':') ? `[${name}]` : name}:${port}`);
};

/** How long a request may take to arrive, in milliseconds. Who is slower is cut off, within the interval. */
const patience = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 1000 };

interface ServeOptions extends Address, Pick<Config, 'connectionsPerAddress' | 'trustedProxies'> {
  /** Told of each connection that is refused because its address has too many. */
  onRefused?: (address: string) => void;
  patience?: Partial<typeof patience>;
}

/** Gives the app a port. */
export const serve = async (app: Pick<App, 'hono'>, options: ServeOptions): Promise<Serving> => {
  const { host, connectionsPerAddress, trustedProxies, onRefused = () => {} } = options;
  const streams = new Set<ServerResponse>();
  let closing = false;
  const answer = async (request: Request, env: HttpBindings): Promise<Response> => {
    const response = await app.hono.fetch(request, env);
    if (closing) response.headers.set('connection', 'close');
    if (isOpenEnded(response)) {
      streams.add(env.outgoing);
      env.outgoing.once('close', () => streams.delete(env.outgoing));
    }
    return response;
  };
  const server = createAdaptorServer({
    fetch: (request, env) => answer(request, env as HttpBindings),
    serverOptions: { ...patience, ...options.patience, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
  }) as Server;
  keepSlowSenders(server);
  // Behind a proxy, its address is everybody's.
  if (trustedProxies === 0) capConnections(server, connectionsPerAddress, onRefused);
  await listen(server, options);

  return {
    url: urlOf(host, (server.address() as AddressInfo).port),
    close: (withinMs) =>
      new Promise((resolve) => {
        closing = true;
        const idle = setInterval(() => server.closeIdleConnections(), 50);
        const late = setTimeout(() => server.closeAllConnections(), withinMs);
        server.close(() => {
          clearInterval(idle);
          clearTimeout(late);
          resolve();
        });
        for (const stream of streams) stream.destroy();
      }),
  };
};
