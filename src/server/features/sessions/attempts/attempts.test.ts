import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { giveOperator } from '#server/testing/test-actors.ts';
import { emptyTables, testDatabase } from '#server/testing/test-database.ts';
import { createAttempts, type Attempt } from './attempts.ts';
import { createKeyedHash, createLimits } from './limits.ts';
import { purgeAttempts } from './store.ts';

const database = await testDatabase();
const limits = createLimits(createKeyedHash(keyringOf(Buffer.alloc(32, 3))));

beforeEach(() => emptyTables(database));
afterEach(() => void vi.useRealTimers());

const contextFrom = (address: string): RequestContext => ({
  actor: { kind: 'system', id: null, name: 'Nobody' },
  requestId: 'r1',
  address,
  userAgent: null,
  ifMatch: null,
  isLarge: false,
  idempotency: null,
});

const at = (email: string, address = '192.0.2.1'): Attempt => ({
  context: contextFrom(address),
  limits: [limits.account(email), limits.address(address)],
  queue: 'strangers',
  tried: email,
  detail: 'wrong',
});
const known: Attempt = {
  ...at('known@company.example'),
  limits: [limits.device('a browser')],
  queue: 'known',
};

const wrong = () => Promise.reject(new Problem('invalid_credentials', 'wrong'));
const right = () => Promise.resolve('in');
const problemOf = (error: unknown) => (error instanceof Problem ? error : Promise.reject(error as Error));

/** An instance of its own: what it remembers is not shared, what the database counts is. */
const openInstance = () => {
  const attempts = createAttempts(database, limits);
  const attempt = <T>(given: Attempt, work: () => Promise<T>) => attempts.attempt(given, work);
  const codeOf = (given: Attempt, work: () => Promise<unknown> = wrong) =>
    attempt(given, work).then(String, async (e) => (await problemOf(e)).code);
  const spend = async (given: Attempt, times: number) => {
    const codes: string[] = [];
    for (let i = 0; i < times; i += 1) codes.push(await codeOf(given));
    return codes.filter((code) => code === 'invalid_credentials').length;
  };
  return { attempt, recordUnrecorded: () => attempts.recordUnrecorded(), codeOf, spend };
};

const details = async (subjectId: string) =>
  (
    await database.query<{ detail: string }>(
      'select detail from audit_event where subject_id = $1 order by id',
      [subjectId],
    )
  ).map((row) => row.detail);

const stop = 'Too many attempts: more are refused for 15 min, and not recorded one by one';

describe('attempts', () => {
  test('at once are judged no more often than allowed, on however many instances', async () => {
    const instances = [openInstance(), openInstance()] as const;
    let judged = 0;
    const judge = () => {
      judged += 1;
      return wrong();
    };
    const codes = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        instances[i % 2 === 0 ? 0 : 1].codeOf(at('a@company.example'), judge),
      ),
    );
    expect(judged).toBe(10);
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(190);
  });

  test('are counted against each limit or against none', async () => {
    const { spend, codeOf } = openInstance();
    expect(await spend(at('a@company.example'), 30)).toBe(10);
    const [address] = await database.query<{ wrong: number; under_way: number }>(
      'select wrong, under_way from sign_in_attempt where key = $1',
      [limits.address('192.0.2.1').key],
    );
    expect(address).toEqual({ wrong: 10, under_way: 0 });
    expect(await codeOf(at('b@company.example'), right)).toBe('in');
  });

  test('that fail without a verdict are not held against the caller', async () => {
    const { attempt, codeOf } = openInstance();
    const broken = () => Promise.reject(new Error('the database is away'));
    for (let i = 0; i < 70; i += 1)
      await expect(attempt(at('a@company.example'), broken)).rejects.toThrow('away');
    expect(await codeOf(at('a@company.example'), right)).toBe('in');
  });

  test('of a stranger that are right give back only themselves', async () => {
    const { spend, codeOf } = openInstance();
    expect(await spend(at('a@company.example'), 9)).toBe(9);
    expect(await codeOf(at('a@company.example'), right)).toBe('in');
    expect(await spend(at('a@company.example'), 2)).toBe(1);
  });

  test('of somebody known that are right clear their own count', async () => {
    const { spend, codeOf } = openInstance();
    expect(await spend(known, 9)).toBe(9);
    expect(await codeOf(known, right)).toBe('in');
    expect(await spend(known, 11)).toBe(10);
  });

  test('that wait for others at the same limit to be judged are asked to come again soon, and then let in', async () => {
    const { attempt, codeOf } = openInstance();
    let letIn: () => void = () => {};
    const open = new Promise<string>((resolve) => (letIn = () => resolve('in')));
    const waiting = Promise.allSettled(
      Array.from({ length: 10 }, () => attempt(at('a@company.example'), () => open)),
    );
    await expect
      .poll(() => database.query('select 1 from sign_in_attempt where under_way = 10'))
      .not.toEqual([]);
    const refusal = await attempt(at('a@company.example'), right).catch(problemOf);
    expect(refusal).toMatchObject({ code: 'too_many_attempts', extra: { retry_after_seconds: 2 } });
    letIn();
    expect(await waiting).toEqual(Array(10).fill({ status: 'fulfilled', value: 'in' }));
    expect(await codeOf(at('a@company.example'), right)).toBe('in');
  });
});

describe('who is refused', () => {
  test('is refused from memory, without a question to the database', async () => {
    const [one, other] = [openInstance(), openInstance()];
    expect(await one.spend(at('a@company.example'), 10)).toBe(10);
    // The other instance learns it from the database, once.
    expect(await other.codeOf(at('a@company.example'))).toBe('too_many_attempts');
    await database.transaction(async () => {
      // Whoever asks the pool here fails: see refuseNesting.
      for (const { codeOf } of [one, other])
        expect(await codeOf(at('a@company.example'), right)).toBe('too_many_attempts');
    });
  });

  test('is let in when the window has ended, and told until when', async () => {
    const refusal = async () => openInstance().attempt(at('a@company.example'), right).catch(problemOf);
    await openInstance().spend(at('a@company.example'), 10);
    expect(await refusal()).toMatchObject({
      extra: { retry_after_seconds: expect.closeTo(900, -1) as number },
    });
    await database.query(`update sign_in_attempt set ends_at = ends_at - interval '14 minutes'`);
    expect(await refusal()).toMatchObject({
      extra: { retry_after_seconds: expect.closeTo(60, -1) as number },
    });
    await database.query(`update sign_in_attempt set ends_at = ends_at - interval '1 minute'`);
    expect(await refusal()).toBe('in');
  });

  test('is not locked out for ever where the clock was set back, nor let in for it', async () => {
    await openInstance().spend(at('a@company.example'), 10);
    await database.query(`update sign_in_attempt set ends_at = ends_at + interval '1 year'`);
    expect(await openInstance().codeOf(at('a@company.example'), right)).toBe('too_many_attempts');
    await database.transaction(purgeAttempts);
    const late = await database.query(
      `select 1 from sign_in_attempt where ends_at > now() + interval '15 minutes'`,
    );
    expect(late).toEqual([]);
    expect(await openInstance().codeOf(at('a@company.example'), right)).toBe('too_many_attempts');
    await database.query(`update sign_in_attempt set ends_at = ends_at - interval '15 minutes'`);
    await database.transaction(purgeAttempts);
    expect(await database.query('select 1 from sign_in_attempt')).toEqual([]);
  });
});

describe('the record', () => {
  /** As after so many recorded tries at accounts that do not exist, from wherever. */
  const giveRecorded = (times: number) =>
    database.query(
      `insert into sign_in_attempt (key, wrong, under_way, ends_at) values ($1, $2, 0, now() + interval '15 minutes')
        on conflict (key) do update set wrong = excluded.wrong`,
      [limits.recorded.key, times],
    );
  const noMore = 'Too many: more at unknown accounts are not recorded one by one';

  test('has every guess at an operator, whatever was tried at accounts that do not exist', async () => {
    const { email, id } = await giveOperator(database, 'admin');
    const { codeOf, spend } = openInstance();
    await giveRecorded(limits.recorded.allowed);
    for (let i = 0; i < 30; i += 1) await codeOf(at(`n${i}@company.example`, '192.0.2.9'));
    expect(await details('unknown')).toEqual([noMore]);
    expect(await spend(at(email, '192.0.2.9'), 12)).toBe(10);
    expect(await details(id)).toEqual([...Array<string>(10).fill('wrong'), stop]);
  });

  test('stops with one event, for one address and for all', async () => {
    const { codeOf } = openInstance();
    for (let i = 0; i < 60; i += 1) await codeOf(at(`n${i}@company.example`));
    const fromHere = [
      ...Array<string>(20).fill('wrong'),
      'Too many: more from this address at unknown accounts are not recorded one by one',
      stop,
    ];
    expect(await details('unknown')).toEqual(fromHere);
    await giveRecorded(limits.recorded.allowed - 1);
    for (let i = 0; i < 5; i += 1) await codeOf(at(`m${i}@company.example`, `203.0.113.${i}`));
    expect(await details('unknown')).toEqual([...fromHere, 'wrong', noMore]);
  });

  test('says when a window is over how many were not recorded one by one', async () => {
    const { email, id } = await giveOperator(database, 'admin');
    vi.useFakeTimers({ toFake: ['performance'] });
    const { spend, recordUnrecorded } = openInstance();
    await spend(at(email), 17);
    await recordUnrecorded();
    expect(await details(id)).toHaveLength(11);
    vi.advanceTimersByTime(15 * 60_000);
    await recordUnrecorded();
    await recordUnrecorded();
    expect((await details(id)).slice(11)).toEqual(['7 more, not recorded one by one']);
  });
});

test('the tables hold neither e-mails nor addresses', async () => {
  const { spend } = openInstance();
  await spend(at('secret@company.example', '2001:db8:7:7::1'), 3);
  const rows = JSON.stringify(await database.query('select * from sign_in_attempt'));
  for (const trace of ['secret', 'company', '2001', 'db8:7']) expect(rows).not.toContain(trace);
});
