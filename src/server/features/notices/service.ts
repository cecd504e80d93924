import type { Notice } from '#contract/notices.ts';
import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import { selectRecentNotices, upsertNotice } from './store.ts';

interface Dependencies {
  config: Pick<Config, 'trustedProxies'>;
  database: Database;
  log: Log;
}

const HOUR_MS = 60 * 60_000;

const words: Record<Notice['code'], Pick<Notice, 'title' | 'detail'>> = {
  forwarded_for_not_trusted: {
    title: 'X-Forwarded-For arrives, but no proxy is trusted',
    detail:
      'If Cordboard is behind a proxy, everybody has the proxy’s address: sign-ins are limited together, and Activity cannot tell who came from where. ' +
      'Set CORDBOARD_TRUSTED_PROXY to the number of proxies that append to the header, and restart. ' +
      'If there is no proxy, somebody sends the header of their own accord, and it is not believed.',
  },
};

/**
 * What is wrong with the installation as it runs: told in the log, hourly at most, and to admins in the
 * console.
 */
export const createNoticesService = ({ config, database, log }: Dependencies) => {
  let quietUntil = 0;

  return {
    /** Looks at each request, and costs it nothing to speak of. */
    watchForwardedFor(request: Request): void {
      if (
        config.trustedProxies > 0 ||
        performance.now() < quietUntil ||
        !request.headers.has('x-forwarded-for')
      )
        return;
      quietUntil = performance.now() + HOUR_MS;
      log.warn(
        {},
        'X-Forwarded-For arrives, but no proxy is trusted: behind a proxy, set CORDBOARD_TRUSTED_PROXY',
      );
      upsertNotice(database, 'forwarded_for_not_trusted').catch((error: unknown) =>
        log.error({ err: error }, 'a notice could not be kept'),
      );
    },

    async listNotices(): Promise<{ notices: Notice[] }> {
      const rows = config.trustedProxies > 0 ? [] : await selectRecentNotices(database);
      return { notices: rows.map(({ code, at }) => ({ code, at: at.toISOString(), ...words[code] })) };
    },
  };
};
export type NoticesService = ReturnType<typeof createNoticesService>;
