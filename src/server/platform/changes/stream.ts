import { markOpenEnded } from './open-ended.ts';

/** One answer of server-sent events, open until someone ends it. */
export interface EventStream {
  response: Response;
  /** Bytes may be shared between streams. */
  send(bytes: Uint8Array): void;
  end(): void;
}

const encoder = new TextEncoder();
export const eventBytes = (text: string): Uint8Array => encoder.encode(text);

const RETRY = eventBytes('retry: 1000\n\n');
// Who reads nothing would have all that happens kept in memory. Let go, it connects anew and reads afresh.
const MAX_UNREAD = 2000;

/** `onEnd` runs once, whoever ended it. */
export const openEventStream = (request: Request, onEnd: () => void): EventStream => {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const end = () => {
    if (controller === undefined) return;
    const ending = controller;
    controller = undefined;
    onEnd();
    try {
      ending.close();
    } catch {
      // The reader went first.
    }
  };
  const body = new ReadableStream<Uint8Array>({
    start(opened) {
      controller = opened;
      opened.enqueue(RETRY);
    },
    cancel: end,
  });
  request.signal.addEventListener('abort', end, { once: true });
  const response = new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  });
  return {
    response: markOpenEnded(response),
    send(bytes) {
      if (controller === undefined) return;
      controller.enqueue(bytes);
      if ((controller.desiredSize ?? 0) < -MAX_UNREAD) end();
    },
    end,
  };
};
