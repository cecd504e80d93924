import pg from 'pg';
import type { Beats } from './beat.ts';
import { instantNow, NotificationsLost, type Instant } from '#server/platform/db/database.ts';

const HEARTBEAT_MS = 1000;
// The embedded database answers nobody while one transaction lasts: being late is not being dead.
const ANSWER_WITHIN_MS = 15_000;
// A server under load delivers late, but not so late.
const DEAF_AFTER_MS = 6000;
const PROVE_WITHIN_MS = 4000;

const lostWords =
  'The database answers, but its notifications do not arrive. A pooler in transaction mode is in between: Cordboard needs direct ' +
  'connections, or ones pooled by session. Give DATABASE_URL the address of the server itself, or set pool_mode = session in the pooler.';

export interface Hearing {
  listen(channel: string): Promise<void>;
  close(): Promise<void>;
}

interface Hearer {
  onNotification(channel: string, payload: string): void;
  /** Every second: what was committed before has been heard. Never before the connection is open. */
  onAlive(since: Instant): void;
  /** Once, and only of a connection that was open. */
  onLost(): void;
}

/**
 * One connection that only listens, until it is lost. That it hears is proved and not assumed: by beats on a
 * server, and where everybody shares one session by an answer, which comes after all that was notified before
 * the question.
 */
export const openHearing = async (
  connection: pg.ClientConfig,
  beats: Beats | undefined,
  channels: readonly string[],
  hearer: Hearer,
): Promise<Hearing> => {
  const client = new pg.Client({ ...connection, query_timeout: ANSWER_WITHIN_MS });
  const listening = new Set<string>();
  const onBeat = new Set<(channel: string, since: Instant) => void>();
  let [isOpen, isLost, isAsking] = [false, false, false];
  let heardAt = performance.now();

  const lose = () => {
    if (isLost) return;
    isLost = true;
    clearInterval(heartbeat);
    void client.end().catch(() => {});
    if (isOpen) hearer.onLost();
  };

  const hear = (channel: string, since: Instant) => {
    // What still comes over a connection that was given up confirms nothing.
    if (isLost) return;
    heardAt = performance.now();
    for (const each of onBeat) each(channel, since);
    if (isOpen) hearer.onAlive(since);
  };

  /** Resolves when a beat that is sent now has been heard on each of them. */
  const prove = async (unheard: Set<string>): Promise<void> => {
    if (!beats || unheard.size === 0) return;
    const from = performance.now();
    let [late, look]: [NodeJS.Timeout?, ((channel: string, since: Instant) => void)?] = [];
    const heard = new Promise<void>((resolve, reject) => {
      late = setTimeout(() => reject(new NotificationsLost(lostWords)), PROVE_WITHIN_MS);
      look = (channel, since) => {
        if (since.steady >= from) unheard.delete(channel);
        if (unheard.size === 0) resolve();
      };
      onBeat.add(look);
    });
    try {
      await Promise.all([heard, beats.send([...unheard])]);
    } finally {
      clearTimeout(late);
      if (look) onBeat.delete(look);
    }
  };

  const listen = async (...added: string[]): Promise<void> => {
    for (const channel of added) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    await prove(new Set(added));
    for (const channel of added) listening.add(channel);
  };

  const ask = async () => {
    const since = instantNow();
    try {
      await client.query('SELECT 1');
      hear('', since);
    } catch {
      lose();
    }
  };

  const beat = async () => {
    // Not being able to send says nothing of hearing; not having heard for long does.
    await beats?.send([...listening]).catch(() => {});
    if (performance.now() - heardAt > DEAF_AFTER_MS) lose();
  };

  const lookAlive = async () => {
    if (isAsking || !isOpen) return;
    isAsking = true;
    await (beats ? beat() : ask());
    isAsking = false;
  };
  const heartbeat = setInterval(() => void lookAlive(), HEARTBEAT_MS).unref();

  client.on('error', lose);
  client.on('end', lose);
  client.on('notification', ({ channel, payload = '' }) => {
    const since = beats?.read(payload);
    if (since === undefined) hearer.onNotification(channel, payload);
    else if (since === 'missing') lose();
    else if (since !== null) hear(channel, since);
  });
  try {
    await client.connect();
    await listen(...channels);
    if (isLost) throw new Error('The connection ended');
  } catch (error) {
    lose();
    throw error;
  }
  isOpen = true;
  return { listen, close: () => client.end() };
};
