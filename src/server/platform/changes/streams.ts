import { changedIds, type Change } from '#contract/changes.ts';
import type { Actor } from '#server/request-context.ts';
import type { ChangeFeed } from './change-feed.ts';
import { createChangeRing } from './change-ring.ts';
import { eventBytes, openEventStream, type EventStream } from './stream.ts';

/*
 * The promise: a stream ends with its right to be: when its key or session ends, is revoked or disabled, at
 * that moment. Whatever is open, a change is put into words once, and who holds many streams is asked for
 * once. Nobody holds more than so many: the oldest is told `replaced` and gives way.
 */

export const MAX_STREAMS = { operator: 20, api_key: 100, system: 1 } as const satisfies Record<
  Actor['kind'],
  number
>;

// So often whoever listens hears that the server is there, and so often it is looked whether they still may.
const ALIVE_MS = 5000;
const CHECK_MS = 15_000;
// A session's end moves while it is used, and timers count no further than 24 days: looked at again at the
// latest then.
const LOOK_AGAIN_MS = 12 * 3_600_000;

const ALIVE = eventBytes('event: alive\ndata: {}\n\n');
const GAP = eventBytes('event: gap\ndata: {}\n\n');
const REPLACED = eventBytes('event: replaced\ndata: {}\n\n');

export interface Follower {
  request: Request;
  actor: Actor;
  /** Who sends the request now; null for nobody any more. */
  recognise: () => Promise<Actor | null>;
  /** A position from which on the changes are wanted; without one from now on. */
  since?: string | undefined;
}

/** A session or a key, with all the streams that it opened. */
interface Holder extends Pick<Follower, 'actor' | 'recognise'> {
  streams: Set<EventStream>;
  timer: NodeJS.Timeout | undefined;
}

const credentialOf = (actor: Actor): string =>
  actor.kind === 'operator' ? `session ${actor.sessionId}` : `${actor.kind} ${actor.id}`;
const endOf = (actor: Actor): number =>
  (actor.kind === 'system' ? null : actor.kind === 'operator' ? actor.endsAt : actor.expiresAt)?.getTime() ??
  Infinity;

export const openChangeStreams = (feed: Pick<ChangeFeed, 'follow'>) => {
  const ring = createChangeRing();
  const holders = new Map<string, Holder>();
  /** By operator or key, oldest first. */
  const owned = new Map<string, Set<EventStream>>();

  const endAll = ({ streams }: Holder) => {
    for (const stream of streams) stream.end();
  };

  const check = async (holder: Holder): Promise<void> => {
    const now = await holder.recognise().catch(() => null);
    if (holder.streams.size === 0) return;
    if (now === null || now.kind !== holder.actor.kind || now.id !== holder.actor.id) endAll(holder);
    else lookAgainAtEnd(holder, now);
  };

  const lookAgainAtEnd = (holder: Holder, actor: Actor): void => {
    clearTimeout(holder.timer);
    const afterMs = Math.min(Math.max(endOf(actor) - Date.now(), 1), LOOK_AGAIN_MS);
    holder.timer = setTimeout(() => void check(holder), afterMs).unref();
  };

  // One after another: nobody waits for a thousand questions at once.
  const checkAll = async (isMeant: (actor: Actor) => boolean): Promise<void> => {
    const meant = [...holders.values()].filter(({ actor }) => isMeant(actor));
    for (const holder of meant) await check(holder);
  };

  const isAbout = (change: Change, actor: Actor): boolean => {
    const names = (subject: Change['subject'], id: string) =>
      change.subject === subject && changedIds(change).includes(id);
    if (actor.kind === 'api_key') return names('api_key', actor.id);
    return actor.kind === 'operator' && (names('operator', actor.id) || names('session', actor.sessionId));
  };

  const sendAll = (bytes: Uint8Array) => {
    for (const { streams } of holders.values()) for (const stream of streams) stream.send(bytes);
  };

  feed.follow((change) => {
    if (change === 'gap') {
      ring.restart();
      sendAll(GAP);
      void checkAll(() => true);
      return;
    }
    void checkAll((actor) => isAbout(change, actor));
    if (change.subject === 'session') return;
    const event = eventBytes(`data: ${JSON.stringify(change)}\n\n`);
    ring.add(event);
    sendAll(event);
  });

  const timers = [
    setInterval(() => sendAll(ALIVE), ALIVE_MS).unref(),
    setInterval(() => void checkAll(() => true), CHECK_MS).unref(),
  ];

  const hold = ({ actor, recognise }: Follower): Holder => {
    const credential = credentialOf(actor);
    const known = holders.get(credential);
    if (known) return known;
    const holder: Holder = { actor, recognise, streams: new Set(), timer: undefined };
    holders.set(credential, holder);
    lookAgainAtEnd(holder, actor);
    return holder;
  };

  return {
    open(follower: Follower): Response {
      const { actor, request, since } = follower;
      const holder = hold(follower);
      const owner = `${actor.kind} ${actor.id}`;
      const own = owned.get(owner) ?? new Set();
      owned.set(owner, own);
      const stream = openEventStream(request, () => {
        own.delete(stream);
        if (own.size === 0) owned.delete(owner);
        holder.streams.delete(stream);
        if (holder.streams.size > 0) return;
        clearTimeout(holder.timer);
        holders.delete(credentialOf(actor));
      });
      holder.streams.add(stream);
      own.add(stream);
      stream.send(eventBytes(`event: position\ndata: ${ring.position()}\n\n`));
      for (const missed of since === undefined ? [] : (ring.since(since) ?? [GAP])) stream.send(missed);
      const [oldest] = own;
      if (own.size > MAX_STREAMS[actor.kind] && oldest) {
        oldest.send(REPLACED);
        oldest.end();
      }
      return stream.response;
    },
    /** Where the changes stand: take it before reading what a stream is to keep true. */
    position: ring.position,
    count: (): number => [...owned.values()].reduce((sum, { size }) => sum + size, 0),
    close: () => timers.forEach((timer) => clearInterval(timer)),
  };
};
