import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { RecordedStatement } from './recorded.ts';

/**
 * What the measure is taken against: node:http and pg with the same statements, prepared, and nothing else.
 */
export interface BareOrder {
  connection: pg.ClientConfig;
  poolSize: number;
  list: RecordedStatement[];
  patch: RecordedStatement[];
  /** The number the change was recorded of; each request names another in its place. */
  recordedId: string;
}

const serve = ({ connection, poolSize, list, patch, recordedId }: BareOrder) => {
  const pool = new pg.Pool({ ...connection, max: poolSize });
  // Where another process shares the session, names must not collide.
  const named = ({ name, text }: RecordedStatement) =>
    name === undefined ? { text } : { name: `bare_${name}`, text };
  const standIn = (value: unknown, id: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => standIn(each, id));
    return typeof value === 'string' ? value.replaceAll(recordedId, id) : value;
  };

  const readList = async () => {
    let rows: unknown[] = [];
    for (const statement of list)
      ({ rows } = await pool.query({ ...named(statement), values: [...statement.values] }));
    return rows;
  };
  const change = async (id: string) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      let rows: unknown[] = [];
      for (const statement of patch) {
        const result = await client.query<object>({
          ...named(statement),
          values: statement.values.map((value) => standIn(value, id)),
        });
        if (result.rows.length > 0) ({ rows } = result);
      }
      await client.query('COMMIT');
      return rows[0];
    } finally {
      client.release();
    }
  };

  const server = createServer((request, response) => {
    request.resume();
    const answering = request.method === 'GET' ? readList() : change(request.url?.slice(1) ?? '');
    answering.then(
      (value) => {
        const text = JSON.stringify(value);
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      },
      (error: unknown) => {
        response.writeHead(500);
        response.end(String(error));
      },
    );
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
};

process.once('message', (order) => serve(order as BareOrder));
process.once('disconnect', () => process.exit(0));
