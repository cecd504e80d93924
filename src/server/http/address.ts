import type { IncomingMessage } from 'node:http';
import type { Config } from '#server/config.ts';

/**
 * The address a request came from: the peer's, or, behind `trustedProxies` proxies that each append to
 * X-Forwarded-For, the one that many from its end. What a client writes there itself is never believed.
 */
export const peerAddress = (request: Request, env: unknown, { trustedProxies }: Pick<Config, 'trustedProxies'>): string | null => {
  const peer = (env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket.remoteAddress ?? null;
  if (trustedProxies === 0) return peer;
  const forwarded = request.headers.get('x-forwarded-for')?.split(',') ?? [];
  return forwarded.at(-trustedProxies)?.trim() || peer;
};
