import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { openBeats } from './beat.ts';
import { NotificationsLost, type Database, type Instant } from '#server/platform/db/database.ts';
import { openHearing, type Hearing } from './hearing.ts';
import { asUnavailable } from './unavailable.ts';

interface Subscription {
  onNotification: (payload: string) => void;
  onGap: () => void;
  onAlive: ((since: Instant | null) => void) | undefined;
}

export interface Listener {
  listen: Database['listen'];
  close(): Promise<void>;
}

const LONGEST_PAUSE_MS = 1000;

/** The connection that listens, opened when first wanted and opened again whenever it is lost. */
export const openListener = (connection: pg.ClientConfig, { isServer }: { isServer: boolean }): Listener => {
  const subscriptions = new Map<string, Subscription[]>();
  const beats = isServer ? openBeats(connection) : undefined;
  let opening: Promise<Hearing> | undefined;
  let closed = false;

  const all = () => [...subscriptions.values()].flat();
  const tellAlive = (since: Instant | null) => {
    for (const each of all()) each.onAlive?.(since);
  };

  const open = (): Promise<Hearing> => {
    beats?.beginAnew();
    return openHearing(connection, beats, [...subscriptions.keys()], {
      onNotification: (channel, payload) => {
        for (const each of subscriptions.get(channel) ?? []) each.onNotification(payload);
      },
      onAlive: tellAlive,
      onLost: () => {
        if (closed) return;
        tellAlive(null);
        void reopen();
      },
    });
  };

  const reopen = async (): Promise<void> => {
    for (let pauseMs = 100; !closed; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        await (opening = open());
        for (const each of all()) each.onGap();
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
      const isFirst = opening === undefined;
      try {
        const hearing = await (opening ??= open());
        if (!isFirst) await hearing.listen(channel);
      } catch (error) {
        subscriptions.delete(channel);
        if (isFirst) opening = undefined;
        throw error instanceof NotificationsLost ? error : asUnavailable(error);
      }
    },
    async close() {
      closed = true;
      beats?.beginAnew();
      await (await opening?.catch(() => undefined))?.close().catch(() => {});
    },
  };
};
