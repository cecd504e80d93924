import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Actor } from '#server/request-context.ts';
import { Problem } from '#server/problem.ts';
import { openJsonScan } from './scan-json.ts';
import { inOwnTask } from '#server/platform/fairness/own-task.ts';

/*
 * The promise: no more of a body is ever collected than its endpoint allows, and no body, however large or
 * made to be costly, keeps everybody else waiting: it is looked through piece by piece as it arrives, and
 * parsed in a turn of its own.
 */

export interface ReadBody {
  value: unknown;
  /** Worth a turn of its own wherever it is looked at whole. */
  isLarge: boolean;
}

export interface Reading {
  asker: Actor;
  /** Is handed the body as it came. */
  onPiece: (piece: Buffer) => void;
  /**
   * Waits until a body of so many bytes may be read, and answers within how many milliseconds it is to be
   * complete.
   */
  enterLarge: (bytes: number) => Promise<number>;
}

const SMALL_BYTES = 64 * 1024;
// Two thousand wrong entries of a list fit into fewer.
const WORTH_TURNS_BYTES = 8 * 1024;

const tooLarge = (atMost: number) =>
  new Problem('body_too_large', `Send at most ${(atMost / 1024).toLocaleString('en')} KiB here.`);

const decoded = (decode: () => string): string => {
  try {
    return decode();
  } catch {
    throw new Problem('invalid_json', 'Send the body as UTF-8.');
  }
};

const openUtf8 = () => new TextDecoder('utf-8', { fatal: true });
const wholeUtf8 = openUtf8();

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid_json', 'Send one JSON value; what came could not be parsed.');
  }
};

/** The sender went away half-way: nothing failed on our side. */
const brokeOff = (error: unknown) =>
  error instanceof Problem ? error : new Problem('invalid_request', 'The body broke off before its end.');

// A stream costs more than all the rest of a small request.
const readSmall = async (
  request: Request,
  atMost: number,
  onPiece: (piece: Buffer) => void,
): Promise<unknown> => {
  const bytes = Buffer.from(
    await request.arrayBuffer().catch((error: unknown) => {
      throw brokeOff(error);
    }),
  );
  onPiece(bytes);
  openJsonScan(atMost)(bytes);
  return parse(decoded(() => wholeUtf8.decode(bytes)));
};

const tooSlow = (ms: number) =>
  new Problem('invalid_request', `The body was not complete within ${ms / 1000} seconds. Send it again.`);

/**
 * Takes what is left of a refused body and drops it. Unread, it would stand before the next request on the
 * connection, which would be cut off with it.
 */
const drop = async (reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> => {
  try {
    while ((await reader?.read())?.done === false) await yieldToEventLoop();
  } catch {
    // The sender is gone.
  }
};

const readPieces = async (
  request: Request,
  atMost: number,
  declared: number | null,
  { onPiece, enterLarge }: Reading,
): Promise<string> => {
  // Before anything of it is read: what is not read stays with the sender.
  let withinMs = declared === null ? null : await enterLarge(declared);
  const reader = request.body?.getReader();
  let late: Problem | undefined;
  let timer: NodeJS.Timeout | undefined;
  const limitTime = (ms: number) => {
    timer = setTimeout(() => {
      late = tooSlow(ms);
      void reader?.cancel().catch(() => {});
    }, ms);
  };
  if (withinMs !== null) limitTime(withinMs);
  const scan = openJsonScan(atMost);
  // A piece may be cut within a character.
  const utf8 = openUtf8();
  let size = 0;
  let text = '';
  try {
    for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
      size += read.value.byteLength;
      if (size > atMost) throw tooLarge(atMost);
      if (size > SMALL_BYTES && withinMs === null) limitTime((withinMs = await enterLarge(atMost)));
      const piece = Buffer.from(read.value.buffer, read.value.byteOffset, read.value.byteLength);
      onPiece(piece);
      scan(piece);
      text += decoded(() => utf8.decode(piece, { stream: true }));
      if (size > SMALL_BYTES) await yieldToEventLoop();
    }
    if (late) throw late;
    return text + decoded(() => utf8.decode());
  } catch (error) {
    void drop(reader);
    throw late ?? error;
  } finally {
    clearTimeout(timer);
  }
};

/** Parses the body that came. Throws a problem where it is too large, not JSON, or nothing to parse. */
export const readBody = async (request: Request, atMost: number, reading: Reading): Promise<ReadBody> => {
  const declared = request.headers.get('content-length');
  const length = declared === null ? null : Number(declared);
  if (length !== null && length > atMost) throw tooLarge(atMost);
  if (length !== null && length <= SMALL_BYTES)
    return { value: await readSmall(request, atMost, reading.onPiece), isLarge: length > WORTH_TURNS_BYTES };
  const text = await readPieces(request, atMost, length, reading).catch((error: unknown) => {
    throw brokeOff(error);
  });
  if (text.length <= WORTH_TURNS_BYTES) return { value: parse(text), isLarge: false };
  return { value: await inOwnTask(reading.asker, () => parse(text)), isLarge: true };
};
