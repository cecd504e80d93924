import { describe, expect } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { purgeRevealCounts } from './reveal-cap-store.ts';
import { addNumber, expectProblem, patchNumber, tally } from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';
import { openTestApp, test, type Caller, type TestApp } from '#server/testing/test-app.ts';

const reveal = (as: Caller, { _id }: Pick<PhoneNumber, '_id'>) =>
  as.request('POST', `/v1/phone-numbers/${_id}/reveal`, { body: { credential: 'sip_trunk_password' } });

const allow = async (cordboard: TestApp, body: object) =>
  expect((await cordboard.as('admin').request('PATCH', '/v1/settings', { body })).status).toBe(200);

const eventsOf = async (cordboard: TestApp, action: string) => {
  const { body } = await cordboard
    .as('admin')
    .request('GET', `/v1/audit-events?action=${action}&page_size=100`);
  return auditEventListSchema.parse(body).audit_events;
};

const hourLater = (cordboard: TestApp) =>
  cordboard.database.query(`update reveal_count set began_at = began_at - interval '1 hour'`);

describe('reveals', () => {
  test('are 60 an hour for an operator, however many are asked for at once', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const numbers = await Promise.all(Array.from({ length: 4 }, () => addNumber(as, trunk)));
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, index) => reveal(as, numbers[index % 4] ?? { _id: '' })),
    );
    expect(tally(answers)).toEqual({ 200: 60, 429: 20 });
    const [refused] = answers.filter(({ status }) => status === 429);
    const problem = expectProblem(refused ?? (await reveal(as, { _id: 'none' })), 429, 'too_many_reveals');
    expect(problem.retry_after_seconds).toBeGreaterThan(3500);
    expect(problem.retry_after_seconds).toBeLessThanOrEqual(3600);
    expect(refused?.headers.get('retry-after')).toBe(String(problem.retry_after_seconds));
    expect(problem.detail).toContain('60');
    expect(JSON.stringify(problem)).not.toContain(trunk.sip_trunk_password);
    expect(await eventsOf(cordboard, 'credential.revealed')).toHaveLength(60);
    expect(await eventsOf(cordboard, 'credential.reveal_refused')).toMatchObject([
      { actor: { id: as.operatorId }, detail: '60 an hour' },
    ]);
    // Another operator has an hour of their own.
    expect((await reveal(await cordboard.signedInAs('operator'), numbers[0] ?? { _id: '' })).status).toBe(
      200,
    );
  });

  test('are 600 an hour for a key, counted over all instances', async ({ cordboard }) => {
    const key = await cordboard.withKey(['credentials:reveal']);
    const number = await addNumber(cordboard.as('operator'), trunk);
    expect((await reveal(key, number)).status).toBe(200);
    await cordboard.database.query('update reveal_count set reveals = 590');
    const { test: other } = await openTestApp();
    const twice = [key, other.withHeaders({ authorization: `Bearer ${key.key}` })];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => reveal(twice[index % 2] ?? key, number)),
    );
    other.app.close();
    expect(tally(answers)).toEqual({ 200: 10, 429: 20 });
  });

  test('begin anew when the hour is over, and a refusal in it is told again', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, trunk);
    await allow(cordboard, { operator_reveals_per_hour: 2 });
    const three = async () => [
      await reveal(as, number),
      await reveal(as, number),
      await reveal(as, number),
      await reveal(as, number),
    ];
    expect(tally(await three())).toEqual({ 200: 2, 429: 2 });
    await hourLater(cordboard);
    expect(tally(await three())).toEqual({ 200: 2, 429: 2 });
    expect(await eventsOf(cordboard, 'credential.reveal_refused')).toHaveLength(2);
  });

  test('are not locked out by an hour that begins in the future', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, trunk);
    await allow(cordboard, { operator_reveals_per_hour: 1 });
    const twice = async () => tally([await reveal(as, number), await reveal(as, number)]);
    const setClockBack = () =>
      cordboard.database.query(`update reveal_count set began_at = began_at + interval '30 days'`);
    expect(await twice()).toEqual({ 200: 1, 429: 1 });
    await setClockBack();
    expect(await twice()).toEqual({ 200: 1, 429: 1 });
    await setClockBack();
    await cordboard.database.transaction(purgeRevealCounts);
    expect(await cordboard.database.query('select 1 from reveal_count')).toEqual([]);
  });

  test('that are refused for another reason are not counted', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [bare, number] = [await addNumber(as, { provider: 'sip' }), await addNumber(as, trunk)];
    await allow(cordboard, { operator_reveals_per_hour: 1 });
    expect((await reveal(as, bare)).status).toBe(422);
    expect((await reveal(as, { _id: 'ffffffffffffffffffffffff' })).status).toBe(404);
    expect((await reveal(as, number)).status).toBe(200);
    expect((await reveal(as, number)).status).toBe(429);
    // An admin allows more: it holds at once.
    await allow(cordboard, { operator_reveals_per_hour: 2 });
    expect((await reveal(as, number)).status).toBe(200);
  });
});

describe('a burst', () => {
  const soon = { timeout: 5000 };

  test('of reveals is told once', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, trunk);
    for (let count = 0; count < 21; count++) await reveal(as, number);
    const told = () => eventsOf(cordboard, 'credential.reveal_burst');
    await expect.poll(async () => (await told()).length, soon).toBe(1);
    expect(await told()).toMatchObject([
      {
        actor: { id: as.operatorId },
        subject: { kind: 'operator', id: as.operatorId, name: as.email },
        detail: 'more than 20 within 5 minutes',
      },
    ]);
    for (let count = 0; count < 5; count++) await reveal(as, number);
    const other = await cordboard.withKey(['credentials:reveal']);
    for (let count = 0; count < 21; count++) await reveal(other, number);
    // What was noticed first is looked at first: once the key's burst is told, the operator's was looked at
    // again.
    await expect
      .poll(async () => (await told()).map(({ actor }) => actor.kind), soon)
      .toEqual(['api_key', 'operator']);
  });

  test('is told though one is recorded in the future', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, trunk);
    await cordboard.database.query(
      `insert into audit_event (at, action, actor_kind, actor_id, actor_name, subject_kind, subject_id, subject_name)
        values (now() + interval '30 days', 'credential.reveal_burst', 'operator', $1, 'x', 'operator', $1, 'x')`,
      [as.operatorId],
    );
    for (let count = 0; count < 21; count++) await reveal(as, number);
    await expect
      .poll(async () => (await eventsOf(cordboard, 'credential.reveal_burst')).length, soon)
      .toBe(2);
  });

  test('of credentials set is told, and other changes make none', async ({ cordboard }) => {
    const [quiet, busy] = [
      await cordboard.withKey(['numbers:write']),
      await cordboard.withKey(['numbers:write']),
    ];
    const number = await addNumber(quiet, trunk);
    for (let count = 0; count < 25; count++) await patchNumber(quiet, number._id, { notes: `${count}` });
    await patchNumber(quiet, number._id, { sip_trunk_password: 'one more' });
    for (let count = 0; count < 21; count++)
      await patchNumber(busy, number._id, { sip_trunk_password: 'guess' });
    const told = async () => (await eventsOf(cordboard, 'credential.set_burst')).map(({ actor }) => actor.id);
    await expect.poll(told, soon).toEqual([busy.apiKeyId]);
  });
});
