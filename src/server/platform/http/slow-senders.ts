import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/*
 * Node cuts off whoever has not sent a request within a time, which is the same for all. A file takes as long
 * as its sender's line needs, and whoever reads it says itself when it has waited long enough.
 */

const allowed = new WeakSet<object>();

/** Lets the request that comes with `env` take its time; call what is returned once it has been read. */
export const allowSlowSender = (env: unknown): (() => void) => {
  const socket = (env as { incoming?: { socket?: object } } | undefined)?.incoming?.socket;
  if (socket === undefined) return () => {};
  allowed.add(socket);
  return () => void allowed.delete(socket);
};

const statusOf = (code: string | undefined): string => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW' ? '413 Payload Too Large' : '400 Bad Request';
};

/** Makes a server patient with those senders, and with nobody else. */
export const keepSlowSenders = (server: Server): void => {
  server.on('clientError', (error: NodeJS.ErrnoException, given) => {
    const socket = given as Socket & { _httpMessage?: ServerResponse | null };
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && allowed.has(socket)) return;
    // As Node does where nobody listens: no second answer within one that has begun.
    if (socket.writable && socket._httpMessage?.headersSent !== true)
      socket.write(`HTTP/1.1 ${statusOf(error.code)}\r\nConnection: close\r\n\r\n`);
    socket.destroySoon();
  });
};
