import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createServer as createRaw, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LocalServer {
  port: number;
  /** How many connections have reached it. */
  connections: () => number;
  close: () => Promise<void>;
}

const opened = async (server: Server, host: string, port: number): Promise<LocalServer> => {
  let connections = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

interface Place {
  host?: string;
  port?: number;
}

export const servePlain = (answer: RequestListener, { host = '127.0.0.1', port = 0 }: Place = {}) =>
  opened(createPlain(answer), host, port);

/** For what no HTTP server would do. */
export const serveRaw = (accept: (socket: Socket) => void, { host = '127.0.0.1', port = 0 }: Place = {}) =>
  opened(createRaw(accept), host, port);

export interface Certificate {
  key: string;
  cert: string;
}

export const serveSecure = (
  certificate: Certificate,
  answer: RequestListener,
  { host = '127.0.0.1', port = 0 }: Place = {},
) => opened(createSecure(certificate, answer), host, port);

const SELF_SIGNED =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=stand-in'.split(' ');

/** A certificate that signs itself, for these names (`DNS:api.example`, `IP:127.0.0.1`). */
export const makeCertificate = (names: readonly string[]): Certificate => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const named = ['-addext', `subjectAltName=${names.join(',')}`, '-keyout', key, '-out', cert];
    execFileSync('openssl', [...SELF_SIGNED, ...named], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
