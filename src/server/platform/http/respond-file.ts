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

/**
 * A file that is made while it is sent, never more of it in memory than a piece. The promise: what fails
 * before the first piece is thrown here, and can be answered as a problem; what fails later breaks the
 * connection off, so that no half of a file looks like all of it. When the reader goes, `send` throws.
 */
export const respondFile = async (
  { type, name, requestId, produce }: FileToSend,
  log: Pick<Log, 'warn'>,
): Promise<Response> => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  let isGone = false;
  let hasBegun = false;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const send: SendPiece = async (piece) => {
    hasBegun = true;
    begin();
    try {
      await writer.write(encoder.encode(piece));
    } catch (error) {
      isGone = true;
      throw error;
    }
  };
  const produced = produce(send).then(
    async () => writer.close().catch(() => {}),
    async (error: unknown) => {
      if (!hasBegun) throw error;
      if (!isGone) log.warn({ err: error, request_id: requestId }, 'a file broke off while it was sent');
      // Whoever sends the answer prints what it broke off with: nothing of the failure itself.
      await writer.abort(new Error('a file broke off')).catch(() => {});
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
