import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '#server/log.ts';

/** Sends a piece of the file; resolves when there is room for the next. Throws once nobody reads it. */
export type SendPiece = (piece: string) => Promise<void>;

export interface FileToSend {
  type: string;
  /** What to call it, in plain ASCII. */
  name: string;
  requestId: string;
  /** Asks for the pieces and sends them one by one. */
  produce: (send: SendPiece) => Promise<void>;
}

/** How a file is watched while it is sent. */
export interface FileWatch {
  log: Pick<Log, 'warn'>;
  /** Whether whoever asked may still have it: asked now and then. */
  mayGoOn: () => Promise<boolean>;
  /** How often that is asked, in milliseconds. */
  lookAgainMs?: number;
  /** So long a piece may wait for its reader, in milliseconds. */
  stalledAfterMs?: number;
}

const LOOK_AGAIN_MS = 5000;
const STALLED_AFTER_MS = 60_000;

/**
 * A file that is made while it is sent, never more of it in memory than a piece. The promise: what fails
 * before the first piece is thrown here, and can be answered as a problem; what fails later breaks the
 * connection off, so that no half of a file looks like all of it. When the reader goes, or takes nothing more,
 * or may no longer have it, `send` throws.
 */
export const respondFile = async (
  { type, name, requestId, produce }: FileToSend,
  { log, mayGoOn, lookAgainMs = LOOK_AGAIN_MS, stalledAfterMs = STALLED_AFTER_MS }: FileWatch,
): Promise<Response> => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  let isGone = false;
  let hasBegun = false;
  let lookedAt = performance.now();
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const send: SendPiece = async (piece) => {
    hasBegun = true;
    begin();
    if (performance.now() - lookedAt > lookAgainMs) {
      lookedAt = performance.now();
      if (!(await mayGoOn())) throw new Error('whoever asked may no longer have it');
    }
    const written = writer.write(encoder.encode(piece)).then(
      () => 'sent' as const,
      (error: unknown) => {
        isGone = true;
        throw error;
      },
    );
    const waiting = new AbortController();
    const stalled = delay(stalledAfterMs, 'stalled' as const, { signal: waiting.signal, ref: false });
    stalled.catch(() => {});
    try {
      if ((await Promise.race([written, stalled])) === 'sent') return;
    } finally {
      waiting.abort();
    }
    written.catch(() => {});
    throw new Error('nobody takes it');
  };
  const produced = produce(send).then(
    async () => writer.close().catch(() => {}),
    async (error: unknown) => {
      if (!hasBegun) throw error;
      if (!isGone) log.warn({ err: error, request_id: requestId }, 'a file broke off while it was sent');
      // Whoever sends the answer prints what it broke off with: nothing of the failure itself.
      writer.abort(new Error('a file broke off')).catch(() => {});
    },
  );
  await Promise.race([begun, produced]);
  return new Response(readable, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
    },
  });
};
