import type { Hono } from 'hono';
import type { Database } from '#server/platform/db/database.ts';

const PROBE_KEPT_MS = 250;

/** Anybody may ask, as often as they like: the database is asked once for all of them. */
const shareProbe = (database: Database): (() => Promise<boolean>) => {
  let probe: Promise<boolean> | null = null;
  const forgetSoon = () => void setTimeout(() => (probe = null), PROBE_KEPT_MS).unref();
  return () => (probe ??= database.isReachable().finally(forgetSoon));
};

/**
 * `/healthz`: the process answers. `/readyz`: the database is reached and migrated (it is never opened
 * unmigrated).
 */
export const mountHealth = (app: Hono, database: Database): void => {
  const isReachable = shareProbe(database);
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) =>
    (await isReachable())
      ? c.json({ status: 'ready' })
      : c.json({ status: 'database unavailable' }, 503, { 'retry-after': '1' }),
  );
};
