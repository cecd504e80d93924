const startupProtocol = 196_608;
const sslRequest = 80_877_103;
const gssRequest = 80_877_104;
const cancelRequest = 80_877_102;

export interface Frame {
  kind: 'encryption' | 'cancel' | 'startup' | 'message';
  /** One letter for a message, empty before. */
  type: string;
  bytes: Uint8Array;
}

/** Cuts what a client sends into messages of PostgreSQL's protocol (version 3). */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  #started = false;

  *read(data: Buffer): Generator<Frame> {
    this.#rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    for (;;) {
      const head = this.#started ? 1 : 0;
      if (this.#rest.length < head + 4) return;
      const length = head + this.#rest.readInt32BE(head);
      if (this.#rest.length < length) return;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield this.#started ? { kind: 'message', type: frameType(bytes), bytes } : this.#first(bytes);
    }
  }

  #first(bytes: Buffer): Frame {
    const code = bytes.readInt32BE(4);
    if (code === sslRequest || code === gssRequest) return { kind: 'encryption', type: '', bytes };
    if (code === cancelRequest) return { kind: 'cancel', type: '', bytes };
    if (code !== startupProtocol) throw new Error(`The protocol ${code} is not served here`);
    this.#started = true;
    return { kind: 'startup', type: '', bytes };
  }
}

/** The messages of a whole answer. */
export function* frames(output: Buffer): Generator<Uint8Array> {
  for (let start = 0; start < output.length;) {
    const end = start + 1 + output.readInt32BE(start + 1);
    yield output.subarray(start, end);
    start = end;
  }
}

export const frameType = (frame: Uint8Array): string => String.fromCharCode(frame[0] ?? 0);

/** The name in a Parse message; empty for the unnamed statement. */
export const statementName = (parse: Uint8Array): string =>
  Buffer.from(parse.subarray(5, parse.indexOf(0, 5))).toString();

export const simpleQuery = (sql: string): Uint8Array => {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.from('Q\0\0\0\0');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
};
