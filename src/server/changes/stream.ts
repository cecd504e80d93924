import type { Actor } from '#server/request-context.ts';
import { markOpenEnded } from '#server/http/open-ended.ts';
import type { ChangeFeed } from './change-feed.ts';

const HEARTBEAT_MS = 15_000;

interface Follower {
  request: Request;
  /** Asked again at each heartbeat and whenever sessions, operators or keys change: a stream ends with its right to be. */
  stillAllowed: () => Promise<boolean>;
}

/** The change feed as server-sent events. `gap` is an event of its own: whoever hears it reads afresh. */
export const streamChanges = (feed: ChangeFeed, { request, stillAllowed }: Follower): Response => {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const check = async () => {
        const allowed = await stillAllowed().catch(() => false);
        if (!allowed) stop();
      };
      const unfollow = feed.follow((change) => {
        if (change === 'gap') return send('event: gap\ndata: {}\n\n');
        if (change.subject === 'session' || change.subject === 'operator' || change.subject === 'api_key') void check();
        if (change.subject !== 'session') send(`data: ${JSON.stringify(change)}\n\n`);
      });
      const heartbeat = setInterval(() => {
        send(': still here\n\n');
        void check();
      }, HEARTBEAT_MS);
      let stopped = false;
      stop = () => {
        if (stopped) return;
        stopped = true;
        clearInterval(heartbeat);
        unfollow();
        try {
          controller.close();
        } catch {
          // The reader went first.
        }
      };
      request.signal.addEventListener('abort', () => stop(), { once: true });
      send('retry: 1000\n\n');
    },
    cancel: () => stop(),
  });
  return markOpenEnded(
    new Response(body, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' },
    }),
  );
};

/** Whether two looks at a request's sender see the same one. */
export const isSameActor = (first: Actor, now: Actor | null): boolean => now !== null && now.kind === first.kind && now.id === first.id;
