import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/test-database.ts';
import { openLog, type LogFields } from './log.ts';

const canary = 'canary-7f3a';

const written = (fields: LogFields) => {
  const lines: string[] = [];
  openLog('info', { write: (line: string) => void lines.push(line) }).error(fields, 'something failed');
  return lines.join('');
};

test('only the fields that are allowed are written', () => {
  const line = written({
    method: 'GET',
    route: 'GET /v1/me',
    status: 200,
    ms: 3,
    request_id: 'r1',
    actor: 'o1',
    body: canary,
  } as LogFields);
  expect(JSON.parse(line)).toEqual({
    level: 'error',
    time: expect.any(String),
    method: 'GET',
    route: 'GET /v1/me',
    status: 200,
    ms: 3,
    request_id: 'r1',
    actor: 'o1',
    msg: 'something failed',
  });
});

test('of an error its kind and place are written, and nothing it quotes', () => {
  const error = new Error(`${canary}\n    at ${canary}`, { cause: new RangeError(canary) });
  const line = written({ err: Object.assign(error, { body: canary, code: 'ENOENT' }) });
  expect(line).not.toContain(canary);
  expect(JSON.parse(line).error).toMatchObject({
    type: 'Error',
    code: 'ENOENT',
    at: expect.stringContaining('log.test.ts'),
    cause: { type: 'RangeError' },
  });
});

test('of a refused statement the code, constraint and table are written, and no value', async () => {
  const database = await testDatabase();
  await database.query('DROP TABLE IF EXISTS logged; CREATE TABLE logged (word text PRIMARY KEY)');
  const error = await database
    .query(`INSERT INTO logged VALUES ($1), ($1)`, [canary])
    .catch((caught: unknown) => caught);
  const line = written({ err: error });
  expect(line).not.toContain(canary);
  expect(JSON.parse(line).error).toMatchObject({ code: '23505', constraint: 'logged_pkey', table: 'logged' });
});
