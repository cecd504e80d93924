import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWiredDatabase } from '#server/testing/wired-database.ts';
import { DatabaseUnavailable, NotificationsLost, type Database } from '#server/platform/db/database.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };

let wired: Awaited<ReturnType<typeof openWiredDatabase>>;
beforeEach(async () => void (wired = await openWiredDatabase()));
afterEach(() => wired.close());

/** Everything that somebody who listens is told, in its order. */
const listen = async (database: Database) => {
  const told: string[] = [];
  let confirmed: number | null = null;
  await database.listen(
    'told',
    (payload) => told.push(payload),
    () => told.push('gap'),
    (since) => {
      if (since === null) told.push('lost');
      confirmed = since?.steady ?? null;
    },
  );
  return { told, isConfirmedSince: (instant: number) => confirmed !== null && confirmed >= instant };
};

const notify = (database: Database, payload: string) =>
  database.query('SELECT pg_notify($1, $2)', ['told', payload]);

describe('whoever listens', () => {
  test('is not told of beats, its own or another’s, and hears everything else before they confirm it', async () => {
    const [here, elsewhere] = [await listen(wired.database), await listen(wired.elsewhere)];
    await notify(wired.elsewhere, 'one');
    const sent = performance.now();
    await expect
      .poll(() => here.isConfirmedSince(sent) && elsewhere.isConfirmedSince(sent), PATIENCE)
      .toBe(true);
    expect([here.told, elsewhere.told]).toEqual([['one'], ['one']]);
  });

  test('hears nothing confirmed while notifications are lost on the way, though every question is answered', async () => {
    const { told, isConfirmedSince } = await listen(wired.database);
    wired.wire.deafen(true);
    const deaf = performance.now();
    await notify(wired.elsewhere, 'unheard');
    await expect.poll(() => told, PATIENCE).toEqual(['lost']);
    expect(await wired.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(isConfirmedSince(deaf)).toBe(false);
    wired.wire.deafen(false);
    await expect.poll(() => isConfirmedSince(deaf), PATIENCE).toBe(true);
    expect(told).toEqual(['lost', 'gap']);
  });

  test('is told at once that the connection is lost, and of a gap when it hears again', async () => {
    const { told, isConfirmedSince } = await listen(wired.database);
    await wired.wire.close();
    await expect.poll(() => told, PATIENCE).toEqual(['lost']);
    await wired.wire.open();
    const back = performance.now();
    await expect.poll(() => isConfirmedSince(back), PATIENCE).toBe(true);
    expect(told).toEqual(['lost', 'gap']);
  });

  test('is refused where notifications do not arrive, by another name than where nothing answers', async () => {
    wired.wire.deafen(true);
    const refused = await listen(wired.database).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NotificationsLost);
    expect((refused as Error).message).toContain('pooler in transaction mode');
    await wired.wire.close();
    await expect(listen(wired.database)).rejects.toThrow(DatabaseUnavailable);
    await wired.wire.open();
  });
});

describe('a question with a limit', () => {
  test('is given up by then, and its connection goes', async () => {
    expect(await wired.database.within(20_000).query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const before = wired.wire.connections();
    wired.wire.hold(true);
    const asked = Array.from({ length: 12 }, () => wired.database.within(100).query('SELECT 1'));
    for (const outcome of await Promise.allSettled(asked))
      expect(outcome).toMatchObject({ reason: expect.any(DatabaseUnavailable) as unknown });
    await expect.poll(() => wired.wire.connections(), PATIENCE).toBeLessThanOrEqual(before);
    wired.wire.hold(false);
    await expect
      .poll(() => wired.database.within(5000).query('SELECT 1 AS one'), PATIENCE)
      .toEqual([{ one: 1 }]);
  });
});
