import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningServer } from '../../server.ts';
import { atDatabase } from '../at-database.ts';
import { formFoundIn } from '../leak/forms.ts';
import type { Capture } from '../leak/leak-acts.ts';
import { count, type Report } from '../proof.ts';
import { canary, type Account } from './account.ts';
import { told } from './settle.ts';

/** Where the platform would have requests sent, and nobody is to go. */
export interface Elsewhere {
  url: string;
  heard: string[];
  close(): Promise<void>;
}

export const startElsewhere = async (): Promise<Elsewhere> => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Every table, each of its rows as text, but for the columns that hold what is sealed. */
export const tableTexts = (server: RunningServer): Promise<Capture[]> =>
  atDatabase(server, async (database) => {
    const tables = await database.query<{ name: string; sealed: string[] }>(
      `select c.relname::text as name,
         coalesce((select array_agg(a.attname::text) from pg_attribute a
           where a.attrelid = c.oid and a.attnum > 0 and a.atttypid = 'bytea'::regtype), '{}') as sealed
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p')`,
    );
    const texts: Capture[] = [];
    for (const { name, sealed } of tables) {
      const rows = await database.query<{ text: string }>(
        `select (to_jsonb(t) - $1::text[])::text as text from "${name}" t`,
        [sealed],
      );
      texts.push({ at: `table ${name}`, bytes: Buffer.from(rows.map(({ text }) => text).join('\n')) });
    }
    return texts;
  });

const hitsIn = (captures: readonly Capture[], text: string): string[] =>
  captures.flatMap(({ at, bytes }) => {
    const form = formFoundIn(bytes, text);
    return form === null ? [] : [`${at}, as ${form}`];
  });

/** The secrets of all these numbers and accounts were sent to their platform, and are nowhere else in clear. */
export const findCanaries = async (
  report: Report,
  {
    server,
    heard,
    accounts,
    elsewhere,
  }: { server: RunningServer; heard: readonly Capture[]; accounts: readonly Account[]; elsewhere: Elsewhere },
): Promise<void> => {
  const tables = await tableTexts(server);
  const log: Capture = { at: 'what the server printed', bytes: Buffer.from(server.output()) };
  const captures = [...heard, ...tables, log];
  const hits = hitsIn(captures, canary);
  const bytes = captures.reduce((sum, each) => sum + each.bytes.length, 0);
  report.check(
    'no secret that is sent there is in an answer, in the log or in a column that is not sealed',
    hits.length === 0,
    told(
      hits,
      `${count(heard.length)} answers, ${tables.length} tables, ${count(Math.round(bytes / 1e3))} kB`,
    ),
  );
  report.check(
    'nothing at all goes to another origin, wherever the platform points',
    elsewhere.heard.length === 0,
    told(elsewhere.heard, `${elsewhere.heard.length} requests there`),
  );
  const sent = accounts.flatMap(({ verbex }) => verbex.requests.map(({ body }) => JSON.stringify(body)));
  report.control(
    'the secrets where they are sent to',
    hitsIn([{ at: 'sent', bytes: Buffer.from(sent.join()) }], canary).length === 1,
  );
  const label = 'Number 0';
  report.control('a name, which is no secret, in a table', hitsIn(tables, label).length > 0);
  report.control('a name, which is no secret, in an answer', hitsIn(heard, label).length > 0);
  await fetch(`${elsewhere.url}/v1/phone-numbers`, { headers: { authorization: canary } });
  report.control('whoever goes elsewhere', elsewhere.heard.length === 1);
};
