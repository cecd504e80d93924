import { describe, expect } from 'vitest';
import type { Command, CommandContext } from '#server/cli/command/command.ts';
import { addNumber, getNumber, historyOf, listNumbers, walkList } from '#server/testing/given.ts';
import { test, testConfig, type TestApp } from '#server/testing/test-app.ts';
import { UsageError } from '#server/cli/command/command.ts';
import { loadSample } from '#server/cli/sample/load-sample.ts';
import { seed } from './seed.ts';

const runCommand = async (
  command: Command,
  { database }: TestApp,
  values: CommandContext['values'],
): Promise<string[]> => {
  const printed: string[] = [];
  await command.run({
    config: testConfig,
    positionals: [],
    values,
    openDatabase: async () => database,
    print: (line) => void printed.push(line),
    explain: () => {},
    readSecret: async () => '',
  });
  return printed;
};

describe('seeding', () => {
  test('fills the database up to so many numbers, and the second time adds none', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const own = await addNumber(as, { friendly_name: 'mine' });
    expect((await runCommand(seed, cordboard, { numbers: '700' }))[0]).toContain('Added 699 numbers');
    expect((await runCommand(seed, cordboard, { numbers: '700' }))[0]).toContain('Added 0 numbers');
    expect((await runCommand(seed, cordboard, { numbers: '1800' }))[0]).toContain('Added 1100 numbers');
    expect(await getNumber(as, own._id)).toEqual(own);
    const { total_count: total, phone_numbers: page } = await listNumbers(as, {
      include: 'total',
      page_size: '100',
    });
    expect(total).toBe(1800);
    expect(new Set(page.map(({ provider }) => provider)).size).toBe(3);
    const [event] = await historyOf(as, String(page.at(-1)?._id));
    expect(event).toMatchObject({
      action: 'phone_number.added',
      actor: { kind: 'system', name: 'Command line' },
    });
    expect(new Set(await walkList(as, { page_size: '100' })).size).toBe(1800);
  });

  test('seals credentials as any other', async ({ cordboard }) => {
    await runCommand(seed, cordboard, { numbers: '50' });
    const as = cordboard.as(['numbers:read', 'credentials:reveal']);
    const { phone_numbers: numbers } = await listNumbers(as, { provider: 'twilio', page_size: '1' });
    const answer = await as.request('POST', `/v1/phone-numbers/${String(numbers[0]?._id)}/reveal`, {
      body: { credential: 'twilio_auth_token' },
    });
    expect(answer.body).toMatchObject({ value: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
  });

  test.for(['0', '-1', 'many', '1e99', undefined])(
    'of %s numbers is refused',
    async (numbers, { cordboard }) => {
      await expect(runCommand(seed, cordboard, { numbers })).rejects.toThrow(UsageError);
    },
  );
});

describe('the sample', () => {
  test('is accepted whole: every provider, region and country of it, with its history and three sign-ins', async ({
    cordboard,
  }) => {
    const signIns = await loadSample({
      config: testConfig,
      database: cordboard.database,
      newPassword: () => 'correct horse battery',
    });
    expect(signIns.map(({ role }) => role)).toEqual(['admin', 'operator', 'viewer']);
    const as = cordboard.as('viewer');
    const count = async (query: Record<string, string>) =>
      (await listNumbers(as, { ...query, include: 'total' })).total_count ?? 0;
    expect(await count({})).toBe(274);
    for (const query of [{ provider: 'sip' }, { provider: 'twilio' }, { provider: 'pia' }])
      expect(await count(query)).toBeGreaterThan(60);
    for (const region of ['global', 'bd', 'bd_link3']) expect(await count({ region })).toBeGreaterThan(15);
    expect(await count({ agent_id: 'none' })).toBeGreaterThan(0);
    expect(await count({ q: 'Legacy IVR' })).toBeGreaterThan(0);
    expect(await count({ q: '=HYPERLINK' })).toBe(1);
    const { body } = await as.request<{ data: unknown[] }>('GET', '/v2/ai-agents?agent_status=retired');
    expect(body.data).toHaveLength(2);
    const signedIn = await cordboard.request('POST', '/v1/sign-in', {
      body: { email: signIns[0]?.email, password: signIns[0]?.password },
    });
    expect(signedIn.status).toBe(200);
  });
});
