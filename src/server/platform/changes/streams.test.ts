import { expect } from 'vitest';
import type { Change } from '#contract/changes.ts';
import { actsOn } from '#server/cli/command/acts-on.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { addNumber, anyNumber, patchNumber } from '#server/testing/given.ts';
import { test, testConfig, type Caller, type TestApp } from '#server/testing/test-app.ts';
import { KEPT_CHANGES } from './change-ring.ts';
import { MAX_STREAMS, openChangeStreams } from './streams.ts';

interface Open {
  text: () => string;
  isOver: () => boolean;
  close: () => Promise<unknown>;
}

const read = (response: Response): Open => {
  expect(response.status).toBe(200);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let isOver = false;
  const readOn = async () => {
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      text += part.value;
    }
    isOver = true;
  };
  void readOn();
  return { text: () => text, isOver: () => isOver, close: async () => reader?.cancel() };
};

const follow = async ({ app }: TestApp, headers: Record<string, string>, query = '') =>
  read(await app.hono.fetch(new Request(`http://cordboard.test/v1/changes${query}`, { headers })));

const positionOf = async (as: Caller) =>
  (await as.request('GET', '/v1/phone-numbers')).headers.get('changes-position') ?? '';

const followTimes = async (
  cordboard: TestApp,
  times: number,
  headers: Record<string, string>,
): Promise<Open[]> => {
  const opened: Open[] = [];
  for (let n = 0; n < times; n++) opened.push(await follow(cordboard, headers));
  return opened;
};

test('an operator’s oldest stream gives way to one too many, and is told', async ({ cordboard }) => {
  const operator = await cordboard.signedInAs('operator');
  const [oldest, ...others] = await followTimes(cordboard, MAX_STREAMS.operator + 1, {
    cookie: operator.cookie,
  });
  await expect.poll(() => oldest?.isOver()).toBe(true);
  expect(oldest?.text()).toContain('event: replaced\n');
  const { _id: id } = await addNumber(operator);
  await expect.poll(() => others.every((other) => other.text().includes(id))).toBe(true);
  expect(others.some((other) => other.isOver() || other.text().includes('replaced'))).toBe(false);
  await Promise.all(others.map((other) => other.close()));
});

test('nobody else’s stream gives way, and a closed one makes room', async ({ cordboard }) => {
  const [busy, quiet] = [await cordboard.withKey(['numbers:read']), await cordboard.signedInAs('viewer')];
  const other = await follow(cordboard, { cookie: quiet.cookie });
  const own = await followTimes(cordboard, MAX_STREAMS.api_key, { authorization: `Bearer ${busy.key}` });
  await own[7]?.close();
  own.push(await follow(cordboard, { authorization: `Bearer ${busy.key}` }));
  const writer = cordboard.as('operator');
  const number = await addNumber(writer);
  await patchNumber(writer, number._id, { notes: 'told' });
  await expect.poll(() => [other, own[0]].every((open) => open?.text().includes('"version":2'))).toBe(true);
  expect(own[0]?.isOver()).toBe(false);
  await Promise.all([other, ...own].map((open) => open.close()));
});

test('a stream ends at the moment its key does', async ({ cordboard }) => {
  const key = await cordboard.withKey(['numbers:read'], { expiresAt: new Date(Date.now() + 2000) });
  const open = await follow(cordboard, { authorization: `Bearer ${key.key}` });
  await expect.poll(() => open.isOver(), { timeout: 8000 }).toBe(true);
});

test('a stream ends at the moment its session does', async ({ cordboard }) => {
  const viewer = await cordboard.signedInAs('viewer');
  await cordboard.database.query('update session set expires_at = $2 where id = $1', [
    viewer.sessionId,
    new Date(Date.now() + 2000),
  ]);
  const open = await follow(cordboard, { cookie: viewer.cookie });
  await expect.poll(() => open.isOver(), { timeout: 8000 }).toBe(true);
});

test('no beat is waited for: a stream ends when its key does', async () => {
  const streams = openChangeStreams({ follow: () => () => {} });
  const actor = {
    kind: 'api_key',
    id: 'k',
    name: 'k',
    scopes: [],
    expiresAt: new Date(Date.now() + 200),
  } as const;
  const open = read(
    streams.open({
      request: new Request('http://cordboard.test/v1/changes'),
      actor,
      recognise: async () => null,
    }),
  );
  await expect.poll(() => open.isOver()).toBe(true);
  expect(open.text()).not.toContain('alive');
  streams.close();
});

test('a revoked key ends all its streams by one question, and nobody else is asked for', async () => {
  let tell: (change: Change | 'gap') => void = () => {};
  const streams = openChangeStreams({
    follow(listener) {
      tell = listener;
      return () => {};
    },
  });
  const asked: string[] = [];
  const keys = ['first', 'second'].map(
    (id) => ({ kind: 'api_key', id, name: id, scopes: [], expiresAt: null }) as const,
  );
  const opened = keys.map((actor) =>
    Array.from({ length: 50 }, () => {
      const recognise = async () => {
        asked.push(actor.id);
        return actor.id === 'first' ? null : actor;
      };
      return read(
        streams.open({ request: new Request('http://cordboard.test/v1/changes'), actor, recognise }),
      );
    }),
  );
  expect(streams.count()).toBe(100);
  tell({ subject: 'api_key', id: 'first', change: 'updated', version: null });
  await expect.poll(() => opened[0]?.every((open) => open.isOver())).toBe(true);
  expect(asked).toEqual(['first']);
  expect(streams.count()).toBe(50);
  tell('gap');
  await expect.poll(() => opened[1]?.every((open) => open.text().includes('event: gap'))).toBe(true);
  expect(asked).toEqual(['first', 'second']);
  streams.close();
});

test('many that changed at once are told in one line, and a set of one as ever', async ({ cordboard }) => {
  const viewer = await cordboard.signedInAs('viewer');
  const open = await follow(cordboard, { cookie: viewer.cookie });
  const { database } = cordboard;
  const { addPhoneNumbers } = actsOn(database, keyringOf(testConfig.masterKey ?? Buffer.alloc(32)));
  const add = (count: number) =>
    database.transaction((tx) =>
      addPhoneNumbers(
        tx,
        commandLineContext(),
        Array.from({ length: count }, () => ({
          body: { phone_number: anyNumber(), provider: 'pia' as const },
        })),
      ),
    );
  const ids = (await add(3)).map(({ row }) => row?.id);
  const [alone] = await add(1);
  await expect
    .poll(() => open.text())
    .toContain(`data: {"subject":"phone_number","ids":${JSON.stringify(ids)},"change":"added"}\n\n`);
  await expect
    .poll(() => open.text())
    .toContain(`data: {"subject":"phone_number","id":"${alone?.row?.id}","change":"added","version":1}\n\n`);
  await open.close();
});

test('a stream begins where a list was read, and says where that is', async ({ cordboard }) => {
  const { cookie, ...viewer } = await cordboard.signedInAs('viewer');
  const as = cordboard.as('operator');
  const here = await follow(cordboard, { cookie });
  const { _id: before } = await addNumber(as);
  await expect.poll(() => here.text()).toContain(before);
  const position = await positionOf(viewer);
  const [first, second] = [await addNumber(as), await addNumber(as)];
  await expect.poll(() => here.text()).toContain(second._id);
  const open = await follow(cordboard, { cookie }, `?since=${position}`);
  await expect.poll(() => open.text()).toContain(second._id);
  expect(open.text()).toContain(first._id);
  expect(open.text()).not.toContain(before);
  expect(open.text()).not.toContain('event: gap');
  const now = await positionOf(viewer);
  const later = await follow(cordboard, { cookie }, `?since=${now}`);
  await expect.poll(() => later.text()).toContain(`event: position\ndata: ${now}\n\n`);
  for (const foreign of ['another-0', '0', '', `${now}0`, `${now}x`]) {
    const told = await follow(cordboard, { cookie }, `?since=${foreign}`);
    await expect.poll(() => told.text()).toContain('event: gap\n');
    await told.close();
  }
  expect(later.text()).not.toMatch(/event: gap|data: \{"subject"/);
  await Promise.all([here, open, later].map((each) => each.close()));
});

test('a position is good for the latest changes alone, and for nothing once a gap was told', async () => {
  let tell: (change: Change | 'gap') => void = () => {};
  const streams = openChangeStreams({
    follow(listener) {
      tell = listener;
      return () => {};
    },
  });
  const actor = { kind: 'api_key', id: 'k', name: 'k', scopes: [], expiresAt: null } as const;
  const open = async (since: string) => {
    const opened = read(
      streams.open({
        request: new Request('http://cordboard.test/v1/changes'),
        actor,
        since,
        recognise: async () => actor,
      }),
    );
    await expect.poll(() => opened.text()).toContain('event: position');
    return opened;
  };
  const change = (id: string): Change => ({ subject: 'phone_number', id, change: 'updated', version: 1 });
  const oldest = streams.position();
  tell(change('first'));
  const kept = streams.position();
  for (let told = 0; told < KEPT_CHANGES; told += 1) tell(change(`other ${told}`));
  await expect.poll(async () => (await open(kept)).text()).toContain(`other ${KEPT_CHANGES - 1}`);
  expect((await open(oldest)).text()).toContain('event: gap');
  tell('gap');
  expect((await open(kept)).text()).toContain('event: gap');
  streams.close();
});
