import { expect, test } from 'vitest';
import { openLog } from '#server/log.ts';
import { testDatabase } from '#server/testing/test-database.ts';
import { createJobs } from './jobs.ts';

const database = await testDatabase();
const log = openLog('silent');

test('jobs take turns, another kind waits for none, and what fails again and again is given up', async () => {
  await database.query('delete from job');
  const done: string[] = [];
  const jobs = createJobs({ database, log });
  let isLongOver = false;
  jobs.handle('long', {
    async doPart(id) {
      done.push(id);
      if (id === 'endless' && !isLongOver) {
        await database.query('select pg_sleep(0.05)');
        return 'more';
      }
      return 'over';
    },
    giveUp: async () => {},
  });
  jobs.handle('failing', {
    doPart: () => Promise.reject(new Error('planted')),
    giveUp: async (id) => void done.push(`given up: ${id}`),
  });
  await database.transaction(async (tx) => {
    await jobs.add(tx, { id: 'endless', kind: 'long' });
    await jobs.add(tx, { id: 'short', kind: 'long' });
    await jobs.add(tx, { id: 'broken', kind: 'failing' });
  });
  jobs.start();
  try {
    await expect.poll(() => done, { timeout: 10_000 }).toContain('short');
    expect(done.indexOf('short')).toBeGreaterThan(0);
    isLongOver = true;
    await expect
      .poll(
        async () => {
          // Nobody waits here for the pause after a failure.
          await database.query(
            `update job set leased_until = null where id = 'broken' and leased_by is null`,
          );
          return done;
        },
        { timeout: 20_000 },
      )
      .toContain('given up: broken');
    await expect.poll(() => database.query('select id from job')).toEqual([]);
  } finally {
    await jobs.stop();
  }
}, 40_000);
