import type { Endpoint, Upload } from '#contract/endpoint.ts';
import { Problem } from '#server/problem.ts';

/*
 * The promise: a file is read no faster than whoever handles it takes it, never more of it at once than a
 * piece, and whoever stops sending is given up. What is left of one that is refused is taken and dropped, so
 * that its sender hears why.
 */

export interface UploadPatience {
  /** So long the next piece may be waited for, in milliseconds. */
  stalledAfterMs?: number;
  /** So long all of it may take. */
  withinMs?: number;
  /** So long the rest of a refused one is taken. */
  dropMs?: number;
}

const STALLED_AFTER_MS = 15_000;
const WITHIN_MS = 30 * 60_000;
const DROP_MS = 10_000;

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Piece = Awaited<ReturnType<Reader['read']>>;

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toLocaleString('en')} MB`;

const stalled = (ms: number) =>
  new Problem(
    'invalid_request',
    `Nothing came of the file for ${(ms / 1000).toLocaleString('en')} seconds. Send it again.`,
  );
const tooSlow = (ms: number) =>
  new Problem(
    'invalid_request',
    `The file was not complete within ${(ms / 60_000).toLocaleString('en')} minutes. Send it in parts.`,
  );
const brokeOff = () => new Problem('invalid_request', 'The file broke off before its end. Send it again.');

/** The next piece; null where none came in time. */
const nextWithin = async (reader: Reader, ms: number): Promise<Piece | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  const next = reader.read();
  next.catch(() => {});
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
};

const drop = async (reader: Reader, atMost: number, ms: number): Promise<void> => {
  const until = performance.now() + ms;
  try {
    for (let bytes = 0; bytes <= atMost;) {
      const piece = await nextWithin(reader, Math.max(1, until - performance.now()));
      if (piece === null || piece.done) return;
      bytes += piece.value.byteLength;
    }
  } catch {
    // The sender is gone.
  }
};

const piecesOf = async function* (
  request: Request,
  atMost: number,
  { stalledAfterMs = STALLED_AFTER_MS, withinMs = WITHIN_MS, dropMs = DROP_MS }: UploadPatience,
): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  const until = performance.now() + withinMs;
  let isLeft = true;
  try {
    for (;;) {
      const piece = await nextWithin(reader, stalledAfterMs).catch(() => {
        isLeft = false;
        throw brokeOff();
      });
      if (piece === null || performance.now() > until) {
        isLeft = false;
        throw piece === null ? stalled(stalledAfterMs) : tooSlow(withinMs);
      }
      if (piece.done) {
        isLeft = false;
        return;
      }
      yield piece.value;
    }
  } finally {
    if (isLeft) await drop(reader, atMost, dropMs);
  }
};

/**
 * A body that is a file, by its type and its bytes as they come. Throws `unsupported_media_type` where the
 * endpoint takes no such file, `body_too_large` where it is said to be larger than any.
 */
export const openUpload = (
  { upload: types = [], maxBodyBytes: atMost = 0 }: Pick<Endpoint, 'upload' | 'maxBodyBytes'>,
  request: Request,
  patience: UploadPatience = {},
): Upload => {
  const [given = ''] = (request.headers.get('content-type') ?? '').split(';');
  const type = types.find((each) => each === given.trim().toLowerCase());
  if (type === undefined)
    throw new Problem(
      'unsupported_media_type',
      `Send the file as the body, with Content-Type: ${types.join(' or ')}.`,
    );
  if (Number(request.headers.get('content-length') ?? 0) > atMost)
    throw new Problem('body_too_large', `Send a file of at most ${megabytes(atMost)}.`);
  return { type, bytes: piecesOf(request, atMost, patience) };
};
