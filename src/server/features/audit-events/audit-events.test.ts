import { describe, expect } from 'vitest';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { addAgent, addNumber, expectProblem, historyOf, patchNumber } from '#server/testing/given.ts';
import { test, type Caller, type Who } from '#server/testing/test-app.ts';

const readLog = async (as: Caller, query: Record<string, string> = {}) => {
  const answer = await as.request('GET', `/v1/audit-events?${new URLSearchParams(query).toString()}`);
  expect(answer).toMatchObject({ status: 200 });
  return auditEventListSchema.parse(answer.body);
};

describe('the audit log', () => {
  test('says who did what to what, from where, newest first', async ({ cordboard }) => {
    const admin = cordboard.as('admin');
    const operator = await cordboard.signedInAs('operator');
    const key = await cordboard.withKey(['numbers:write']);
    const number = await addNumber(operator, { friendly_name: 'Dhaka' });
    const answer = await key.request('PATCH', `/v1/phone-numbers/${number._id}`, {
      body: { friendly_name: 'Sylhet' },
    });
    const [updated, added] = (await readLog(admin)).audit_events;
    expect(updated).toMatchObject({
      action: 'phone_number.updated',
      actor: { kind: 'api_key', id: key.apiKeyId },
      subject: {
        kind: 'phone_number',
        id: number._id,
        name: number.phone_number,
        phone_number_international: number.phone_number_international,
        // As it is now: who reads the log looks for the number that they know.
        friendly_name: 'Sylhet',
      },
      version: 2,
      changes: { friendly_name: { before: 'Dhaka', after: 'Sylhet' } },
      detail: null,
      request_id: answer.headers.get('x-request-id'),
    });
    expect(updated?.address).toMatch(/^10\.0\./);
    expect(added).toMatchObject({
      action: 'phone_number.added',
      actor: { kind: 'operator', id: operator.operatorId },
    });
  });

  test('tells from where only to those who may read it whole: the history of a number has null for others', async ({
    cordboard,
  }) => {
    const number = await addNumber(cordboard.as('operator'));
    const addressFor = async (who: Who) => (await historyOf(cordboard.as(who), number._id))[0]?.address;
    for (const who of ['admin', ['numbers:read', 'audit:read']] as const)
      expect(await addressFor(who)).toMatch(/^10\.0\./);
    for (const who of ['viewer', 'operator', ['numbers:read']] as const)
      expect(await addressFor(who)).toBeNull();
  });

  test('is filtered by operator, action, subject and time, and pages', async ({ cordboard }) => {
    const admin = cordboard.as('admin');
    const [one, two] = [await cordboard.signedInAs('operator'), await cordboard.signedInAs('operator')];
    const number = await addNumber(one);
    for (let index = 0; index < 5; index++)
      await patchNumber(index % 2 === 0 ? one : two, number._id, { notes: `${index}` });
    await addAgent(two, 'Night desk');
    const actions = async (query: Record<string, string>) =>
      (await readLog(admin, query)).audit_events.map(({ action }) => action);
    expect(await actions({ actor_id: two.operatorId })).toEqual([
      'agent.added',
      'phone_number.updated',
      'phone_number.updated',
    ]);
    expect(await actions({ action: 'phone_number.added' })).toEqual(['phone_number.added']);
    expect(await actions({ subject_kind: 'agent' })).toEqual(['agent.added']);
    expect(
      await actions({ subject_id: number._id, action: 'phone_number.updated', actor_id: one.operatorId }),
    ).toHaveLength(3);
    const all = (await readLog(admin)).audit_events;
    const middle = String(all[3]?.at);
    const [since, until] = [await actions({ since: middle }), await actions({ until: middle })];
    expect(since.length + until.length).toBe(7);
    expect(since.length).toBeGreaterThanOrEqual(4);

    const walked: string[] = [];
    for (let token: string | null = ''; token !== null;) {
      const page = await readLog(admin, { page_size: '2', ...(token !== '' && { page_token: token }) });
      walked.push(...page.audit_events.map(({ audit_event_id: id }) => id));
      token = page.next_page_token;
      // Events that come meanwhile are newer, and hide or repeat none of the older.
      await patchNumber(one, number._id, { notes: `meanwhile ${walked.length}` });
    }
    expect(walked).toEqual(all.map(({ audit_event_id: id }) => id));
  });

  test('a token of one filter does not serve another', async ({ cordboard }) => {
    const admin = cordboard.as('admin');
    for (let index = 0; index < 3; index++) await addNumber(cordboard.as('operator'));
    const { next_page_token: token } = await readLog(admin, { page_size: '1' });
    const answer = await admin.request(
      'GET',
      `/v1/audit-events?page_token=${token}&action=phone_number.added`,
    );
    expectProblem(answer, 400, 'invalid_page_token');
  });

  test('cannot be changed or deleted, not even in the database', async ({ cordboard }) => {
    await addNumber(cordboard.as('operator'));
    const { database } = cordboard;
    await expect(database.query(`update audit_event set actor_name = 'nobody'`)).rejects.toThrow(
      'cannot be changed',
    );
    await expect(database.query('delete from audit_event')).rejects.toThrow('cannot be changed');
    await expect(database.query('truncate audit_event')).rejects.toThrow('cannot be changed');
    await expect(database.query('truncate audit_event restart identity cascade')).rejects.toThrow(
      'cannot be changed',
    );
  });

  test('is for admins and keys that may', async ({ cordboard }) => {
    expectProblem(
      await cordboard.request('GET', '/v1/audit-events', { actor: 'operator' }),
      403,
      'forbidden',
    );
    expectProblem(
      await cordboard.request('GET', '/v1/audit-events', { actor: ['numbers:read'] }),
      403,
      'forbidden',
    );
    expect((await cordboard.request('GET', '/v1/audit-events', { actor: ['audit:read'] })).status).toBe(200);
  });

  test('a change whose event cannot be written does not happen', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    const { database } = cordboard;
    await database.query(
      `create function refuse_event() returns trigger language plpgsql as $$ begin raise exception 'no space'; end $$`,
    );
    await database.query(
      'create trigger no_event before insert on audit_event for each row execute function refuse_event()',
    );
    try {
      expect(
        (await as.request('PATCH', `/v1/phone-numbers/${number._id}`, { body: { notes: 'lost' } })).status,
      ).toBe(500);
      expect((await as.request('DELETE', `/v1/phone-numbers/${number._id}`)).status).toBe(500);
    } finally {
      await database.query('drop function refuse_event() cascade');
    }
    expect((await as.request('GET', `/v1/phone-numbers/${number._id}`)).body).toEqual(number);
  });
});
