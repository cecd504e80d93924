import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/test-database.ts';
import { mountHealth } from './health.ts';

test('however many ask whether the server is ready, the database is asked once, and again later', async () => {
  const database = await testDatabase();
  const app = new Hono();
  let asked = 0;
  const isReachable = () => {
    asked += 1;
    return database.isReachable();
  };
  mountHealth(app, { ...database, isReachable });
  const ask = async () => (await app.request('/readyz')).status;
  expect(await Promise.all(Array.from({ length: 100 }, ask))).toEqual(Array(100).fill(200));
  expect(asked).toBe(1);
  await expect.poll(async () => ((await ask()) === 200 ? asked : 0)).toBe(2);
});
