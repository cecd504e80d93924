import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { FrameReader, frames, frameType, simpleQuery, statementName } from './wire-frames.ts';

interface Client {
  socket: Socket;
  started: boolean;
  /** Names of prepared statements it made, to be dropped with it. */
  statements: Set<string>;
}

interface Job {
  /** None for the server's own work. */
  client: Client | undefined;
  run(): Promise<void>;
}

const notice = { notification: 'A', ready: 'Z' };
// What ends a batch: a simple query, Sync, a function call, Flush, and the end of a copy.
const batchEnds = new Set(['Q', 'S', 'F', 'H', 'c', 'f']);

/**
 * Offers one PGlite session to several connections. It runs whole batches (up to Sync), so that one
 * connection's Parse and Bind are never parted by another's, keeps the session for a connection while its
 * transaction is open, and passes notifications to every connection, since the session that hears them is
 * everybody's.
 */
export class WireServer {
  readonly #db: PGlite;
  readonly #clients = new Set<Client>();
  readonly #queue: Job[] = [];
  readonly #server: Server;
  #holder: Client | undefined;
  #running = false;
  #closing = false;

  constructor(db: PGlite) {
    this.#db = db;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, resolve);
    });
  }

  /** Runs `work` on the session in its turn, when no transaction is open. */
  exclusively<Answer>(work: (db: PGlite) => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ client: undefined, run: () => work(this.#db).then(resolve, reject) });
      void this.#pump();
    });
  }

  /** Lets what is running end; what waits is dropped with its connection. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#server.close();
    for (const { socket } of this.#clients) socket.destroy();
    this.#queue.length = 0;
    this.#holder = undefined;
    await this.exclusively(async (db) => void (await db.exec('ROLLBACK')));
  }

  #accept(socket: Socket): void {
    const client: Client = { socket, started: false, statements: new Set() };
    const reader = new FrameReader();
    let batch: Uint8Array[] = [];
    this.#clients.add(client);
    socket.on('error', () => {});
    socket.on('close', () => this.#leave(client));
    socket.on('data', (data) => {
      try {
        for (const frame of reader.read(data)) {
          if (frame.kind === 'encryption') socket.write('N');
          else if (frame.kind === 'cancel' || frame.type === 'X') socket.end();
          else {
            if (frame.type === 'P') client.statements.add(statementName(frame.bytes));
            batch.push(frame.bytes);
            if (frame.kind === 'message' && !batchEnds.has(frame.type)) continue;
            const bytes = Buffer.concat(batch);
            batch = [];
            this.#queue.push({ client, run: () => this.#run(client, bytes) });
          }
        }
      } catch {
        socket.destroy();
      }
      void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      const next = this.#holder ? this.#queue.findIndex((job) => job.client === this.#holder) : 0;
      const [job] = next < 0 ? [] : this.#queue.splice(next, 1);
      if (!job) break;
      await job.run();
    }
    this.#running = false;
  }

  async #run(client: Client, bytes: Uint8Array): Promise<void> {
    const chunks: Buffer[] = [];
    // Each chunk is a view of the engine's memory, overwritten by the next.
    await this.#db.runExclusive(() =>
      this.#db.execProtocolRawStream(bytes, { onRawData: (data) => void chunks.push(Buffer.from(data)) }),
    );
    const output = Buffer.concat(chunks);
    const own: Uint8Array[] = [];
    let ready = false;
    for (const frame of frames(output)) {
      if (frameType(frame) === notice.notification) this.#tellAll(frame);
      else own.push(frame);
      ready ||= frameType(frame) === notice.ready;
    }
    client.started = true;
    this.#holder = this.#clients.has(client) && (!ready || this.#db.isInTransaction()) ? client : undefined;
    if (client.socket.writable) client.socket.write(Buffer.concat(own));
  }

  #tellAll(frame: Uint8Array): void {
    for (const each of this.#clients) if (each.started && each.socket.writable) each.socket.write(frame);
  }

  #leave(client: Client): void {
    this.#clients.delete(client);
    if (this.#closing) return;
    for (let i = this.#queue.length - 1; i >= 0; i--)
      if (this.#queue[i]?.client === client) this.#queue.splice(i, 1);
    // Its transaction and its names go with it, before anyone else is served.
    const drop = [...client.statements]
      .filter((name) => name !== '')
      .map((name) => simpleQuery(`DEALLOCATE "${name.replaceAll('"', '""')}"`));
    const last = this.#clients.size === 0;
    const bytes = Buffer.concat([simpleQuery('ROLLBACK'), ...(last ? [simpleQuery('DISCARD ALL')] : drop)]);
    this.#queue.unshift({ client, run: () => this.#run(client, bytes) });
    if (this.#holder === client) this.#holder = undefined;
    void this.#pump();
  }
}
