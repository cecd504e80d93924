import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { instantNow, type Instant } from '#server/platform/db/database.ts';

const SEND_WITHIN_MS = 2500;
const MARK = 'beat ';

// It is nothing to keep, so no disk is waited for.
const notify = `SELECT set_config('synchronous_commit', 'off', true), pg_notify(channel, $2) FROM unnest($1::text[]) AS channel`;

/**
 * The promise: what shows that notifications arrive is one of our own, on the same channel as all others,
 * sent over another connection than the one that listens. PostgreSQL delivers in the order of commits: when a
 * beat arrives, everything that committed before it was sent has arrived, unless an earlier beat is missing:
 * then something was lost.
 */
export const openBeats = (connection: pg.ClientConfig) => {
  const own = `${MARK}${randomUUID().slice(0, 8)} `;
  /** By number, from the last that arrived. */
  const sent = new Map<number, { since: Instant; hasArrived: boolean }>();
  let client: Promise<pg.Client> | undefined;
  let last = 0;

  const connect = (): Promise<pg.Client> => {
    const opened = new pg.Client({
      ...connection,
      query_timeout: SEND_WITHIN_MS,
      connectionTimeoutMillis: SEND_WITHIN_MS,
    });
    const connecting = opened.connect().then(() => opened);
    const gone = () => void (client === connecting && reset());
    opened.on('error', gone);
    opened.on('end', gone);
    return (client = connecting);
  };

  const reset = () => {
    const ending = client;
    client = undefined;
    void ending?.then((opened) => opened.end()).catch(() => {});
  };

  return {
    /** Throws where the database cannot be asked; that it was sent says nothing of its arrival. */
    async send(channels: readonly string[]): Promise<void> {
      try {
        const opened = await (client ?? connect());
        last += 1;
        sent.set(last, { since: instantNow(), hasArrived: false });
        await opened.query(notify, [channels, `${own}${last}`]);
      } catch (error) {
        reset();
        throw error;
      }
    },

    /**
     * When the beat was sent that this is, or that one before it is missing; null for another instance's,
     * undefined for what is no beat.
     */
    read(payload: string): Instant | 'missing' | null | undefined {
      if (!payload.startsWith(MARK)) return undefined;
      const number = payload.startsWith(own) ? Number(payload.slice(own.length)) : 0;
      const beat = sent.get(number);
      if (!beat) return null;
      beat.hasArrived = true;
      const before = [...sent].filter(([other]) => other < number);
      for (const [other] of before) sent.delete(other);
      return before.every(([, { hasArrived }]) => hasArrived) ? beat.since : 'missing';
    },

    /** Another connection listens from now on: what was sent to the one before is not missing there. */
    beginAnew(): void {
      sent.clear();
      reset();
    },
  };
};

export type Beats = ReturnType<typeof openBeats>;
