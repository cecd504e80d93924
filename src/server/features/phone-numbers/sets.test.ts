import { describe, expect } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { actsOn } from '#server/cli/command/acts-on.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import {
  addAgent,
  addNumber,
  anyNumber,
  getNumber,
  historyOf,
  listNumbers,
  putAgent,
} from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';
import { test, testConfig } from '#server/testing/test-app.ts';
import type { PhoneNumberAddition } from '#server/features/phone-numbers/acts/add.ts';
import type { Outcome } from '#server/features/phone-numbers/acts/outcome.ts';

const keyring = keyringOf(testConfig.masterKey ?? Buffer.alloc(32));

/** Someone who may reveal, so that equal secrets are seen to be equal. */
const operator: RequestContext = {
  ...commandLineContext(),
  actor: {
    kind: 'operator',
    id: 'o'.repeat(24),
    name: 'Op',
    email: 'op@company.example',
    role: 'operator',
    sessionId: 's',
    freshUntil: new Date(0),
  },
};

/** What became of each: its version, or the problem's code with the pointers of its errors. */
const told = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ row, problem }) =>
    problem === null
      ? row.version
      : [problem.code, ...(problem.extra.errors ?? []).map(({ pointer }) => pointer)].join(' '),
  );

const set = (id: string, patch: Record<string, unknown>, version: number | null = null) => ({
  id,
  version,
  patch,
});
const pia = (body: Record<string, unknown> = {}): PhoneNumberAddition => ({
  body: { phone_number: anyNumber(), provider: 'pia', ...body } as PhoneNumberAddition['body'],
});
const forwardTo = (to: string) => ({
  routing: { business_hours_id: null, rules: [], fallback: { type: 'forward', to } },
});

const addMany = async (database: Database, count: number): Promise<string[]> => {
  const { addPhoneNumbers } = actsOn(database, keyring);
  const outcomes = await database.transaction((tx) =>
    addPhoneNumbers(
      tx,
      operator,
      Array.from({ length: count }, () => pia()),
    ),
  );
  return outcomes.flatMap(({ row }) => row?.id ?? []);
};

/** How many statements it takes. */
const countStatements = async (
  database: Database,
  work: (tx: Transaction) => Promise<unknown>,
): Promise<number> => {
  let statements = 0;
  await database.transaction((tx) =>
    work({
      ...tx,
      query: (...asked) => {
        statements += 1;
        return tx.query(...asked);
      },
    }),
  );
  return statements;
};

describe('a set of changes', () => {
  test('tells of each what became of it, and no refusal holds up another', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: retired } = await addAgent(as, 'Overflow');
    await putAgent(as, retired, { agent_status: 'retired' });
    const numbers: PhoneNumber[] = [];
    for (let at = 0; at < 8; at += 1) numbers.push(await addNumber(as, trunk));
    const [sound, same, stale, wrong, agentless, secret, cleared, metadata] = numbers.map(
      ({ _id }) => _id,
    ) as [string, ...string[]] & string[];
    await addNumber(as, {});
    const { changePhoneNumbers } = actsOn(cordboard.database, keyring);
    const outcomes = await cordboard.database.transaction((tx) =>
      changePhoneNumbers(tx, operator, [
        set(metadata ?? '', {
          metadata: Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`k${at}`, ''])),
        }),
        set(sound, { friendly_name: 'New' }, 1),
        set('0'.repeat(24), { friendly_name: 'New' }),
        set(same ?? '', { sip_trunk_password: 'first-secret', sip_trunk_username: 'acme' }),
        set(stale ?? '', { friendly_name: 'New' }, 7),
        set(wrong ?? '', { friendly_name: 'New', phone_number: '+14155552671', color: 'red' }),
        set(agentless ?? '', {
          inbound_agent_id: retired,
          outbound_agent_id: 'nobody',
          friendly_name: 'New',
        }),
        set(secret ?? '', { sip_trunk_password: 'second-secret' }),
        set(cleared ?? '', { sip_trunk_password: null }),
      ]),
    );
    expect(told(outcomes)).toEqual([
      'validation_failed /metadata',
      2,
      'not_found',
      1,
      'version_conflict',
      'validation_failed /phone_number /color',
      'validation_failed /inbound_agent_id /outbound_agent_id',
      2,
      2,
    ]);
    expect(outcomes[4]?.problem?.extra).toMatchObject({
      current: { _id: stale, version: 1 },
      changed_fields: [],
    });
    for (const id of [same, stale, wrong, agentless, metadata]) {
      expect(await getNumber(as, id ?? '')).toMatchObject({ version: 1, friendly_name: null });
      expect(await historyOf(as, id ?? '')).toHaveLength(1);
    }
    const [event] = await historyOf(as, sound);
    expect(event).toMatchObject({
      action: 'phone_number.updated',
      version: 2,
      changes: { friendly_name: { before: null, after: 'New' } },
    });
    const reveal = (id: string | undefined) =>
      cordboard
        .as(['credentials:reveal'])
        .request('POST', `/v1/phone-numbers/${id}/reveal`, { body: { credential: 'sip_trunk_password' } });
    expect((await reveal(secret)).body).toMatchObject({ value: 'second-secret' });
    expect((await reveal(same)).body).toMatchObject({ value: 'first-secret' });
    expect((await reveal(cleared)).status).toBe(422);
  });

  test('of many is asked and written by as many statements as one', async ({
    cordboard: { database, as },
  }) => {
    const { ai_agent_id: agent } = await addAgent(as('operator'), 'Asha');
    const ids = await addMany(database, 251);
    const { addPhoneNumbers, changePhoneNumbers, deletePhoneNumbers, restorePhoneNumbers } = actsOn(
      database,
      keyring,
    );
    const [first, ...others] = ids.map((id) =>
      set(id, { friendly_name: 'x', inbound_agent_id: agent, ...forwardTo('+14155552671') }),
    );
    const forOne = await countStatements(database, (tx) =>
      changePhoneNumbers(tx, operator, first ? [first] : []),
    );
    expect(await countStatements(database, (tx) => changePhoneNumbers(tx, operator, others))).toBe(forOne);
    const held = ids.map((id) => ({ id, version: null }));
    for (const act of [deletePhoneNumbers, restorePhoneNumbers]) {
      const one = await countStatements(database, (tx) => act(tx, operator, held.slice(0, 1)));
      expect(await countStatements(database, (tx) => act(tx, operator, held.slice(1)))).toBe(one);
    }
    const sip = () => pia({ provider: 'sip', sip_trunk_password: 'secret', sip_infra_region: 'global' });
    const one = await countStatements(database, (tx) => addPhoneNumbers(tx, operator, [sip()]));
    const many = Array.from({ length: 250 }, sip);
    expect(await countStatements(database, (tx) => addPhoneNumbers(tx, operator, many))).toBe(one);
    expect(
      await database.query('select count(*) as events from audit_event where subject_kind = $1', [
        'phone_number',
      ]),
    ).toEqual([{ events: 251 * 4 + 251 }]);
  });

  test('that overlaps with others in another order waits for none of them in a circle', async ({
    cordboard: { database },
  }) => {
    const ids = await addMany(database, 60);
    const { changePhoneNumbers } = actsOn(database, keyring);
    const write = (order: readonly string[], notes: string) =>
      database.transaction((tx) =>
        changePhoneNumbers(
          tx,
          operator,
          order.map((id) => set(id, { notes })),
        ),
      );
    // None of these has a factor in common with 60: each is another order.
    const orders = [7, 11, 13, 17, 19, 23, 29, 59].map((by) => ids.map((_, at) => ids[(at * by) % 60] ?? ''));
    const sets = await Promise.all(orders.map((order, at) => write(order, `writer ${at}`)));
    expect(sets.flat().every(({ problem }) => problem === null)).toBe(true);
    expect(await database.query('select distinct version from phone_number')).toEqual([{ version: 9 }]);
  });

  test('may name a number but once', async ({ cordboard: { database } }) => {
    const [id = ''] = await addMany(database, 1);
    const { changePhoneNumbers } = actsOn(database, keyring);
    const twice = [set(id, { notes: 'a' }), set(id, { notes: 'b' })];
    await expect(database.transaction((tx) => changePhoneNumbers(tx, operator, twice))).rejects.toThrow(
      'but once',
    );
    await expect(database.transaction((tx) => changePhoneNumbers(tx, operator, []))).resolves.toEqual([]);
  });
});

describe('forwards within a set', () => {
  test('are judged as if one were changed after another', async ({ cordboard: { database, as } }) => {
    const numbers = [
      await addNumber(as('operator')),
      await addNumber(as('operator')),
      await addNumber(as('operator')),
    ];
    const [a, b, c] = numbers as [PhoneNumber, PhoneNumber, PhoneNumber];
    const { changePhoneNumbers } = actsOn(database, keyring);
    const change = (...changes: ReturnType<typeof set>[]) =>
      database.transaction((tx) => changePhoneNumbers(tx, operator, changes));
    const to = (from: PhoneNumber, target: PhoneNumber, more = {}) =>
      set(from._id, { ...forwardTo(target.phone_number), ...more });
    expect(told(await change(to(a, b), to(b, c), to(c, a)))).toEqual([
      2,
      2,
      'forward_loop /routing/fallback/to',
    ]);
    // Whoever is refused forwards nobody, and whoever stops does so before the next is looked at.
    expect(told(await change(to(c, a, { inbound_agent_id: 'nobody' }), to(b, a)))).toEqual([
      'validation_failed /inbound_agent_id /routing/fallback/to',
      'forward_loop /routing/fallback/to',
    ]);
    expect(told(await change(set(a._id, { routing: null }), to(c, a)))).toEqual([3, 2]);
  });
});

describe('a set of additions', () => {
  test('tells of each what became of it', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const there = await addNumber(as);
    const { ai_agent_id: retired } = await addAgent(as, 'Overflow');
    await putAgent(as, retired, { agent_status: 'retired' });
    const [twice, target] = [anyNumber(), anyNumber()];
    const { addPhoneNumbers } = actsOn(cordboard.database, keyring);
    const outcomes = await cordboard.database.transaction((tx) =>
      addPhoneNumbers(tx, operator, [
        pia({ inbound_agent_id: retired }),
        pia({ phone_number: there.phone_number }),
        pia({ phone_number: twice, friendly_name: 'first' }),
        pia({ phone_number: twice, friendly_name: 'second' }),
        pia({ phone_number: '+1415555267' }),
        pia({ phone_number: target, ...forwardTo(twice) }),
        pia({ ...forwardTo(target) }),
      ]),
    );
    expect(told(outcomes)).toEqual([
      'agent_retired /inbound_agent_id',
      'phone_number_taken /phone_number',
      1,
      'phone_number_taken /phone_number',
      'invalid_phone_number /phone_number',
      1,
      1,
    ]);
    const { phone_numbers: all } = await listNumbers(as);
    expect(all.map(({ friendly_name }) => friendly_name).filter(Boolean)).toEqual(['first']);
    expect(all).toHaveLength(4);
  });

  test('that overlaps with another adds each number once', async ({ cordboard: { database } }) => {
    const numbers = Array.from({ length: 40 }, anyNumber);
    const { addPhoneNumbers } = actsOn(database, keyring);
    const add = (order: readonly string[]) =>
      database.transaction((tx) =>
        addPhoneNumbers(
          tx,
          operator,
          order.map((phone_number) => pia({ phone_number })),
        ),
      );
    const [one, other] = await Promise.all([add(numbers), add(numbers.toReversed())]);
    expect(
      one.filter(({ row }) => row !== null).length + other.filter(({ row }) => row !== null).length,
    ).toBe(40);
    expect(
      await database.query(
        'select count(distinct phone_number) as numbers, count(*) as rows from phone_number',
      ),
    ).toEqual([{ numbers: 40, rows: 40 }]);
    expect(await database.query('select count(*) as events from audit_event')).toEqual([{ events: 40 }]);
  });

  test('is dated as it is said to have been', async ({ cordboard: { database, as } }) => {
    const at = new Date('2025-03-01T12:00:00.500Z');
    const { addPhoneNumbers } = actsOn(database, keyring);
    const [outcome] = await database.transaction((tx) => addPhoneNumbers(tx, operator, [{ ...pia(), at }]));
    expect(outcome?.row).toMatchObject({ created_at: at.toISOString(), updated_at: at.toISOString() });
    expect((await historyOf(as('operator'), outcome?.row?.id ?? ''))[0]?.at).toBe(at.toISOString());
  });
});

describe('sets of deletions and restorations', () => {
  test('tell of each what became of it', async ({ cordboard }) => {
    const { database } = cordboard;
    const as = cordboard.as('operator');
    const ids = await addMany(database, 5);
    const [kept = '', back = '', taken = '', looped = '', again = ''] = ids;
    const held = (id: string, version: number | null = null) => ({ id, version });
    const { deletePhoneNumbers, restorePhoneNumbers, changePhoneNumbers } = actsOn(database, keyring);
    const [loopedNumber, backNumber, takenNumber] = [
      await getNumber(as, looped),
      await getNumber(as, back),
      await getNumber(as, taken),
    ];
    await database.transaction((tx) =>
      changePhoneNumbers(tx, operator, [set(looped, forwardTo(backNumber.phone_number))]),
    );
    const deleted = await database.transaction((tx) =>
      deletePhoneNumbers(tx, operator, [
        held(kept, 9),
        held(back, 1),
        held('nothing'),
        held(taken),
        held(looped),
        held(again),
      ]),
    );
    expect(told(deleted)).toEqual(['version_conflict', 2, 'not_found', 2, 3, 2]);
    expect((await listNumbers(as)).phone_numbers.map(({ _id }) => _id)).toEqual([kept]);
    // The same number twice among the deleted, and one that was added again.
    const readded = await addNumber(as, { phone_number: (await numberOf(database, again)) ?? '' });
    await as.request('DELETE', `/v1/phone-numbers/${readded._id}`);
    await addNumber(as, { phone_number: takenNumber.phone_number });
    await addNumber(as, { phone_number: anyNumber() });
    const restored = await database.transaction((tx) =>
      restorePhoneNumbers(tx, operator, [
        held(kept, 5),
        held(back),
        held(taken),
        held('nothing'),
        held(readded._id),
        held(again),
      ]),
    );
    expect(told(restored)).toEqual([
      1,
      3,
      'phone_number_taken /phone_number',
      'not_found',
      3,
      'phone_number_taken /phone_number',
    ]);
    await database.transaction((tx) =>
      changePhoneNumbers(tx, operator, [set(back, forwardTo(loopedNumber.phone_number))]),
    );
    const loops = await database.transaction((tx) => restorePhoneNumbers(tx, operator, [held(looped)]));
    expect(told(loops)).toEqual(['forward_loop /routing/fallback/to']);
    expect((await historyOf(as, back))[1]).toMatchObject({ action: 'phone_number.restored', version: 3 });
  });

  test('a number that is added at the very moment it is restored is there once', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const numbers = [];
    for (let at = 0; at < 5; at += 1) numbers.push(await addNumber(as));
    for (const { _id: id } of numbers) await as.request('DELETE', `/v1/phone-numbers/${id}`);
    const answers = await Promise.all(
      numbers.flatMap(({ _id: id, phone_number }) => [
        as.request('POST', `/v1/phone-numbers/${id}/restore`),
        as.request('POST', '/v1/phone-numbers', { body: { phone_number, provider: 'pia' } }),
      ]),
    );
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
    expect((await listNumbers(as)).phone_numbers).toHaveLength(5);
  });
});

const numberOf = async (database: Database, id: string): Promise<string | undefined> =>
  (
    await database.query<{ phone_number: string }>('select phone_number from phone_number where id = $1', [
      id,
    ])
  )[0]?.phone_number;
