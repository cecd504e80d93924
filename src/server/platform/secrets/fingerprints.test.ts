import { describe, expect } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import {
  addNumber,
  expectProblem,
  getNumber,
  historyOf,
  listNumbers,
  patchNumber,
  pointersOf,
} from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';
import { readMigrations } from '#server/platform/db/migrate/migrate.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const writer = ['numbers:read', 'numbers:write', 'audit:read'] as const;
const fingerprintOf = (number: PhoneNumber) =>
  number.provider === 'sip' ? number.sip_trunk_password_fingerprint : null;
const secretsIn = (events: Awaited<ReturnType<typeof historyOf>>) =>
  events.flatMap(({ changes }) =>
    Object.values(changes).flatMap((change) => ('secret' in change ? [change] : [])),
  );

/** Every eight digits that could be a fingerprint, in everything this one is answered about a number. */
const allAnswers = async (as: Caller, { _id, phone_number }: PhoneNumber) => {
  const path = `/v1/phone-numbers/${_id}`;
  const answers = [
    await as.request('GET', path),
    await as.request('GET', `/v1/phone-numbers?q=${encodeURIComponent(phone_number)}`),
    await as.request('GET', `${path}/history`),
    await as.request('GET', `/v1/audit-events?subject_id=${_id}`),
    await as.request('PATCH', path, { body: { notes: 'stale' }, headers: { 'if-match': '"999999"' } }),
    await as.request('PATCH', path, { body: {} }),
    await as.request('POST', `${path}/restore`),
  ];
  return new Set(JSON.stringify(answers.map(({ body }) => body)).match(/(?<=")[0-9a-f]{8}(?=")/g));
};

describe('the fingerprint of a credential, for who may not reveal', () => {
  test('is another for the same secret on each number and each time it is set, in every answer', async ({
    cordboard,
  }) => {
    const [as, operator] = [cordboard.as(writer), cordboard.as('operator')];
    const chosen = await addNumber(operator, trunk);
    const own = await addNumber(as, trunk);
    expect(fingerprintOf(own)).toMatch(/^[0-9a-f]{8}$/);
    const first = fingerprintOf(own);
    const again = await patchNumber(as, own._id, { sip_trunk_password: trunk.sip_trunk_password });
    expect(again.version).toBe(2);
    expect(fingerprintOf(again)).not.toBe(first);
    const [theirs, mine] = [await allAnswers(as, chosen), await allAnswers(as, own)];
    expect([theirs.size, mine.size]).toEqual([1, 2]);
    expect([...mine].filter((digits) => theirs.has(digits))).toEqual([]);
    // Who may reveal sees one fingerprint in all of them.
    expect(await allAnswers(operator, chosen)).toEqual(await allAnswers(operator, own));
  });

  test('stays while the credential does, and is the same in the record, the list and the history', async ({
    cordboard,
  }) => {
    const [viewer, operator] = [cordboard.as('viewer'), cordboard.as('operator')];
    const { _id: id } = await addNumber(operator, trunk);
    await patchNumber(operator, id, { sip_trunk_password: 'second' });
    await patchNumber(operator, id, { notes: 'nothing of the kind' });
    const before = await getNumber(viewer, id);
    await operator.request('DELETE', `/v1/phone-numbers/${id}`);
    await operator.request('POST', `/v1/phone-numbers/${id}/restore`);
    const after = await getNumber(viewer, id);
    expect(fingerprintOf(after)).toBe(fingerprintOf(before));
    expect((await listNumbers(viewer)).phone_numbers).toEqual([after]);
    const [second, first] = secretsIn(await historyOf(viewer, id));
    expect(second).toEqual({
      secret: true,
      before_fingerprint: first?.after_fingerprint,
      after_fingerprint: fingerprintOf(after),
    });
    expect(first?.before_fingerprint).toBeNull();
    expect(secretsIn(await historyOf(operator, id))[0]).toMatchObject({
      after_fingerprint: fingerprintOf(await getNumber(operator, id)),
    });
  });

  test('tells nothing by what a patch does: the right guess is set like any other', async ({ cordboard }) => {
    const as = cordboard.as(writer);
    const outcomes = [];
    for (const guess of ['wrong', trunk.sip_trunk_password, 'first-secre']) {
      const before = await addNumber(cordboard.as('operator'), trunk);
      const answer = await as.request<PhoneNumber>('PATCH', `/v1/phone-numbers/${before._id}`, {
        body: { sip_trunk_password: guess },
      });
      const isOther =
        fingerprintOf(answer.body) !== fingerprintOf(await getNumber(as, before._id)) ||
        fingerprintOf(answer.body) === fingerprintOf(before);
      outcomes.push([
        answer.status,
        answer.headers.get('etag'),
        answer.body.version,
        isOther,
        (await historyOf(as, before._id)).length,
      ]);
    }
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set(['[200,"\\"2\\"",2,false,2]']),
    );
  });

  test('cannot be asked for: the filter is refused, whatever it names', async ({ cordboard }) => {
    const operator = cordboard.as('operator');
    const { provider: _, ...number } = await addNumber(operator, trunk);
    const real = String('sip_trunk_password_fingerprint' in number && number.sip_trunk_password_fingerprint);
    for (const fingerprint of [real, '00000000']) {
      expectProblem(
        await cordboard.request('GET', `/v1/phone-numbers?fingerprint=${fingerprint}`, { actor: 'viewer' }),
        403,
        'forbidden',
      );
      expectProblem(
        await cordboard.request('GET', `/v1/phone-numbers?fingerprint=${fingerprint}`, { actor: writer }),
        403,
        'forbidden',
      );
    }
    expect((await listNumbers(operator, { fingerprint: real })).phone_numbers).toHaveLength(1);
    const mayReveal = cordboard.as(['numbers:read', 'credentials:reveal']);
    expect((await listNumbers(mayReveal, { fingerprint: real })).phone_numbers).toHaveLength(1);
  });
});

describe('a record read by one and sent back by another', () => {
  test('changes nothing, whichever form of the fingerprint it holds', async ({ cordboard }) => {
    const [as, operator] = [cordboard.as(writer), cordboard.as('operator')];
    for (const body of [trunk, twilioAccount]) {
      const { _id: id } = await addNumber(operator, body);
      const [shown, stored] = [await getNumber(as, id), await getNumber(operator, id)];
      expect(shown).not.toEqual(stored);
      for (const sent of [shown, stored]) {
        expect(await patchNumber(as, id, sent)).toEqual(shown);
        expect(await patchNumber(operator, id, sent)).toEqual(stored);
      }
      expect(await historyOf(as, id)).toHaveLength(1);
    }
  });

  test('is refused with the fingerprint of another number', async ({ cordboard }) => {
    const as = cordboard.as(writer);
    const [one, other] = [await addNumber(as, trunk), await addNumber(as, trunk)];
    const body = { sip_trunk_password_fingerprint: fingerprintOf(other) };
    const problem = expectProblem(
      await as.request('PATCH', `/v1/phone-numbers/${one._id}`, { body }),
      422,
      'read_only',
    );
    expect(pointersOf(problem)).toEqual(['/sip_trunk_password_fingerprint read_only']);
  });
});

describe('an answer kept for a retry', () => {
  test('is shown by the rights at hand, not by those of the first time', async ({ cordboard }) => {
    const as = await cordboard.withKey([...writer, 'credentials:reveal']);
    const send = () =>
      as.request<PhoneNumber>('POST', '/v1/phone-numbers', {
        body: { ...trunk, phone_number: '+8801711999997' },
        headers: { 'idempotency-key': 'k' },
      });
    const first = await send();
    expect(await send()).toMatchObject({ status: 201, body: first.body });
    await cordboard.database.query(`update api_key set scopes = $2 where id = $1`, [as.apiKeyId, writer]);
    const now = cordboard.as('admin');
    // Keys are remembered for seconds; a change of any key makes this one forgotten.
    await cordboard.database.query(`select pg_notify('cordboard_change', $1)`, [
      JSON.stringify({ subject: 'api_key', id: as.apiKeyId, change: 'updated', version: null }),
    ]);
    await expect
      .poll(
        async () =>
          (await as.request('POST', `/v1/phone-numbers/${first.body._id}/reveal`, { body: {} })).status,
      )
      .toBe(403);
    const replayed = await send();
    expect(replayed.status).toBe(201);
    expect(fingerprintOf(replayed.body)).not.toBe(fingerprintOf(first.body));
    expect(replayed.body).toEqual(await getNumber(as, first.body._id));
    expect(fingerprintOf(await getNumber(now, first.body._id))).toBe(fingerprintOf(first.body));
  });
});

describe('a database from before', () => {
  test('shows the same after its migration, in records and in answers kept for retries', async ({
    cordboard,
  }) => {
    const { database } = cordboard;
    const [as, operator] = [cordboard.as(writer), await cordboard.signedInAs('operator')];
    const send = () =>
      operator.request<PhoneNumber>('POST', '/v1/phone-numbers', {
        body: { ...trunk, phone_number: '+8801711999996', labels: ['bd'], sip_infra_region: 'bd' },
        headers: { 'idempotency-key': 'before' },
      });
    const first = await send();
    const later = await addNumber(operator, twilioAccount);
    await patchNumber(operator, later._id, { twilio_auth_token: 'b'.repeat(32) });
    const seen = async () => [
      await listNumbers(as),
      await listNumbers(operator),
      await historyOf(as, later._id),
      (await send()).body,
    ];
    const wanted = await seen();

    // As they were kept then: fingerprints without a version, and the answer as it was shown.
    await database.query(`update phone_number p set credential_fingerprints =
      (select jsonb_object_agg(field, fingerprint) from credential where phone_number_id = p.id)`);
    await database.query('update idempotency_key set answer = $1', [JSON.stringify(first.body)]);
    expect(await seen().catch(() => [])).not.toEqual(wanted);
    const migration = (await readMigrations()).find(({ number }) => number === 7);
    for (const statement of migration?.sql.split(/;\n/) ?? [])
      if (/^update /m.test(statement)) await database.query(statement);
    expect(await seen()).toEqual(wanted);
  });
});
