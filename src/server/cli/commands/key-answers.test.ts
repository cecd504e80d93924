import { describe, expect } from 'vitest';
import { runCommand } from '#server/testing/run-command.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';
import { CommandError, UsageError } from '#server/cli/command/command.ts';
import { operator } from './operator.ts';

const given = async (cordboard: TestApp) => {
  const [staying, leaving] = [await cordboard.signedInAs('admin'), await cordboard.signedInAs('admin')];
  const [one, two] = [
    await cordboard.withKey(['numbers:read'], { ownerId: leaving.operatorId }),
    await cordboard.withKey(['calls:route'], { ownerId: leaving.operatorId }),
  ];
  const disable = (flags: Record<string, string | string[]>) =>
    runCommand(cordboard, operator, ['disable'], { email: leaving.email, ...flags });
  const statuses = async () => [
    (await one.request('GET', '/v1/me')).status,
    (await two.request('GET', '/v1/me')).status,
  ];
  const owners = async () =>
    (
      await cordboard.database.query<{ owner_id: string }>(
        'select owner_id from api_key order by scopes desc',
      )
    ).map(({ owner_id }) => owner_id);
  return { staying, leaving, one, two, disable, statuses, owners };
};

describe('operator disable, of an admin with live keys', () => {
  test('names the keys and the flags, and changes nothing, where it does not answer for each', async ({
    cordboard,
  }) => {
    const { leaving, one, two, disable, statuses } = await given(cordboard);
    const refusal = disable({ 'end-key': [one.apiKeyId] });
    await expect(refusal).rejects.toThrow(CommandError);
    await expect(refusal).rejects.toThrow(new RegExp(`${two.apiKeyId}[^]*--end-key`));
    await expect(refusal).rejects.not.toThrow(one.apiKeyId);
    expect(await statuses()).toEqual([200, 200]);
    expect((await leaving.request('GET', '/v1/me')).status).toBe(200);
  });

  test('ends what is to end, in a server that is running, and hands the rest to the new owner', async ({
    cordboard,
  }) => {
    const { staying, leaving, one, disable, statuses, owners } = await given(cordboard);
    expect(await statuses()).toEqual([200, 200]);
    await disable({ 'end-key': [one.apiKeyId], 'take-over-key': ['all'], 'new-owner': staying.email });
    await expect.poll(statuses).toEqual([401, 200]);
    expect(await owners()).toEqual([leaving.operatorId, staying.operatorId]);
    await expect.poll(async () => (await leaving.request('GET', '/v1/me')).status).toBe(401);
  });

  test('refuses a new owner who is none, who is missing, and a key that is named twice', async ({
    cordboard,
  }) => {
    const { leaving, one, disable, statuses } = await given(cordboard);
    const viewer = await cordboard.signedInAs('viewer');
    await expect(disable({ 'take-over-key': ['all'] })).rejects.toThrow(UsageError);
    await expect(
      disable({ 'take-over-key': ['all'], 'new-owner': 'nobody@company.example' }),
    ).rejects.toThrow('No operator has');
    await expect(disable({ 'take-over-key': ['all'], 'new-owner': viewer.email })).rejects.toThrow(
      'must be an admin',
    );
    await expect(disable({ 'take-over-key': ['all'], 'new-owner': leaving.email })).rejects.toThrow(
      'only another admin',
    );
    await expect(
      disable({
        'end-key': [one.apiKeyId, 'all'],
        'take-over-key': [one.apiKeyId],
        'new-owner': viewer.email,
      }),
    ).rejects.toThrow('once');
    expect(await statuses()).toEqual([200, 200]);
  });
});
