import { describe, expect, test } from 'vitest';
import { valuesOf, type PhoneNumberValues } from './phone-number-values.ts';
import { everyRule, sipNumber, twilioNumber } from './testing.ts';
import { changedFields, toPatch } from './to-patch.ts';

const patchOf = (changes: Partial<PhoneNumberValues>, record = sipNumber()) =>
  toPatch(record, { ...valuesOf(record), ...changes });

describe('the patch of a form', () => {
  test('an untouched form sends nothing', () => {
    expect(patchOf({})).toEqual({});
    expect(toPatch(twilioNumber(), valuesOf(twilioNumber()))).toEqual({});
  });

  test('only what changed is sent', () => {
    expect(patchOf({ friendly_name: 'Dhaka sales', outbound_agent_id: 'ben' })).toEqual({
      friendly_name: 'Dhaka sales',
      outbound_agent_id: 'ben',
    });
  });

  test('an emptied field is cleared', () => {
    expect(patchOf({ friendly_name: '', sip_trunk_username: '  ', inbound_agent_id: null })).toEqual({
      friendly_name: null,
      sip_trunk_username: null,
      inbound_agent_id: null,
    });
  });

  test('a field that was empty and still is, is unchanged', () => expect(patchOf({ notes: '' })).toEqual({}));
  test('spaces around a text are no change', () =>
    expect(patchOf({ friendly_name: ' Dhaka support ' })).toEqual({}));
  test('notes keep their line breaks', () =>
    expect(patchOf({ notes: 'a\n\nb\n' })).toEqual({ notes: 'a\n\nb\n' }));

  test('labels go as a whole, and their order is no change', () => {
    expect(patchOf({ labels: ['production', 'bd'] })).toEqual({});
    expect(patchOf({ labels: ['bd'] })).toEqual({ labels: ['bd'] });
    expect(patchOf({ labels: ['BD', 'production'] })).toEqual({ labels: ['BD', 'production'] });
  });

  test('metadata goes by key, with null for what was removed', () => {
    const metadata = [
      { key: 'team', value: 'billing' },
      { key: ' site ', value: 'dhk-2' },
      { key: '', value: '' },
    ];
    expect(patchOf({ metadata })).toEqual({ metadata: { team: 'billing', site: 'dhk-2', tier: null } });
  });

  test('a key that was renamed is removed and added', () => {
    const metadata = [
      { key: 'squad', value: 'support' },
      { key: 'tier', value: '1' },
    ];
    expect(patchOf({ metadata })).toEqual({ metadata: { squad: 'support', team: null } });
  });
});

describe('a credential', () => {
  test('left empty is unchanged', () => expect(patchOf({ sip_trunk_password: '' })).toEqual({}));
  test('is sent when replaced, as it was typed', () =>
    expect(patchOf({ sip_trunk_password: ' s3cret ' })).toEqual({ sip_trunk_password: ' s3cret ' }));
  test('is cleared on request', () =>
    expect(patchOf({ sip_trunk_password: null })).toEqual({ sip_trunk_password: null }));
  test('that is not set need not be cleared', () => {
    const record = sipNumber({ sip_trunk_password: null, sip_trunk_password_fingerprint: null });
    expect(patchOf({ sip_trunk_password: null }, record)).toEqual({});
  });
});

test('fields of another provider and fixed fields are never sent', () => {
  expect(
    patchOf({ twilio_auth_token: 'f'.repeat(32), twilio_account_sid: 'x', sip_infra_region: 'global' }),
  ).toEqual({});
});

test('changed fields are named as they are sent', () => {
  const record = sipNumber();
  expect(changedFields(record, { ...valuesOf(record), notes: 'x', sip_trunk_password: 'y' })).toEqual([
    'notes',
    'sip_trunk_password',
  ]);
});

describe('routing and call handling', () => {
  const routing = {
    business_hours_id: 'hours-that-are-gone',
    rules: everyRule,
    fallback: { type: 'agent' as const, agent_id: 'gone' },
  };
  const record = sipNumber({ routing });
  const stored = valuesOf(record);

  test('an untouched number sends nothing of it, whatever its rules use', () =>
    expect(toPatch(record, structuredClone(stored))).toEqual({}));

  test('a changed rule goes with its list, and every other rule byte for byte', () => {
    const rules = everyRule.with(1, { ...everyRule[1]!, enabled: true });
    const patch = toPatch(record, { ...stored, routing: { ...stored.routing, rules } });
    expect(Object.keys(patch)).toEqual(['routing']);
    expect(Object.keys(patch.routing as object)).toEqual(['rules']);
    const sent = (patch.routing as { rules: unknown[] }).rules;
    for (const at of [0, 2, 3, 4]) expect(JSON.stringify(sent[at])).toBe(JSON.stringify(everyRule[at]));
  });

  test('only the parts that changed are sent, and a cleared one is null', () => {
    const patch = toPatch(record, {
      ...stored,
      routing: { ...stored.routing, business_hours_id: null, fallback: null },
    });
    expect(patch).toEqual({ routing: { business_hours_id: null, fallback: null } });
  });

  test('a preference alone is sent, and named', () => {
    const values = { ...stored, call_handling: { ...stored.call_handling, max_duration_seconds: 600 } };
    expect(toPatch(record, values)).toEqual({ call_handling: { max_duration_seconds: 600 } });
    expect(changedFields(record, values)).toEqual(['call_handling.max_duration_seconds']);
  });

  test('the order of keys is no change', () => {
    const fallback = { agent_id: 'gone', type: 'agent' as const };
    expect(toPatch(record, { ...stored, routing: { ...stored.routing, fallback } })).toEqual({});
  });

  test('a reassignment is set and cleared whole', () => {
    const reassignment = {
      agent_id: 'ben',
      direction: 'inbound' as const,
      starts_at: '2026-11-27T18:00:00.000Z',
      ends_at: '2026-11-30T08:00:00.000Z',
    };
    expect(patchOf({ temporary_reassignment: reassignment })).toEqual({
      temporary_reassignment: reassignment,
    });
    expect(
      patchOf({ temporary_reassignment: null }, sipNumber({ temporary_reassignment: reassignment })),
    ).toEqual({ temporary_reassignment: null });
  });
});
