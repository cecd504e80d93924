import { expect, test } from 'vitest';
import { openWatched } from '#server/testing/given-watched.ts';
import { openTestApp } from '#server/testing/test-app.ts';

const PACE_MS = 400;
const { cordboard, verbex, read, linked, patch, giveMany, lists } = openWatched(PACE_MS);

const gapsOf = (requests: readonly { at: number }[]) =>
  requests.slice(1).map(({ at }, before) => at - (requests[before]?.at ?? 0));

test('two servers read it once, at the pace of one, while saves go on beside it', async () => {
  const number = await linked({ friendly_name: 'First' });
  const { test: other } = await openTestApp({ unsafeAllowLoopback: true }, { watchPaceMs: PACE_MS });
  try {
    await giveMany(450);
    const asked = lists().length;
    const began = verbex().requests.length;
    await cordboard().database.query(`update connection set watch_due_at = now()`);
    await expect.poll(() => lists().length, { timeout: 5000, interval: 20 }).toBeGreaterThan(asked);
    let saves = 0;
    while ((await read()).watched_at === null)
      // 202 where the machine is too busy for it to be there within three seconds.
      expect([200, 202]).toContain((await patch(number, { friendly_name: `Name ${(saves += 1)}` })).status);
    const own = lists().slice(asked);
    expect(own).toHaveLength(5);
    expect(Math.min(...gapsOf(own))).toBeGreaterThanOrEqual(PACE_MS);
    // The pace of the account is kept by all: timers may come early, and answers of the database late.
    const all = verbex().requests.slice(began);
    expect((all.at(-1)?.at ?? 0) - (all[0]?.at ?? 0)).toBeGreaterThan((all.length - 1) * 200 - 100);
    expect(saves).toBeGreaterThan(0);
    expect(verbex().mostInFlight()).toBeLessThanOrEqual(2);
  } finally {
    other.app.close();
  }
});
