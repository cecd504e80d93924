import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Config } from '#server/config.ts';
import type { Metrics } from './open-metrics.ts';

const hash = (text: string) => createHash('sha256').update(text).digest();

const answerTo = (request: Request, metrics: Metrics, token: string | null): Response | Promise<Response> => {
  const given = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  if (token !== null && !timingSafeEqual(hash(given), hash(token)))
    return new Response('Send Authorization: Bearer with the token of CORDBOARD_METRICS_TOKEN.\n', {
      status: 401,
      headers: { 'www-authenticate': 'Bearer', 'cache-control': 'no-store' },
    });
  return metrics
    .scrape()
    .then(
      ({ contentType, text }) =>
        new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } }),
    );
};

/**
 * `/metrics` on the server's own port, only behind a token. Where a port of their own was asked for they are
 * there instead (a token, if set, is asked for there too), and here is nothing, as where they are off.
 */
export const mountMetrics = (
  app: Hono,
  metrics: Metrics | null,
  { metricsPort, metricsToken }: Pick<Config, 'metricsPort' | 'metricsToken'>,
): void => {
  app.all('/metrics', (c) => {
    if (metrics === null || metricsPort !== null || metricsToken === null)
      return c.text('Metrics are not served here.\n', 404);
    return answerTo(c.req.raw, metrics, metricsToken);
  });
};

/** What the port of their own answers: metrics, and nothing else. */
export const metricsApp = (metrics: Metrics, metricsToken: string | null): Hono =>
  new Hono().get('/metrics', (c) => answerTo(c.req.raw, metrics, metricsToken));
