import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { asUnavailable } from './unavailable.ts';

interface Subscription {
  onNotification: (payload: string) => void;
  onGap: () => void;
}

export interface Listener {
  listen(channel: string, onNotification: (payload: string) => void, onGap: () => void): Promise<void>;
  close(): Promise<void>;
}

const heartbeatMs = 15_000;
const longestPauseMs = 5_000;

/** One connection that only listens, opened when first wanted and opened again whenever it is lost. */
export const openListener = (connection: pg.ClientConfig): Listener => {
  const subscriptions = new Map<string, Subscription[]>();
  let client: pg.Client | undefined;
  let opening: Promise<pg.Client> | undefined;
  let closed = false;

  const open = async (): Promise<pg.Client> => {
    const opened = new pg.Client({ ...connection, query_timeout: heartbeatMs });
    // A half-open connection says nothing for ever; asking now and then finds it out.
    const heartbeat = setInterval(() => void opened.query('SELECT 1').catch(() => lose()), heartbeatMs).unref();
    let lost = false;
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
    async listen(channel, onNotification, onGap) {
      const known = subscriptions.get(channel);
      if (known) {
        known.push({ onNotification, onGap });
        return;
      }
      subscriptions.set(channel, [{ onNotification, onGap }]);
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
