import { FileRefused } from './file-refused.ts';
import { decodeWindows1252 } from './windows-1252.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
  /** Known once the whole text was read: until a byte says otherwise it is UTF-8. */
  encoding: () => Encoding;
  /** Never with the mark that tells the order of bytes. */
  pieces: AsyncGenerator<string>;
}

const LOOK_BYTES = 1024;
const concat = (one: Uint8Array, other: Uint8Array) =>
  one.length === 0 ? other : Buffer.concat([one, other]);
const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);

/** Zeros at every other place: the letters of English in UTF-16. */
const zerosAt = (bytes: Uint8Array, parity: 0 | 1): number =>
  bytes.filter((byte, at) => byte === 0 && at % 2 === parity).length / Math.max(bytes.length / 2, 1);

const refuseOtherFiles = (bytes: Uint8Array) => {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new FileRefused('not_a_table', 'This is a workbook. Save it as CSV (UTF-8), and import that.');
  if (startsWith(bytes, 0x1f, 0x8b))
    throw new FileRefused('not_a_table', 'The file is compressed. Unpack it, and import what is in it.');
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46))
    throw new FileRefused('not_a_table', 'This is a PDF. Import a table: CSV or JSON lines.');
};

const NO_TEXT = 'This is no text file. Import a table: CSV (UTF-8) or JSON lines.';
// Of bytes by chance every tenth is one; of a text in any alphabet none.
const MANY = 1 / 20;

/** By its control characters, beside those that lay text out and those that change alphabets. */
const refuseNoText = (bytes: Uint8Array) => {
  const controls = bytes.filter(
    (byte) => byte === 0x7f || (byte < 0x20 && byte !== 0x1b && (byte < 0x09 || byte > 0x0d)),
  );
  if (controls.length > MANY * bytes.length) throw new FileRefused('not_a_table', NO_TEXT);
};

const guessEncoding = (bytes: Uint8Array): Encoding => {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  if (zerosAt(bytes, 1) > 0.4 && zerosAt(bytes, 0) < 0.1) return 'utf-16le';
  if (zerosAt(bytes, 0) > 0.4 && zerosAt(bytes, 1) < 0.1) return 'utf-16be';
  return 'utf-8';
};

/** How many bytes at the end begin a character of UTF-8 that is not whole yet. */
const unfinished = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Decodes UTF-8 until a byte is none. Up to there a text in ASCII alone is the same in Windows-1252, and is
 * read as that from there on; where other letters came before, the file is of two alphabets.
 */
const createUtf8Decoder = () => {
  let isOld = false;
  let hasLetters = false;
  let held: Uint8Array = new Uint8Array();

  const decode = (given: Uint8Array, isLast: boolean): string => {
    if (isOld) return decodeWindows1252(given);
    const bytes = concat(held, given);
    const rest = isLast ? 0 : unfinished(bytes);
    const whole = bytes.subarray(0, bytes.length - rest);
    held = bytes.slice(bytes.length - rest);
    try {
      const text = utf8.decode(whole);
      // Every letter beyond ASCII has more bytes than characters.
      hasLetters ||= text.length < whole.length;
      return text;
    } catch {
      const before = lenient.decode(whole).split('\ufffd', 1)[0] ?? '';
      if (hasLetters || /[^\0-\x7f]/.test(before))
        throw new FileRefused(
          'mixed_encoding',
          'The file is written in two alphabets: some of it is UTF-8, and some is not. Save it as CSV (UTF-8).',
        );
      isOld = true;
      held = new Uint8Array();
      return decodeWindows1252(bytes);
    }
  };
  return { decode, encoding: (): Encoding => (isOld ? 'windows-1252' : 'utf-8') };
};

const createUtf16Decoder = (encoding: 'utf-16le' | 'utf-16be') => {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return {
    decode: (bytes: Uint8Array, isLast: boolean) => decoder.decode(bytes, { stream: !isLast }),
    encoding: (): Encoding => encoding,
  };
};

const openDecoder = (beginning: Uint8Array) => {
  const guessed = guessEncoding(beginning);
  if (guessed === 'utf-16le' || guessed === 'utf-16be') return createUtf16Decoder(guessed);
  refuseNoText(beginning);
  return createUtf8Decoder();
};

const refuseNuls = (text: string) => {
  if (text.includes('\0'))
    throw new FileRefused(
      'not_a_table',
      'The file holds NUL characters, as no text does. Save the table as CSV (UTF-8), and import that.',
    );
};

/** The text of a file, as its bytes come in. Its pieces throw FileRefused where it is none. */
export const decodeText = (bytes: AsyncIterable<Uint8Array>): DecodedText => {
  let encoding = (): Encoding => 'utf-8';
  const read = async function* (): AsyncGenerator<string> {
    let decoder: ReturnType<typeof openDecoder> | undefined;
    let begun: Uint8Array = new Uint8Array();
    let isFirst = true;
    const decode = (given: Uint8Array, isLast: boolean): string => {
      decoder ??= openDecoder(given.subarray(0, LOOK_BYTES));
      ({ encoding } = decoder);
      const text = decoder.decode(given, isLast);
      refuseNuls(text);
      const bare = isFirst ? text.replace(/^\ufeff/, '') : text;
      isFirst &&= text === '';
      return bare;
    };
    for await (const given of bytes) {
      if (decoder !== undefined) yield decode(given, false);
      else {
        begun = concat(begun, given);
        refuseOtherFiles(begun);
        if (begun.length >= LOOK_BYTES) yield decode(begun, false);
      }
    }
    yield decode(decoder === undefined ? begun : new Uint8Array(), true);
  };
  return { encoding: () => encoding(), pieces: read() };
};
