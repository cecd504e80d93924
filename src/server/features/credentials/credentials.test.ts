import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { revealedCredentialSchema } from '#contract/numbers/list/phone-number-list.ts';
import {
  addNumber,
  expectProblem,
  getNumber,
  historyOf,
  patchNumber,
  pointersOf,
} from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { openTestApp, test, type Caller } from '#server/testing/test-app.ts';
import { checkMasterKey, openMasterKey } from './check-master-key.ts';

const reveal = (as: Caller, { _id }: Pick<PhoneNumber, '_id'>, credential = 'sip_trunk_password') =>
  as.request('POST', `/v1/phone-numbers/${_id}/reveal`, { body: { credential } });

describe('revealing a credential', () => {
  test('answers it in clear, not to be stored, after an event that names it', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [sip, twilio] = [await addNumber(as, trunk), await addNumber(as, twilioAccount)];
    const answer = await reveal(as, sip);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(revealedCredentialSchema.parse(answer.body)).toEqual({
      value: 'first-secret',
      hide_after_seconds: 30,
    });
    expect((await reveal(as, twilio, 'twilio_auth_token')).body).toMatchObject({ value: 'a'.repeat(32) });
    const [event] = await historyOf(as, sip._id);
    expect(event).toMatchObject({
      action: 'credential.revealed',
      actor: { kind: 'operator', id: as.operatorId },
      subject: { kind: 'phone_number', id: sip._id, name: sip.phone_number },
      detail: 'sip_trunk_password',
      changes: {},
    });
    expect((await getNumber(as, sip._id)).version).toBe(1);
  });

  test('answers the secret that was set last', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, trunk);
    for (const secret of ['second', null, 'third', 'first-secret'])
      await patchNumber(as, number._id, { sip_trunk_password: secret });
    expect((await reveal(as, number)).body).toMatchObject({ value: 'first-secret' });
  });

  test('of a number that is being changed waits, and does not answer what the change has just removed', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, trunk);
    expect((await reveal(as, number)).status).toBe(200);
    let sayRemoved = () => {};
    const removed = new Promise<void>((resolve) => (sayRemoved = resolve));
    const change = cordboard.database.transaction(async (tx) => {
      await tx.query('select 1 from phone_number where id = $1 for update', [number._id]);
      await tx.query('delete from credential where phone_number_id = $1', [number._id]);
      sayRemoved();
      // Until the reveal waits for this; the embedded database has one session, so nothing is seen to wait
      // there.
      for (let looks = 0; looks < 500; looks++)
        if ((await tx.query('select 1 from pg_locks where not granted')).length > 0) return;
    });
    await removed;
    const answer = await reveal(as, number);
    await change;
    expectProblem(answer, 422, 'credential_not_set');
  });

  test('needs a fresh sign-in, or a key that may', async ({ cordboard }) => {
    const number = await addNumber(cordboard.as('operator'), trunk);
    expectProblem(
      await reveal(await cordboard.signedInAs('operator', { fresh: false }), number),
      403,
      'fresh_sign_in_required',
    );
    expectProblem(await reveal(cordboard.as('viewer'), number), 403, 'forbidden');
    expectProblem(await reveal(cordboard.as(['numbers:read', 'numbers:write']), number), 403, 'forbidden');
    expect((await reveal(cordboard.as(['credentials:reveal']), number)).status).toBe(200);
    const events = await historyOf(cordboard.as('viewer'), number._id);
    expect(events.filter(({ action }) => action === 'credential.revealed')).toHaveLength(1);
  });

  test('of what is not there is refused, and records nothing', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [bare, pia, gone] = [
      await addNumber(as, { provider: 'sip' }),
      await addNumber(as),
      await addNumber(as, trunk),
    ];
    await as.request('DELETE', `/v1/phone-numbers/${gone._id}`);
    expect(pointersOf(expectProblem(await reveal(as, bare), 422, 'credential_not_set'))).toEqual([
      '/credential credential_not_set',
    ]);
    expectProblem(await reveal(as, bare, 'twilio_auth_token'), 422, 'field_of_other_provider');
    expectProblem(await reveal(as, pia), 422, 'field_of_other_provider');
    expectProblem(await reveal(as, gone), 404, 'not_found');
    expectProblem(await reveal(as, pia, 'friendly_name'), 422, 'validation_failed');
    expect(
      await cordboard.database.query(`select id from audit_event where action = 'credential.revealed'`),
    ).toEqual([]);
  });

  test('without an audit event there is no value', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, trunk);
    const { database } = cordboard;
    await database.query(
      `create function refuse_event() returns trigger language plpgsql as $$ begin raise exception 'no space'; end $$`,
    );
    // Once when the event is written, and once when it would be committed.
    const whens = [
      'create trigger no_event before insert',
      'create constraint trigger no_event after insert',
    ];
    try {
      for (const when of whens) {
        const deferred = when.includes('constraint') ? 'deferrable initially deferred' : '';
        await database.query(
          `${when} on audit_event ${deferred} for each row execute function refuse_event()`,
        );
        const answer = await reveal(as, number);
        const problem = expectProblem(answer, 503, 'audit_unavailable');
        expect(answer.headers.get('retry-after')).toBe('5');
        expect(JSON.stringify(problem)).not.toContain('first-secret');
        await database.query('drop trigger no_event on audit_event');
      }
    } finally {
      await database.query('drop function refuse_event() cascade');
    }
    expect((await reveal(as, number)).status).toBe(200);
  });
});

describe('a sealed credential in the database', () => {
  test('is not there in clear', async ({ cordboard }) => {
    await addNumber(cordboard.as('operator'), { ...trunk, sip_trunk_password: 'canary-7f3a' });
    const [row] = await cordboard.database.query<{ sealed: Buffer; phone_number: unknown }>(
      'select sealed, to_jsonb(phone_number) as phone_number from credential join phone_number on id = phone_number_id',
    );
    expect(row?.sealed.includes('canary-7f3a')).toBe(false);
    expect(JSON.stringify(row)).not.toContain('canary-7f3a');
  });

  test('moved to another number, or put back from an earlier version, is not revealed', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const { database } = cordboard;
    const [mine, other] = [
      await addNumber(as, trunk),
      await addNumber(as, { ...trunk, sip_trunk_password: 'others' }),
    ];
    const take = async (id: string) =>
      (
        await database.query<{ sealed: Buffer }>('select sealed from credential where phone_number_id = $1', [
          id,
        ])
      )[0]?.sealed;
    const put = (sealed: Buffer | undefined) =>
      database.query('update credential set sealed = $1 where phone_number_id = $2', [sealed, mine._id]);
    const old = await take(mine._id);
    await put(await take(other._id));
    expectProblem(await reveal(as, mine), 500, 'internal');
    await put(old);
    expect((await reveal(as, mine)).status).toBe(200);
    await patchNumber(as, mine._id, { sip_trunk_password: 'newer' });
    await put(old);
    expectProblem(await reveal(as, mine), 500, 'internal');
    const revealed = (await historyOf(as, mine._id)).filter(({ action }) => action === 'credential.revealed');
    expect(revealed).toHaveLength(1);
  });
});

describe('a start with another master key', () => {
  test('is refused, says which key is wanted, and changes nothing', async ({ cordboard }) => {
    const { database } = cordboard;
    const first = keyringOf(Buffer.alloc(32, 7));
    await checkMasterKey({ database, keyring: first });
    await expect(openTestApp({ masterKey: Buffer.alloc(32, 8) })).rejects.toThrow(first.keyId);
    await expect(checkMasterKey({ database, keyring: first })).resolves.toBeUndefined();
    expect(await database.query('select key_id from master_key')).toEqual([{ key_id: first.keyId }]);
  });
});

describe('a start without a master key', () => {
  const withFolder = async (work: (dataFolder: string) => Promise<void>) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'cordboard-key-'));
    try {
      await work(dataFolder);
    } finally {
      await rm(dataFolder, { recursive: true });
    }
  };

  test('makes one for an empty database, once, however many start', ({ cordboard: { database } }) =>
    withFolder(async (dataFolder) => {
      await database.query('delete from master_key');
      const config = { masterKey: null, dataFolder };
      const opened = await Promise.all(Array.from({ length: 5 }, () => openMasterKey({ config, database })));
      expect(new Set(opened.map(({ keyId }) => keyId)).size).toBe(1);
      expect(await readdir(dataFolder)).toEqual(['master.key']);
      expect(await database.query('select key_id from master_key')).toEqual([{ key_id: opened[0]?.keyId }]);
    }));

  test('of two with folders of their own one is refused, and makes no key', ({ cordboard: { database } }) =>
    withFolder((one) =>
      withFolder(async (other) => {
        await database.query('delete from master_key');
        const start = (dataFolder: string) =>
          openMasterKey({ config: { masterKey: null, dataFolder }, database });
        const outcomes = await Promise.allSettled([start(one), start(other)]);
        expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
        expect([...(await readdir(one)), ...(await readdir(other))]).toEqual(['master.key']);
      }),
    ));

  test.for(['the key written down', 'nothing but sealed credentials'])(
    'is refused by a database with %s: it says which key is missing and where, and makes none',
    (left, { cordboard }) =>
      withFolder(async (dataFolder) => {
        const { database } = cordboard;
        await addNumber(cordboard.as('operator'), trunk);
        if (left === 'the key written down')
          await checkMasterKey({ database, keyring: keyringOf(Buffer.alloc(32, 7)) });
        else await database.query('delete from master_key');
        const start = openTestApp({ masterKey: null, dataFolder });
        await expect(start).rejects.toThrow(
          `sealed under the master key ${keyringOf(Buffer.alloc(32, 7)).keyId}`,
        );
        await expect(start).rejects.toThrow(join(dataFolder, 'master.key'));
        await expect(openTestApp({ masterKey: Buffer.alloc(32, 8) })).rejects.toThrow('is not the one');
        expect(await readdir(dataFolder)).toEqual([]);
      }),
  );
});

describe('a canary secret', () => {
  test('is in no answer, audit event or log line but the reveal', async ({ cordboard }) => {
    const canaries = ['canary-one-5b1e', 'canary-two-5b1e', 'c0ffee'.padEnd(32, '1')];
    const as = await cordboard.signedInAs('admin');
    const said: string[] = [];
    const ask = async (method: string, path: string, body?: unknown) => {
      const answer = await as.request(method, path, {
        body,
        headers: { 'idempotency-key': `k${said.length}` },
      });
      said.push(JSON.stringify([answer.body, [...answer.headers]]));
      return String(answer.body?.['_id']);
    };
    const body = { phone_number: '+8801711999999', ...trunk, sip_trunk_password: canaries[0] };
    const id = await ask('POST', '/v1/phone-numbers', body);
    await ask('POST', '/v1/phone-numbers', body);
    await ask('POST', '/v1/phone-numbers', { ...body, color: 'red' });
    await ask('POST', '/v1/phone-numbers', {
      ...twilioAccount,
      phone_number: '+8801711999998',
      twilio_auth_token: canaries[2],
    });
    await ask('PATCH', `/v1/phone-numbers/${id}`, { sip_trunk_password: canaries[1] });
    await ask('PATCH', `/v1/phone-numbers/${id}`, { sip_trunk_password: `${canaries[1]}\u0000` });
    await ask('PATCH', `/v1/phone-numbers/${id}`, { twilio_auth_token: canaries[1] });
    await ask('GET', `/v1/phone-numbers/${id}`);
    await ask('GET', `/v1/phone-numbers?q=${String(canaries[0])}`);
    await ask('GET', `/v1/phone-numbers/${id}/history`);
    await ask('GET', '/v1/audit-events');
    await ask('DELETE', `/v1/phone-numbers/${id}`);
    await ask('POST', `/v1/phone-numbers/${id}/restore`);
    expect((await reveal(as, { _id: id })).body).toMatchObject({ value: canaries[1] });
    const stored = await cordboard.database.query(
      'select to_jsonb(audit_event) from audit_event union all select to_jsonb(idempotency_key) from idempotency_key',
    );
    const everything = [...said, ...cordboard.logLines, JSON.stringify(stored)].join('\n');
    for (const canary of canaries)
      for (const form of [
        canary,
        Buffer.from(canary).toString('hex'),
        Buffer.from(canary).toString('base64'),
        encodeURIComponent(canary),
      ])
        expect(everything.includes(form)).toBe(false);
    // The net would have caught it: what is no secret is there.
    expect(everything).toContain(trunk.sip_trunk_username);
  });
});
