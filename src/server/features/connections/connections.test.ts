import { describe, expect } from 'vitest';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { problemSchema } from '#contract/errors.ts';
import {
  connectionListSchema,
  connectionSchema,
  type Connection,
} from '#contract/connections/connections.ts';
import { MASK } from '#contract/primitives.ts';
import { expectProblem, pointersOf, tally } from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

let given = 0;
const path = '/v1/connections';
const ofVerbex = () => ({ kind: 'verbex', name: `Verbex ${++given}`, credentials: { api_key: 'key-one' } });

const add = async (as: Caller, body: object = {}): Promise<Connection> => {
  const answer = await as.request('POST', path, { body: { ...ofVerbex(), ...body } });
  expect(answer).toMatchObject({ status: 201 });
  return connectionSchema.parse(answer.body);
};
const pathOf = ({ connection_id: id }: Pick<Connection, 'connection_id'>) => `${path}/${id}`;
const get = async (as: Caller, connection: Connection): Promise<Connection> =>
  connectionSchema.parse((await as.request('GET', pathOf(connection))).body);
const patch = (as: Caller, connection: Connection, body: unknown, headers: Record<string, string> = {}) =>
  as.request('PATCH', pathOf(connection), { body, headers });
const eventsOf = async (as: Caller, { connection_id: id }: Connection) =>
  auditEventListSchema.parse(
    (await as.request('GET', `/v1/audit-events?subject_kind=connection&subject_id=${id}`)).body,
  ).audit_events;
const reveal = (as: Caller, connection: Connection) =>
  as.request('POST', `${pathOf(connection)}/reveal`, { body: { credential: 'api_key' } });

describe('a connection', () => {
  test('is added, changed and removed, each act recorded, and its key never shown', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    const added = await add(as, { name: ' Verbex production ', credentials: { api_key: ' key-one\n' } });
    expect(added).toMatchObject({
      name: 'Verbex production',
      kind: 'verbex',
      role: 'platform',
      settings: { base_url: null },
      credentials: { api_key: MASK },
      paused: false,
      state: 'unchecked',
      version: 1,
    });
    const replaced = { settings: added.settings, credentials: { api_key: 'key-two' } };
    const changed = await patch(as, added, { name: 'Verbex', ...replaced });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Verbex', version: 2 } });
    expect((await reveal(as, added)).body).toMatchObject({ value: 'key-two' });
    const events = await eventsOf(as, added);
    expect(events.map(({ action, changes }) => [action, Object.keys(changes).toSorted()])).toEqual([
      ['credential.revealed', []],
      ['connection.updated', ['api_key', 'name']],
      ['connection.added', ['api_key', 'kind', 'name']],
    ]);
    expect(JSON.stringify([events, changed.body, cordboard.logLines])).not.toMatch(/key-(?:one|two)/);
    expect((await as.request('DELETE', pathOf(added))).status).toBe(204);
    expectProblem(await as.request('GET', pathOf(added)), 404, 'not_found');
    expect(await cordboard.database.query('select field from connection_credential')).toEqual([]);
    expect((await eventsOf(as, added))[0]?.action).toBe('connection.removed');
  });

  test('sent back whole changes nothing, and of what is read-only nothing else is taken', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('admin');
    const added = await add(as);
    expect((await patch(as, added, added)).body).toEqual(added);
    expect((await patch(as, added, { ...added, state: 'ok' })).body).toEqual(added);
    const whole = await patch(as, added, { ...added, name: 'Renamed' });
    expect(whole).toMatchObject({ status: 200, body: { name: 'Renamed', version: 2 } });
    const refused = expectProblem(
      await patch(as, added, { ...added, role: 'carrier', version: 9, paused: true }),
      422,
      'read_only',
    );
    expect(pointersOf(refused)).toEqual([
      '/paused read_only',
      '/role read_only',
      '/updated_at read_only',
      '/version read_only',
    ]);
    expectProblem(await patch(as, added, { api_key: 'x' }), 422, 'unknown_field');
    expect(await eventsOf(as, added)).toHaveLength(2);
  });

  test('is refused with a pointer to what is wrong with it', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    const wrong = async (body: object) =>
      pointersOf(
        problemSchema.parse((await as.request('POST', path, { body: { ...ofVerbex(), ...body } })).body),
      );
    expect(await wrong({ kind: 'padma' })).toEqual(['/kind invalid_value']);
    expect(await wrong({ name: ' ' })).toEqual(['/name too_small']);
    expect(await wrong({ credentials: {} })).toEqual(['/credentials/api_key required']);
    expect(await wrong({ credentials: { api_key: '' } })).toEqual(['/credentials/api_key too_small']);
    expect(await wrong({ credentials: { api_key: 'two words' } })).toEqual([
      '/credentials/api_key invalid_format',
    ]);
    expect(await wrong({ credentials: { api_key: 'a\nb' } })).toEqual([
      '/credentials/api_key invalid_format',
    ]);
    expect(await wrong({ credentials: { api_key: 'x'.repeat(513) } })).toEqual([
      '/credentials/api_key too_big',
    ]);
    expect(await wrong({ credentials: { api_key: MASK } })).toEqual([
      '/credentials/api_key mask_without_credential',
    ]);
    for (const url of [
      'api.company.example',
      'ftp://a.example',
      'https://u:p@a.example',
      'https://a.example/?q',
      'https://a.example:99999',
      'https://1.2.3.4.5',
      'https://999.1.1.1',
      'https://[:::]',
    ])
      expect(await wrong({ settings: { base_url: url } })).toEqual(['/settings/base_url invalid_format']);
    expect(await wrong({ settings: { base_url: 'http://api.company.example' } })).toEqual([
      '/settings/base_url not_https',
    ]);
  });

  test('has a name of its own, by its look', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    await add(as, { name: 'Production' });
    const other = await add(as, { name: 'Other' });
    const taken = await as.request('POST', path, { body: { ...ofVerbex(), name: 'production ' } });
    expect(pointersOf(expectProblem(taken, 409, 'connection_name_taken'))).toEqual([
      '/name connection_name_taken',
    ]);
    expectProblem(await patch(as, other, { name: 'PRODUCTION' }), 409, 'connection_name_taken');
    const { connections } = connectionListSchema.parse((await as.request('GET', path)).body);
    expect(connections.map(({ name }) => name)).toEqual(['Other', 'Production']);
  });

  test('is paused and resumed, once however often it is asked', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    const added = await add(as);
    const pause = () => as.request('POST', `${pathOf(added)}/pause`);
    expect(await pause()).toMatchObject({ status: 200, body: { paused: true, version: 2 } });
    expect(await pause()).toMatchObject({ status: 200, body: { paused: true, version: 2 } });
    const stale = await patch(as, added, { name: 'Late' }, { 'if-match': '"1"' });
    expect(expectProblem(stale, 412, 'version_conflict').changed_fields).toEqual(['paused']);
    expect(await as.request('POST', `${pathOf(added)}/resume`)).toMatchObject({
      body: { paused: false, version: 3 },
    });
    expect((await eventsOf(as, added)).map(({ action }) => action)).toEqual([
      'connection.resumed',
      'connection.paused',
      'connection.added',
    ]);
  });

  test('of a stale version is refused; of many writers one wins each version', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    const added = await add(as);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => patch(as, added, { name: `N${at}` }, { 'if-match': '"1"' })),
    );
    expect(tally(answers)).toEqual({ 200: 1, 412: 7 });
    expectProblem(
      await as.request('DELETE', pathOf(added), { headers: { 'if-match': '"1"' } }),
      412,
      'version_conflict',
    );
    expect(await get(as, added)).toMatchObject({ version: 2 });
  });

  test('asked for again with the same Idempotency-Key is added once', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    const body = ofVerbex();
    const headers = { 'idempotency-key': 'once' };
    const ask = (more = {}) => as.request('POST', path, { body: { ...body, ...more }, headers });
    const [one, two] = [await ask(), await ask()];
    expect(two).toMatchObject({ status: 201, body: one.body });
    expectProblem(await ask({ name: 'Another' }), 422, 'idempotency_key_reused');
    const stored = await cordboard.database.query<{ answer: unknown }>('select answer from idempotency_key');
    expect(JSON.stringify(stored)).not.toContain('key-one');
  });
});

describe('the address of a connection', () => {
  const elsewhere = { settings: { base_url: 'https://gateway.company.example/verbex/' } };

  test('is set with a fresh sign-in, and not without', async ({ cordboard }) => {
    const [stale, fresh] = [
      await cordboard.signedInAs('admin', { fresh: false }),
      await cordboard.signedInAs('admin'),
    ];
    const body = { ...ofVerbex(), ...elsewhere };
    expectProblem(await stale.request('POST', path, { body }), 403, 'fresh_sign_in_required');
    expect((await add(fresh, body)).settings.base_url).toBe('https://gateway.company.example/verbex');
    // All else needs none.
    const added = await add(stale);
    const replaced = { settings: added.settings, credentials: { api_key: 'key-two' } };
    expect((await patch(stale, added, replaced)).status).toBe(200);
    const moved = { ...elsewhere, credentials: { api_key: 'key-three' } };
    expectProblem(await patch(stale, added, moved), 403, 'fresh_sign_in_required');
    expect(await patch(fresh, added, moved)).toMatchObject({ status: 200, body: { state: 'unchecked' } });
  });

  test('is set by a key of the command line, or one that may reveal, and by no other', async ({
    cordboard,
  }) => {
    const { database } = cordboard;
    const of = async (scopes: Parameters<typeof cordboard.withKey>[0], isOfCommandLine: boolean) => {
      const key = await cordboard.withKey(scopes);
      if (!isOfCommandLine)
        await database.query(`update api_key set created_by = 'Test admin' where id = $1`, [key.apiKeyId]);
      return key.request('POST', path, { body: { ...ofVerbex(), ...elsewhere } });
    };
    expect((await of(['connections:write'], true)).status).toBe(201);
    expect((await of(['connections:write', 'credentials:reveal'], false)).status).toBe(201);
    expectProblem(await of(['connections:write'], false), 403, 'forbidden');
  });

  test('takes the key along, whichever way it changes, and the mask is none', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    const added = await add(as);
    const refused = [
      await patch(as, added, elsewhere),
      await patch(as, added, { ...elsewhere, credentials: { api_key: MASK } }),
    ];
    for (const answer of refused)
      expect(pointersOf(expectProblem(answer, 422, 'credentials_needed'))).toEqual([
        '/credentials/api_key credentials_needed',
      ]);
    const moved = await patch(as, added, { ...elsewhere, credentials: { api_key: 'key-one' } });
    expect(moved).toMatchObject({ status: 200, body: { version: 2 } });
    expectProblem(await patch(as, added, { settings: { base_url: null } }), 422, 'credentials_needed');
    // The same address, however it is written, is no change.
    expect(await patch(as, added, elsewhere)).toMatchObject({ status: 200, body: { version: 2 } });
  });
});

describe('the key of a connection', () => {
  test('is set for an address that is said, or over a version that is held', async ({ cordboard }) => {
    const [as, stale] = [
      await cordboard.signedInAs('admin'),
      await cordboard.signedInAs('admin', { fresh: false }),
    ];
    const added = await add(as);
    const replaced = { credentials: { api_key: 'key-two' } };
    expect(pointersOf(expectProblem(await patch(as, added, replaced), 422, 'address_needed'))).toEqual([
      '/settings/base_url address_needed',
    ]);
    const held = await patch(as, added, replaced, { 'if-match': '"1"' });
    expect(held).toMatchObject({ status: 200, body: { version: 2 } });
    const elsewhere = { settings: { base_url: 'https://127.0.0.1:9' } };
    await patch(as, added, { ...elsewhere, ...replaced });
    // Led elsewhere meanwhile, it is not given the key of where it led before.
    expectProblem(await patch(stale, added, replaced, { 'if-match': '"2"' }), 412, 'version_conflict');
    const seen = { ...replaced, settings: added.settings };
    expectProblem(await patch(stale, added, seen), 403, 'fresh_sign_in_required');
    expect(await patch(as, added, seen)).toMatchObject({ body: { settings: { base_url: null } } });
  });

  test('sent again by who may not reveal is set anew, so that guesses teach nothing', async ({
    cordboard,
  }) => {
    const admin = await cordboard.signedInAs('admin');
    const added = await add(admin);
    const again = { settings: added.settings, credentials: { api_key: 'key-one' } };
    expect(await patch(admin, added, again)).toMatchObject({ body: { version: 1 } });
    const script = cordboard.as(['connections:read', 'connections:write']);
    expect(await patch(script, added, again)).toMatchObject({ body: { version: 2 } });
  });

  test('has a fingerprint that is equal for equal keys only for who may reveal it', async ({ cordboard }) => {
    const admin = await cordboard.signedInAs('admin');
    const added = [await add(admin), await add(admin)];
    const marksFor = async (as: Caller) =>
      Promise.all(added.map(async (each) => (await get(as, each)).credential_fingerprints.api_key));
    const [one, two] = await marksFor(admin);
    expect(one).toMatch(/^[0-9a-f]{8}$/);
    expect(two).toBe(one);
    for (const as of [
      cordboard.as('operator'),
      cordboard.as('viewer'),
      cordboard.as(['connections:read', 'numbers:read']),
    ]) {
      const marks = await marksFor(as);
      expect(new Set([...marks, one]).size).toBe(3);
    }
    expect(await marksFor(cordboard.as(['connections:read', 'credentials:reveal']))).toEqual([one, one]);
  });

  test('is revealed on the record, and counts as any other', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    const added = await add(as);
    await as.request('PATCH', '/v1/settings', { body: { operator_reveals_per_hour: 1 } });
    const answer = await reveal(as, added);
    expect(answer).toMatchObject({ status: 200, body: { value: 'key-one', hide_after_seconds: 30 } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expectProblem(await reveal(as, added), 429, 'too_many_reveals');
    expect((await eventsOf(as, added))[0]).toMatchObject({
      action: 'credential.reveal_refused',
      subject: { kind: 'connection', id: added.connection_id, name: added.name },
    });
  });
});
