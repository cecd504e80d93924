import {
  request,
  validateHeaderName,
  validateHeaderValue,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import type { Socket } from 'node:net';
import { EgressError, type EgressCode } from './egress-error.ts';
import type { Target } from './read-target.ts';
import { unlessAborted } from './time-limit.ts';

const MAX_HEADER_BYTES = 32 * 1024;

export interface Outgoing {
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Buffer | undefined;
  /** Of the body of the answer. */
  maxBytes: number;
}

/** Names in lower case; of several lines of one name the values are joined by commas. */
export interface EgressAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

const failed = (code: EgressCode, message: string) =>
  new EgressError(code, message, { mayHaveArrived: true });

const notHttp = ({ place }: Target) => failed('not_http', `What ${place} answers is not HTTP.`);
const brokeOff = ({ place }: Target) => failed('dropped', `${place} broke off before it had answered.`);

const tooLarge = ({ place }: Target, what: string) =>
  failed('too_large', `The answer of ${place} is too large: ${what}.`);

const readBody = async (answer: IncomingMessage, target: Target, maxBytes: number): Promise<Buffer> => {
  const limit = `more than ${Math.floor(maxBytes / 1024)} KiB`;
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(target, limit);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(target, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const nameFailure = (error: unknown, target: Target): EgressError => {
  if (error instanceof EgressError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'HPE_HEADER_OVERFLOW') return tooLarge(target, 'its headers');
  if (code.startsWith('HPE_')) return notHttp(target);
  return brokeOff(target);
};

// Set here: beside another of its kind, one would be believed by some and the other by others.
const ours = new Set([
  'host',
  'connection',
  'accept-encoding',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/** Refuses what Node would, before anybody is asked: its message would not name what is wrong in our words. */
export const checkHeaders = (headers: Outgoing['headers']): void => {
  for (const [name, value] of Object.entries(headers)) {
    if (ours.has(name.toLowerCase()))
      throw new EgressError('invalid_header', `The header ${name} is not for the caller to set.`);
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw new EgressError('invalid_header', `The header ${name} holds characters that cannot be sent.`);
    }
  }
};

const begin = (socket: Socket, target: Target, { method, headers, body }: Outgoing): ClientRequest =>
  request({
    createConnection: () => socket,
    method,
    path: target.path,
    setHost: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Else --insecure-http-parser could loosen it.
    insecureHTTPParser: false,
    headers: {
      ...headers,
      host: target.authority,
      connection: 'close',
      'accept-encoding': 'identity',
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
  });

/** Settles on all that may come instead of an answer: a change of protocol is neither one nor an error. */
const answerTo = (asking: ClientRequest, target: Target, body: Outgoing['body']): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    asking
      .on('response', resolve)
      .on('upgrade', () => reject(notHttp(target)))
      .on('error', reject)
      .on('close', () => reject(brokeOff(target)))
      .end(body);
  });

/** Asks once on this connection, which is closed afterwards whatever comes of it. Redirects are answers. */
export const exchange = async (
  socket: Socket,
  target: Target,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<EgressAnswer> => {
  const cut = () => socket.destroy();
  signal.addEventListener('abort', cut);
  try {
    // It may have come before anybody listened.
    signal.throwIfAborted();
    const asking = begin(socket, target, outgoing);
    // The limit holds whatever becomes of the socket.
    const answer = await unlessAborted(answerTo(asking, target, outgoing.body), signal);
    const body = await unlessAborted(readBody(answer, target, outgoing.maxBytes), signal);
    return {
      status: answer.statusCode ?? 0,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
      ),
      body,
    };
  } catch (error) {
    throw nameFailure(error, target);
  } finally {
    signal.removeEventListener('abort', cut);
    socket.destroy();
  }
};
