import { expect } from 'vitest';
import { openLog } from '#server/log.ts';
import { test } from '#server/testing/test-app.ts';
import { listKeysNearTheirEnd } from './service.ts';
import { createKeyEndWarning } from './warn-of-ends.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

test('keys within fourteen days of their end are listed, the first to end first, and no others', async ({
  cordboard,
}) => {
  const give = async (days: number) =>
    (await cordboard.withKey(['numbers:read'], { expiresAt: inDays(days) })).apiKeyId;
  const [thirteen, one] = [await give(13.9), await give(1)];
  await give(14.1);
  await give(-1);
  await cordboard.withKey(['numbers:read']);
  await cordboard.as('admin').request('DELETE', `/v1/api-keys/${await give(2)}`);
  expect((await listKeysNearTheirEnd(cordboard.database)).map(({ api_key_id }) => api_key_id)).toEqual([
    one,
    thirteen,
  ]);
});

test('each is logged at once, then once a day until its end', async ({ cordboard }) => {
  const { apiKeyId, key } = await cordboard.withKey(['numbers:read'], { expiresAt: inDays(9.5) });
  const lines: string[] = [];
  const warn = createKeyEndWarning({
    database: cordboard.database,
    log: openLog('warn', { write: (line: string) => void lines.push(line) }),
  });
  const days = async (...moments: number[]) => {
    lines.length = 0;
    for (const moment of moments) await warn(inDays(moment));
    return lines.map(
      (line) => JSON.parse(line) as { api_key: string; days: number; level: string } satisfies object,
    );
  };
  expect(await days(0, 0.1, 0.9)).toMatchObject([{ level: 'warn', api_key: apiKeyId, days: 9 }]);
  expect(await days(1, 1.5, 2.1)).toMatchObject([{ days: 8 }, { days: 7 }]);
  expect(await days(9.4, 9.6, 11)).toMatchObject([{ days: 0 }]);
  expect(lines.join()).not.toContain(key.slice(4));
});
