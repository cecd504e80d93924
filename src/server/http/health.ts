import type { Hono } from 'hono';
import type { Database } from '#server/db/database.ts';

/** `/healthz`: the process answers. `/readyz`: the database is reached and migrated (it is never opened unmigrated). */
export const mountHealth = (app: Hono, database: Database): void => {
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) =>
    (await database.isReachable()) ? c.json({ status: 'ready' }) : c.json({ status: 'database unavailable' }, 503, { 'retry-after': '1' }),
  );
};
