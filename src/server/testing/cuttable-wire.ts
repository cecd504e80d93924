import { createServer, connect, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** A wire between the pool and the database that can be cut. */
export const openWire = async (database: NetConnectOpts) => {
  const sockets = new Set<Socket>();
  let cutBefore: string | undefined;
  let cutAfter: string | undefined;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const accept = (near: Socket) => {
    const far = connect(database);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket) && cut());
    }
    let isAnswerUnwanted = false;
    near.on('data', (data) => {
      if (cutBefore !== undefined && data.includes(cutBefore)) return cut();
      isAnswerUnwanted = cutAfter !== undefined && data.includes(cutAfter);
      far.write(data);
    });
    far.on('data', (data) => (isAnswerUnwanted ? cut() : near.write(data)));
  };
  let server: Server = createServer(accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    port,
    cut,
    /** What holds this text never arrives. */
    cutBefore: (text: string | undefined) => void (cutBefore = text),
    /** What holds this text arrives and is done; its answer does not come. */
    cutAfter: (text: string | undefined) => void (cutAfter = text),
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
