import { setImmediate as nextTurn } from 'node:timers/promises';
import { Problem } from './problem.ts';
import { openJsonScan } from './scan-json.ts';
import { inOwnTurn } from './turns.ts';

/**
 * The promise: no more of a body is ever collected than its endpoint allows, and no body, however large or made to be
 * costly, keeps everybody else waiting: it is looked through piece by piece as it arrives, and parsed in a turn of its own.
 */
export interface ReadBody {
  value: unknown;
  /** Worth a turn of its own wherever it is looked at whole. */
  isLarge: boolean;
}

const SMALL_BYTES = 64 * 1024;

const tooLarge = (atMost: number) => new Problem('body_too_large', `Send at most ${(atMost / 1024).toLocaleString('en')} KiB here.`);

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
const brokeOff = (error: unknown) => (error instanceof Problem ? error : new Problem('invalid_request', 'The body broke off before its end.'));

// A stream costs more than all the rest of a small request.
const readSmall = async (request: Request, atMost: number, onPiece: (piece: Buffer) => void): Promise<unknown> => {
  const bytes = Buffer.from(
    await request.arrayBuffer().catch((error: unknown) => {
      throw brokeOff(error);
    }),
  );
  onPiece(bytes);
  openJsonScan(atMost)(bytes);
  return parse(decoded(() => wholeUtf8.decode(bytes)));
};

const readPieces = async (request: Request, atMost: number, onPiece: (piece: Buffer) => void): Promise<string> => {
  const scan = openJsonScan(atMost);
  // A piece may be cut within a character.
  const utf8 = openUtf8();
  let size = 0;
  let text = '';
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > atMost) throw tooLarge(atMost);
    const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    onPiece(piece);
    scan(piece);
    text += decoded(() => utf8.decode(piece, { stream: true }));
    if (size > SMALL_BYTES) await nextTurn();
  }
  return text + decoded(() => utf8.decode());
};

/** Parses the body that came. Throws a problem where it is too large, not JSON, or nothing to parse. */
export const readBody = async (request: Request, atMost: number, onPiece: (piece: Buffer) => void): Promise<ReadBody> => {
  const declared = request.headers.get('content-length');
  const length = declared === null ? null : Number(declared);
  if (length !== null && length > atMost) throw tooLarge(atMost);
  if (length !== null && length <= SMALL_BYTES) return { value: await readSmall(request, atMost, onPiece), isLarge: false };
  const text = await readPieces(request, atMost, onPiece).catch((error: unknown) => {
    throw brokeOff(error);
  });
  if (text.length <= SMALL_BYTES) return { value: parse(text), isLarge: false };
  return { value: await inOwnTurn(() => parse(text)), isLarge: true };
};
