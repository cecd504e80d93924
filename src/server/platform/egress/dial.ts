import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { EgressError } from './egress-error.ts';
import { parseAddress } from './networks.ts';
import { isLiteral, type Target } from './read-target.ts';
import { limitTime } from './time-limit.ts';

export interface DialOptions {
  signal: AbortSignal;
  /** Until the address answers at all. */
  connectWithinMs?: number | undefined;
  /** PEM; instead of the authorities that Node trusts. */
  certificateAuthorities?: string | undefined;
}

const isSame = (one: string | undefined, other: string) =>
  one !== undefined && parseAddress(one)?.toString() === parseAddress(other)?.toString();

/** Waits for an event; the socket is gone when it does not come. */
const opened = async <S extends Socket>(socket: S, event: string, signal: AbortSignal): Promise<S> => {
  // Whoever waits is told; what comes between two who wait, or after it was broken off, must end nobody.
  socket.on('error', () => {});
  try {
    await once(socket, event, { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code !== 'ABORT_ERR'
    ? error.code
    : '';

const secure = async (
  socket: Socket,
  target: Target,
  { signal, certificateAuthorities }: DialOptions,
): Promise<Socket> => {
  const encrypted = connectTls({
    socket,
    host: target.host,
    // An address is no server name (RFC 6066); the certificate is then compared with `host`.
    ...(isLiteral(target) ? {} : { servername: target.host.replace(/\.$/, '') }),
    ...(certificateAuthorities === undefined ? {} : { ca: certificateAuthorities }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // Else NODE_TLS_REJECT_UNAUTHORIZED could turn it off.
    rejectUnauthorized: true,
  });
  try {
    return await opened(encrypted, 'secureConnect', signal);
  } catch (error) {
    socket.destroy();
    if (signal.aborted) throw error;
    const code = codeOf(error);
    throw new EgressError(
      'tls_failed',
      `No secure connection to ${target.place} could be made${code === '' ? '' : ` (${code})`}: its certificate is not valid for this name, is not trusted, or it does not speak TLS there.`,
    );
  }
};

/**
 * Connects to exactly this address, which has been judged: nothing is looked up any more. For https the peer
 * must hold a certificate for the target's name. No byte of a request is sent.
 */
export const dial = async (address: string, target: Target, options: DialOptions): Promise<Socket> => {
  const { signal, connectWithinMs } = options;
  const limit = connectWithinMs === undefined ? null : limitTime(connectWithinMs, signal);
  const socket = connect({ host: address, port: target.port, noDelay: true });
  try {
    await opened(socket, 'connect', limit?.signal ?? signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const code = codeOf(error);
    throw new EgressError(
      'unreachable',
      `Nothing answers at ${target.place}${code === '' ? '' : ` (${code})`}.`,
    );
  } finally {
    limit?.end();
  }
  if (!isSame(socket.remoteAddress, address)) {
    socket.destroy();
    throw new EgressError('forbidden_address', `The connection to ${target.place} led somewhere else.`);
  }
  return target.isSecure ? secure(socket, target, options) : socket;
};
