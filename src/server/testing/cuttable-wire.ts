import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** A wire between the pool and the database that can be cut. */
export const openWire = async (path: string) => {
  const sockets = new Set<Socket>();
  let cutBefore: string | undefined;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const accept = (near: Socket) => {
    const far = connect(path);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket) && cut());
    }
    near.on('data', (data) => (cutBefore !== undefined && data.includes(cutBefore) ? cut() : far.write(data)));
    far.on('data', (data) => near.write(data));
  };
  let server: Server = createServer(accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    port,
    cut,
    cutBefore: (text: string | undefined) => void (cutBefore = text),
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
    open: async () => {
      server = createServer(accept).listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
};
