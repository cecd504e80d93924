import { beforeEach, expect, test } from 'vitest';
import type { Database } from '#server/platform/db/database.ts';
import type { Egress } from '#server/platform/egress/egress.ts';
import type { EgressAnswer } from '#server/platform/egress/exchange.ts';
import { emptyTables, testDatabase, testServerDatabase } from '#server/testing/test-database.ts';
import { createPacedEgress } from './pace.ts';

const asked = { url: 'https://platform.test/', method: 'GET', headers: {}, timeoutMs: 1000, maxBytes: 1 };
const fine: EgressAnswer = { status: 200, headers: {}, body: Buffer.alloc(0) };

let database: Database;

beforeEach(async () => {
  const owner = await testDatabase();
  database = await testServerDatabase();
  await emptyTables(owner);
  for (const id of ['one', 'two'])
    await owner.query(
      `insert into connection (id, kind, role, name, name_key, settings) values ($1, 'verbex', 'platform', $1, $1, '{}')`,
      [id],
    );
});

/** An account that notes when it is asked, and how many ask it at once. */
const account = (answer: (at: number) => EgressAnswer | Promise<EgressAnswer> = () => fine) => {
  const times: number[] = [];
  let [inFlight, most] = [0, 0];
  const egress: Egress = {
    async request() {
      most = Math.max(most, (inFlight += 1));
      times.push(performance.now());
      try {
        return await answer(times.length);
      } finally {
        inFlight -= 1;
      }
    },
  };
  return { egress, times, most: () => most };
};
const many = (count: number, ask: (at: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, at) => ask(at)));

test('whoever asks for it, an account is asked five times a second at most', async () => {
  const { egress, times } = account();
  const servers = [1, 2, 3].map(() => createPacedEgress({ database, egress }, 'one'));
  await many(6, (at) => servers[at % 3]?.request(asked) ?? Promise.reject(new Error('none')));
  // Timers may come a millisecond early, and answers of the database late.
  for (const [at, time] of times.entries())
    if (at > 0) expect(time - (times[at - 1] ?? 0)).toBeGreaterThan(150);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
});

test('another account does not wait for it', async () => {
  const { egress } = account();
  const [one, two] = ['one', 'two'].map((id) => createPacedEgress({ database, egress }, id));
  const busy = many(4, () => one?.request(asked) ?? Promise.reject(new Error('none')));
  const began = performance.now();
  await two?.request(asked);
  expect(performance.now() - began).toBeLessThan(400);
  await busy;
});

test('no more than two requests are under way, however slow they are', async () => {
  const slow = account(() => new Promise((resolve) => setTimeout(() => resolve(fine), 700)));
  const paced = createPacedEgress({ database, egress: slow.egress }, 'one');
  await many(4, () => paced.request(asked));
  expect(slow.most()).toBe(2);
});

test('a rest that the platform asks for is kept by all', async () => {
  const resting = { ...fine, status: 429, headers: { 'retry-after': '1' } };
  const { egress, times } = account((at) => (at === 1 ? resting : fine));
  expect((await createPacedEgress({ database, egress }, 'one').request(asked)).status).toBe(429);
  await createPacedEgress({ database, egress }, 'one').request(asked);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
});

test('where the rest is long, nobody waits for its end, and is told how long it is', async () => {
  const resting = { ...fine, status: 429, headers: { 'retry-after': '3600' } };
  const { egress, times } = account(() => resting);
  const paced = createPacedEgress({ database, egress }, 'one');
  await paced.request(asked);
  const error: unknown = await paced.request(asked).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'rate_limited' });
  expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(3_500_000);
  expect(times).toHaveLength(1);
});

test('whoever goes away while waiting asks nothing, and a connection that is gone is not asked', async () => {
  const { egress, times } = account();
  const paced = createPacedEgress({ database, egress }, 'one');
  const away = new AbortController();
  const waiting = many(3, () => paced.request({ ...asked, signal: away.signal }).catch(() => 'gone'));
  setTimeout(() => away.abort(), 80);
  await waiting;
  expect(times.length).toBeLessThan(3);
  await expect(createPacedEgress({ database, egress }, 'none').request(asked)).rejects.toMatchObject({
    code: 'cancelled',
    message: 'The connection was removed.',
  });
});
