import { describe, expect } from 'vitest';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { MAX_OWN_VIEWS, MAX_SHARED_BY_ONE, viewListSchema, viewSchema, type View } from '#contract/views.ts';
import { expectProblem, pointersOf, tally } from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const addView = async (as: Caller, body: object = {}): Promise<View> => {
  const answer = await as.request('POST', '/v1/views', { body: { name: 'Dhaka', ...body } });
  expect(answer).toMatchObject({ status: 201 });
  return viewSchema.parse(answer.body);
};
const namesFor = async (as: Caller) =>
  viewListSchema.parse((await as.request('GET', '/v1/views')).body).views.map(({ name }) => name);
const patch = (as: Caller, { view_id: id }: View, body: object, headers = {}) =>
  as.request('PATCH', `/v1/views/${id}`, { body, headers });
const remove = (as: Caller, { view_id: id }: View) => as.request('DELETE', `/v1/views/${id}`);

describe('views', () => {
  test('keep a filter as the list reads it, an order and columns, on the record', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const added = await addView(as, {
      name: ' Unassigned in Bangladesh ',
      filter: { country: 'BD', agent_id: ['none'], label_any: ['vip', 'pilot'], deleted: false },
      sort: '-created_at',
      columns: ['friendly_name', 'phone_number'],
    });
    expect(added).toMatchObject({
      name: 'Unassigned in Bangladesh',
      filter: { country: ['BD'], agent_id: ['none'], label_any: ['pilot', 'vip'], deleted: 'false' },
      sort: '-created_at',
      columns: ['friendly_name', 'phone_number'],
      pinned: true,
      shared: false,
      owner: { kind: 'operator', id: as.operatorId },
      version: 1,
    });
    const changed = await patch(as, added, { filter: {}, sort: null, columns: null });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: added.name, filter: {}, sort: null, columns: null, version: 2 },
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(await patch(as, added, { sort: null })).toMatchObject({ body: { version: 2 } });
    expect((await remove(as, added)).status).toBe(204);
    expectProblem(await remove(as, added), 404, 'not_found');
    const log = await cordboard.as('admin').request('GET', '/v1/audit-events?subject_kind=view');
    expect(auditEventListSchema.parse(log.body).audit_events).toMatchObject([
      { action: 'view.deleted', version: 3 },
      { action: 'view.updated', version: 2, changes: { sort: { before: '-created_at', after: null } } },
      { action: 'view.added', version: 1, subject: { name: added.name } },
    ]);
  });

  test('of one’s own are seen by nobody else; shared ones by everybody, and changed by their owner or an admin', async ({
    cordboard,
  }) => {
    const [owner, other, viewer, admin] = await Promise.all([
      cordboard.signedInAs('operator'),
      cordboard.signedInAs('operator'),
      cordboard.signedInAs('viewer'),
      cordboard.signedInAs('admin'),
    ]);
    const own = await addView(owner, { name: 'Own' });
    const shared = await addView(owner, { name: 'shared', shared: true });
    await addView(viewer, { name: 'Mine' });
    expect(await namesFor(owner)).toEqual(['Own', 'shared']);
    expect(await namesFor(other)).toEqual(['shared']);
    expect(await namesFor(viewer)).toEqual(['Mine', 'shared']);
    for (const as of [other, admin]) {
      expectProblem(await patch(as, own, { name: 'x' }), 404, 'not_found');
      expectProblem(await remove(as, own), 404, 'not_found');
    }
    expectProblem(await patch(other, shared, { name: 'x' }), 403, 'forbidden');
    expectProblem(await remove(viewer, shared), 403, 'forbidden');
    expect(await patch(admin, shared, { name: 'Shared' })).toMatchObject({
      status: 200,
      body: { name: 'Shared', owner: { id: owner.operatorId } },
    });
    expect(await patch(owner, shared, { shared: false })).toMatchObject({ status: 200 });
    expectProblem(await patch(admin, shared, { shared: true }), 404, 'not_found');
  });

  test('are shared by operators, not by viewers', async ({ cordboard }) => {
    const viewer = await cordboard.signedInAs('viewer');
    const body = { name: 'All', shared: true };
    expectProblem(await viewer.request('POST', '/v1/views', { body }), 403, 'forbidden');
    const own = await addView(viewer);
    expectProblem(await patch(viewer, own, { shared: true }), 403, 'forbidden');
  });

  test('of a key are always shared, and its own to change', async ({ cordboard }) => {
    const [key, other] = [
      cordboard.as(['numbers:read', 'numbers:write']),
      cordboard.as(['numbers:read', 'numbers:write']),
    ];
    await addView(await cordboard.signedInAs('operator'), { name: 'Not for keys' });
    const made = await addView(key, { name: 'By a script' });
    expect(made).toMatchObject({ shared: true, owner: { kind: 'api_key' } });
    expect(await namesFor(key)).toEqual(['By a script']);
    for (const answer of [
      await key.request('POST', '/v1/views', { body: { name: 'x', shared: false } }),
      await patch(key, made, { shared: false }),
    ])
      expect(pointersOf(expectProblem(answer, 422, 'validation_failed'))).toEqual([
        '/shared key_view_shared',
      ]);
    expect((await patch(key, made, { pinned: false })).status).toBe(200);
    expect([200, 403]).toContain((await patch(other, made, { pinned: true })).status);
  });

  test('are as many as there is room for, also where they are added at once', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const add = () => as.request('POST', '/v1/views', { body: { name: 'Again' } });
    for (let at = 0; at < MAX_OWN_VIEWS - 2; at++) expect((await add()).status).toBe(201);
    expect(tally(await Promise.all([add(), add(), add(), add()]))).toEqual({ 201: 2, 409: 2 });
    expectProblem(await add(), 409, 'too_many_views');
    const share = () => as.request('POST', '/v1/views', { body: { name: 'For all', shared: true } });
    for (let at = 0; at < MAX_SHARED_BY_ONE; at++) expect((await share()).status).toBe(201);
    expectProblem(await share(), 409, 'too_many_views');
    const other = await cordboard.signedInAs('operator');
    await addView(other, { shared: true });
  });

  test('changed by two at once from one version: one wins, the other is told what changed', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const view = await addView(as);
    const save = (name: string) => patch(as, view, { name }, { 'if-match': '"1"' });
    const answers = await Promise.all([save('One'), save('Two')]);
    expect(tally(answers)).toEqual({ 200: 1, 412: 1 });
    expect(answers.find(({ status }) => status === 412)?.body).toMatchObject({ changed_fields: ['name'] });
  });

  test.for([
    ['a parameter of no filter', { filter: { page_size: '5' } }, ['/filter/page_size unknown_field']],
    [
      'a value that no filter takes',
      { filter: { provider: ['carrier pigeon'] } },
      ['/filter/provider/0 invalid_value'],
    ],
    ['a fingerprint', { filter: { fingerprint: '0123abcd' } }, ['/filter/fingerprint fingerprint_in_view']],
    [
      'more than it can keep',
      { filter: { label_any: Array.from({ length: 50 }, (_, at) => `${at}`.padStart(100, 'x')) } },
      ['/filter too_big'],
    ],
    ['an order that there is none of', { sort: 'colour' }, ['/sort invalid_value']],
    ['a column twice', { columns: ['phone_number', 'phone_number'] }, ['/columns duplicate_column']],
    ['a list without numbers', { columns: ['labels'] }, ['/columns phone_number_missing']],
    ['no name', { name: ' ' }, ['/name too_small']],
  ] as const)('with %s are refused', async ([, body, pointers], { cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const answer = await as.request('POST', '/v1/views', { body: { name: 'x', ...body } });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer.body as never)).toEqual(pointers);
  });
});
