import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { connectionSchema, type Connection } from '#contract/connections/connections.ts';
import { driftListSchema, type Link } from '#contract/connections/links.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { addNumber, getNumber } from './given.ts';
import { openTestApp, type Caller, type TestAnswer, type TestApp } from './test-app.ts';
import { startVerbex, type VerbexStandIn } from './verbex/start-verbex.ts';
import type { StandInRequest } from './verbex/faults.ts';

export const PATIENCE = { timeout: 8000, interval: 20 };

/** Something that is over once it is said to be. */
export const given = (): { promise: Promise<null>; resolve: () => void } => {
  let resolve = () => {};
  const promise = new Promise<null>((done) => {
    resolve = () => done(null);
  });
  return { promise, resolve };
};

/**
 * An app whose watch rests so many milliseconds between two requests, an admin, and a stand-in of a platform with
 * a connection to it: before each test anew.
 */
export const openWatched = (watchPaceMs: number) => {
  let cordboard: TestApp;
  let reset: () => Promise<void>;
  let verbex: VerbexStandIn;
  let as: Caller;
  let connection: Connection;

  beforeAll(async () => {
    ({ test: cordboard, reset } = await openTestApp({ unsafeAllowLoopback: true }, { watchPaceMs }));
  });
  afterAll(() => cordboard.app.close());
  beforeEach(async () => {
    await reset();
    verbex = await startVerbex({ secrets: 'clear' });
    as = await cordboard.signedInAs('admin');
    const answer = await as.request('POST', '/v1/connections', {
      body: {
        kind: 'verbex',
        name: 'Verbex',
        settings: { base_url: verbex.url },
        credentials: { api_key: verbex.state.key },
      },
    });
    connection = connectionSchema.parse(answer.body);
  });
  afterEach(() => verbex.close());

  const request = (
    method: string,
    path: string,
    body?: object,
  ): Promise<TestAnswer<Record<string, unknown>>> =>
    as.request(method, path, body === undefined ? {} : { body });
  const path = () => `/v1/connections/${connection.connection_id}`;
  const read = async (): Promise<Connection> => connectionSchema.parse((await request('GET', path())).body);
  const linkOf = async ({ _id: id }: PhoneNumber): Promise<Link | undefined> =>
    (await getNumber(as, id)).links[0];
  const isDue = async (): Promise<boolean | undefined> =>
    (
      await cordboard.database.query<{ is_due: boolean }>(
        'select watch_due_at < clock_timestamp() as is_due from connection',
      )
    )[0]?.is_due;

  return {
    cordboard: () => cordboard,
    verbex: () => verbex,
    as: () => as,
    connection: () => connection,
    read,
    linkOf,
    request,
    check: () => request('POST', `${path()}/check`),
    pause: () => request('POST', `${path()}/pause`),
    resume: () => request('POST', `${path()}/resume`),

    /** Reads all numbers there once, from now on, and to an end, be it a good one or not. */
    watched: async (): Promise<Connection> => {
      expect((await request('POST', `${path()}/check`)).status).toBe(200);
      await expect.poll(isDue, PATIENCE).toBe(false);
      return read();
    },

    /** A number that is there, and equal on both sides. */
    linked: async (body: Record<string, unknown> = {}): Promise<PhoneNumber> => {
      const number = await addNumber(as, body);
      await request('POST', `/v1/phone-numbers/${number._id}/links`, {
        role: 'platform',
        connection_id: connection.connection_id,
      });
      await expect.poll(async () => (await linkOf(number))?.state, PATIENCE).toBe('synced');
      return getNumber(as, number._id);
    },

    /** As many, put there as they are. */
    giveMany: async (count: number): Promise<void> => {
      const there = Array.from({ length: count }, (_, at) =>
        verbex.addNumber({ phone_number: `+88019${String(at).padStart(8, '0')}`, provider: 'pia' }),
      );
      await cordboard.database.query(
        `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text)
           select given.id, given.number, '', 'pia', '', '' from unnest($1::text[], $2::text[]) as given (id, number)`,
        [there.map(({ _id }) => _id), there.map(({ phone_number }) => phone_number)],
      );
      const fields = { friendly_name: null, inbound_agent_id: null, outbound_agent_id: null };
      await cordboard.database.query(
        `insert into number_link (phone_number_id, role, connection_id, upstream_id, state, seen, theirs, seen_at)
           select id, 'platform', $1, id, 'synced', $2::jsonb, $2::jsonb, now() from phone_number where id = any ($3)`,
        [connection.connection_id, JSON.stringify(fields), there.map(({ _id }) => _id)],
      );
    },

    /** The record on the platform itself: what is changed in it is changed there. */
    thereOf: ({ phone_number: number }: Pick<PhoneNumber, 'phone_number'>) => {
      const found = [...verbex.state.numbers.values()].find((record) => record.phone_number === number);
      if (found === undefined) throw new Error('It is not there');
      return found;
    },
    patch: (number: PhoneNumber, body: object) => request('PATCH', `/v1/phone-numbers/${number._id}`, body),
    act: (number: PhoneNumber, name: string, body: object = {}) =>
      request('POST', `/v1/phone-numbers/${number._id}/links/platform/${name}`, body),
    drift: async () => driftListSchema.parse((await request('GET', '/v1/drift')).body).drift,
    lists: (): StandInRequest[] =>
      verbex.requests.filter(({ method, query }) => method === 'GET' && query.has('page_size')),
  };
};
