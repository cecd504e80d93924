/*
 * The promise: every number of a million within some fifty bytes. E.164 numbers are integers, ids are 24
 * hexadecimal digits, agents and caller formats are few, so a row is eight words in typed arrays, found by
 * open addressing. Whatever has another form of id is kept beside it.
 */

export interface TableRow {
  id: string;
  inboundAgentId: string | null;
  outboundAgentId: string | null;
  callerFormat: string | null;
  version: number;
}

/** Which pass over the database saw the row last, 1 to 127. */
export type Generation = number;

interface Columns {
  keys: Float64Array<ArrayBuffer>;
  ids: [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>];
  inbound: Uint32Array<ArrayBuffer>;
  outbound: Uint32Array<ArrayBuffer>;
  callerFormats: Uint16Array<ArrayBuffer>;
  versions: Uint32Array<ArrayBuffer>;
  generations: Uint8Array<ArrayBuffer>;
}

const MIN_CAPACITY = 1024;
const FULL = 0.8;
const HEX_ID = /^[0-9a-f]{24}$/;

const columnsOf = (capacity: number): Columns => {
  const words = () => new Uint32Array(capacity);
  return {
    keys: new Float64Array(capacity),
    ids: [words(), words(), words()],
    inbound: words(),
    outbound: words(),
    callerFormats: new Uint16Array(capacity),
    versions: words(),
    generations: new Uint8Array(capacity),
  };
};

const listOf = ({ keys, ids, inbound, outbound, callerFormats, versions, generations }: Columns) => [
  keys,
  ...ids,
  inbound,
  outbound,
  callerFormats,
  versions,
  generations,
];

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** Texts of which there are few, each stored once and named by its index; index 0 is null. */
class InternedTexts {
  readonly #texts = [''];
  readonly #indexes = new Map<string, number>();

  at(index: number | undefined): string | null {
    return this.#texts[index ?? 0] || null;
  }

  indexOf(text: string | null): number {
    if (text === null) return 0;
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.#texts.push(text) - 1;
    this.#indexes.set(text, index);
    return index;
  }
}

export class NumberTable {
  #columns = columnsOf(MIN_CAPACITY);
  #capacity = MIN_CAPACITY;
  #size = 0;
  readonly #agents = new InternedTexts();
  readonly #formats = new InternedTexts();
  readonly #otherIds = new Map<number, string>();

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return listOf(this.#columns).reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** `key`: the E.164 number as an integer. */
  get(key: number): TableRow | undefined {
    const slot = this.#slotOf(key);
    const { keys, inbound, outbound, callerFormats, versions } = this.#columns;
    if (keys[slot] !== key) return undefined;
    return {
      id: this.#idAt(slot),
      inboundAgentId: this.#agents.at(inbound[slot]),
      outboundAgentId: this.#agents.at(outbound[slot]),
      callerFormat: this.#formats.at(callerFormats[slot]),
      version: versions[slot] ?? 0,
    };
  }

  set(key: number, row: TableRow, generation: Generation): void {
    if (this.#size + 1 > this.#capacity * FULL) this.#resize(Math.ceil(this.#capacity * 1.6));
    const slot = this.#slotOf(key);
    const { keys, ids, inbound, outbound, callerFormats, versions, generations } = this.#columns;
    if (keys[slot] !== key) {
      keys[slot] = key;
      this.#size += 1;
    }
    const isHex = HEX_ID.test(row.id);
    for (const [part, words] of ids.entries())
      words[slot] = isHex ? Number.parseInt(row.id.slice(part * 8, part * 8 + 8), 16) : 0;
    if (!isHex) this.#otherIds.set(key, row.id);
    else if (this.#otherIds.size > 0) this.#otherIds.delete(key);
    inbound[slot] = this.#agents.indexOf(row.inboundAgentId);
    outbound[slot] = this.#agents.indexOf(row.outboundAgentId);
    callerFormats[slot] = this.#formats.indexOf(row.callerFormat);
    versions[slot] = row.version;
    generations[slot] = generation;
  }

  delete(key: number): void {
    let hole = this.#slotOf(key);
    const { keys } = this.#columns;
    if (keys[hole] !== key) return;
    this.#otherIds.delete(key);
    this.#size -= 1;
    // What follows moves up, so that no search ends at the hole before it found its row.
    for (let next = (hole + 1) % this.#capacity; keys[next] !== 0; next = (next + 1) % this.#capacity) {
      const home = this.#homeOf(keys[next] ?? 0);
      const isReachable = hole <= next ? hole < home && home <= next : hole < home || home <= next;
      if (isReachable) continue;
      for (const column of listOf(this.#columns)) column[hole] = column[next] ?? 0;
      hole = next;
    }
    keys[hole] = 0;
  }

  /** The number that has this id. Walks the whole table: for the rare row of which nothing else is known. */
  keyOfId(id: string): number | undefined {
    const { keys, ids } = this.#columns;
    if (!HEX_ID.test(id)) return [...this.#otherIds].find(([, other]) => other === id)?.[0];
    const [a, b, c] = [0, 8, 16].map((at) => Number.parseInt(id.slice(at, at + 8), 16));
    for (let slot = 0; slot < this.#capacity; slot += 1) {
      if (ids[2][slot] === c && ids[1][slot] === b && ids[0][slot] === a && keys[slot] !== 0)
        return keys[slot];
    }
    return undefined;
  }

  /** Every number that this pass has not seen. */
  unseen(generation: Generation): number[] {
    const { keys, generations } = this.#columns;
    const found: number[] = [];
    for (let slot = 0; slot < this.#capacity; slot += 1) {
      if (keys[slot] !== 0 && generations[slot] !== generation) found.push(keys[slot] ?? 0);
    }
    return found;
  }

  /** Makes room for so many at once: growing step by step would move everything several times. */
  reserve(rows: number): void {
    const wanted = Math.ceil(rows / (FULL * 0.9));
    if (wanted > this.#capacity) this.#resize(wanted);
  }

  #idAt(slot: number): string {
    const { keys, ids } = this.#columns;
    const other = this.#otherIds.size === 0 ? undefined : this.#otherIds.get(keys[slot] ?? 0);
    return other ?? hex(ids[0][slot] ?? 0) + hex(ids[1][slot] ?? 0) + hex(ids[2][slot] ?? 0);
  }

  /** Where a number belongs when nothing is in its way: numbers that follow each other are scattered. */
  #homeOf(key: number): number {
    let hash =
      Math.imul((key % 4_294_967_296) | 0, 0x9e3779b1) ^ Math.imul((key / 4_294_967_296) | 0, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return Math.floor((((hash ^ (hash >>> 13)) >>> 0) * this.#capacity) / 4_294_967_296);
  }

  /** Where it is, or else the free place it would take. */
  #slotOf(key: number): number {
    const { keys } = this.#columns;
    let slot = this.#homeOf(key);
    while (keys[slot] !== key && keys[slot] !== 0) slot = slot + 1 === this.#capacity ? 0 : slot + 1;
    return slot;
  }

  #resize(capacity: number): void {
    const before = this.#columns;
    this.#columns = columnsOf(capacity);
    this.#capacity = capacity;
    const [from, to] = [listOf(before), listOf(this.#columns)];
    for (const [old, key] of before.keys.entries()) {
      if (key === 0) continue;
      const slot = this.#slotOf(key);
      for (const [at, column] of from.entries()) (to[at] as Columns['inbound'])[slot] = column[old] ?? 0;
    }
  }
}
