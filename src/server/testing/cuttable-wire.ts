import { createServer, connect, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { frames, frameType } from '#server/platform/db/embedded/wire-frames.ts';

// What these databases say comes in whole messages, for it is short.
const withoutNotifications = (said: Buffer): Buffer =>
  Buffer.concat([...frames(said)].filter((frame) => frameType(frame) !== 'A'));

/**
 * A wire between the pool and the database that can be cut, hold back all that is said, or lose notifications
 * alone.
 */
export const openWire = async (target: NetConnectOpts) => {
  let asked = 0;
  let isHeld = false;
  let isDeaf = false;
  const sockets = new Set<Socket>();
  const letGo = new Set<() => void>();
  let cutBefore: string | undefined;
  let cutAfter: string | undefined;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const accept = (near: Socket) => {
    const far = connect(target);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket) && other.destroy());
    }
    const held: Buffer[] = [];
    const flush = () => {
      const said = Buffer.concat(held);
      held.length = 0;
      if (said.length > 0) near.write(isDeaf ? withoutNotifications(said) : said);
    };
    letGo.add(flush);
    near.on('close', () => letGo.delete(flush));
    let isAnswerUnwanted = false;
    near.on('data', (data) => {
      asked += 1;
      if (cutBefore !== undefined && data.includes(cutBefore)) return cut();
      isAnswerUnwanted = cutAfter !== undefined && data.includes(cutAfter);
      far.write(data);
    });
    far.on('data', (data) => {
      if (isAnswerUnwanted) return cut();
      held.push(data);
      if (!isHeld) flush();
    });
  };
  let server: Server = createServer(accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    port,
    cut,
    /** Questions arrive, answers do not until it is let go. */
    hold: (value: boolean) => {
      isHeld = value;
      if (!isHeld) for (const flush of letGo) flush();
    },
    deafen: (value: boolean) => void (isDeaf = value),
    /** How often something was asked. */
    asked: () => asked,
    connections: () => sockets.size / 2,
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
