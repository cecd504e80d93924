import { describe, expect } from 'vitest';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { settingsSchema } from '#contract/settings.ts';
import { expectProblem, pointersOf, tally } from '#server/testing/given.ts';
import { test } from '#server/testing/test-app.ts';

describe('the settings', () => {
  test('hold their defaults until an admin changes one, by name, on the record', async ({ cordboard }) => {
    const admin = await cordboard.signedInAs('admin');
    const read = async () => settingsSchema.parse((await admin.request('GET', '/v1/settings')).body);
    expect(await read()).toEqual({
      operator_reveals_per_hour: 60,
      api_key_reveals_per_hour: 600,
      version: 1,
      updated_at: null,
    });
    const answer = await admin.request('PATCH', '/v1/settings', { body: { operator_reveals_per_hour: 90 } });
    expect(answer).toMatchObject({
      status: 200,
      body: { operator_reveals_per_hour: 90, api_key_reveals_per_hour: 600, version: 2 },
    });
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(await read()).toEqual(answer.body);
    const log = auditEventListSchema.parse(
      (await admin.request('GET', '/v1/audit-events?subject_kind=settings')).body,
    );
    expect(log.audit_events).toMatchObject([
      {
        action: 'settings.updated',
        actor: { id: admin.operatorId },
        version: 2,
        changes: { operator_reveals_per_hour: { before: 60, after: 90 } },
      },
    ]);
  });

  test('changed to what they are make no version and no event; null is the default again', async ({
    cordboard,
  }) => {
    const admin = cordboard.as('admin');
    const patch = async (body: object) =>
      (await admin.request('PATCH', '/v1/settings', { body })).body['version'];
    expect(await patch({})).toBe(1);
    expect(await patch({ api_key_reveals_per_hour: 600 })).toBe(1);
    expect(await patch({ api_key_reveals_per_hour: 5 })).toBe(2);
    expect(await patch({ api_key_reveals_per_hour: null })).toBe(3);
    expect((await admin.request('GET', '/v1/settings')).body).toMatchObject({
      api_key_reveals_per_hour: 600,
    });
    expect(
      await cordboard.database.query(`select 1 from audit_event where action = 'settings.updated'`),
    ).toHaveLength(2);
  });

  test('changed by two at once from one version: one wins, the other is told what changed', async ({
    cordboard,
  }) => {
    const admin = cordboard.as('admin');
    const save = (reveals: number) =>
      admin.request('PATCH', '/v1/settings', {
        body: { operator_reveals_per_hour: reveals },
        headers: { 'if-match': '"1"' },
      });
    const answers = await Promise.all([save(10), save(20)]);
    expect(tally(answers)).toEqual({ 200: 1, 412: 1 });
    const stale = answers.find(({ status }) => status === 412) ?? (await save(30));
    expect(expectProblem(stale, 412, 'version_conflict').changed_fields).toEqual([
      'operator_reveals_per_hour',
    ]);
  });

  test.for([0, -1, 1.5, 100_001, '60', true])('refuse %j reveals an hour', async (reveals, { cordboard }) => {
    const answer = await cordboard
      .as('admin')
      .request('PATCH', '/v1/settings', { body: { operator_reveals_per_hour: reveals } });
    expect(pointersOf(expectProblem(answer, 422, 'validation_failed'))).toHaveLength(1);
  });

  test('refuse what they do not know', async ({ cordboard }) => {
    const answer = await cordboard.as('admin').request('PATCH', '/v1/settings', { body: { colour: 'red' } });
    expect(pointersOf(expectProblem(answer, 422, 'unknown_field'))).toEqual(['/colour unknown_field']);
  });
});
