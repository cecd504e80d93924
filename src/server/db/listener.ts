import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { instantNow, type Database, type Instant } from './database.ts';
import { asUnavailable } from './unavailable.ts';

interface Subscription {
  onNotification: (payload: string) => void;
  onGap: () => void;
  onAlive: ((since: Instant) => void) | undefined;
}

export interface Listener {
  listen: Database['listen'];
  close(): Promise<void>;
}

const heartbeatMs = 1000;
// The embedded database answers nobody while one transaction lasts: being late is not being dead.
const heartbeatTimeoutMs = 15_000;
const longestPauseMs = 5_000;

/** One connection that only listens, opened when first wanted and opened again whenever it is lost. */
export const openListener = (connection: pg.ClientConfig): Listener => {
  const subscriptions = new Map<string, Subscription[]>();
  let client: pg.Client | undefined;
  let opening: Promise<pg.Client> | undefined;
  let closed = false;

  const open = async (): Promise<pg.Client> => {
    const opened = new pg.Client({ ...connection, query_timeout: heartbeatTimeoutMs });
    let lost = false;
    let isAsking = false;
    // A half-open connection says nothing for ever; asking finds it out. Notifications come in the order of the commits
    // and before the answer to what was asked after them: an answer says that all from before the question were heard.
    const beat = async () => {
      if (isAsking || client !== opened) return;
      isAsking = true;
      const since = instantNow();
      try {
        await opened.query('SELECT 1');
        if (!lost) for (const each of [...subscriptions.values()].flat()) each.onAlive?.(since);
      } catch {
        lose();
      }
      isAsking = false;
    };
    const heartbeat = setInterval(() => void beat(), heartbeatMs).unref();
    const lose = () => {
      if (lost) return;
      lost = true;
      clearInterval(heartbeat);
      void opened.end().catch(() => {});
      if (client !== opened) return;
      client = opening = undefined;
      if (!closed) void reopen();
    };
    opened.on('error', lose);
    opened.on('end', lose);
    opened.on('notification', ({ channel, payload }) => {
      for (const each of subscriptions.get(channel) ?? []) each.onNotification(payload ?? '');
    });
    try {
      await opened.connect();
      for (const channel of subscriptions.keys()) await opened.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      if (lost) throw new Error('The connection ended');
    } catch (error) {
      lose();
      throw error;
    }
    return (client = opened);
  };

  const reopen = async (): Promise<void> => {
    for (let pauseMs = 100; !closed; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await (opening = open());
        for (const each of [...subscriptions.values()].flat()) each.onGap();
        return;
      } catch {
        await delay(pauseMs, undefined, { ref: false });
      }
    }
  };

  return {
    async listen(channel, onNotification, onGap, onAlive) {
      const known = subscriptions.get(channel);
      if (known) {
        known.push({ onNotification, onGap, onAlive });
        return;
      }
      subscriptions.set(channel, [{ onNotification, onGap, onAlive }]);
      try {
        const listening = client ?? (await (opening ??= open()));
        await listening.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      } catch (error) {
        subscriptions.delete(channel);
        opening = undefined;
        throw asUnavailable(error);
      }
    },
    async close() {
      closed = true;
      await client?.end().catch(() => {});
    },
  };
};
