import { describe, expect, test } from 'vitest';
import { valuesOf, type PhoneNumberValues } from './phone-number-values.ts';
import { sipNumber, twilioNumber } from './testing.ts';
import { changedFields, toPatch } from './to-patch.ts';

const patchOf = (changes: Partial<PhoneNumberValues>, record = sipNumber()) => toPatch(record, { ...valuesOf(record), ...changes });

describe('the patch of a form', () => {
  test('an untouched form sends nothing', () => {
    expect(patchOf({})).toEqual({});
    expect(toPatch(twilioNumber(), valuesOf(twilioNumber()))).toEqual({});
  });

  test('only what changed is sent', () => {
    expect(patchOf({ friendly_name: 'Dhaka sales', outbound_agent_id: 'ben' })).toEqual({ friendly_name: 'Dhaka sales', outbound_agent_id: 'ben' });
  });

  test('an emptied field is cleared', () => {
    expect(patchOf({ friendly_name: '', sip_trunk_username: '  ', inbound_agent_id: null })).toEqual({
      friendly_name: null,
      sip_trunk_username: null,
      inbound_agent_id: null,
    });
  });

  test('a field that was empty and still is, is unchanged', () => expect(patchOf({ notes: '' })).toEqual({}));
  test('spaces around a text are no change', () => expect(patchOf({ friendly_name: ' Dhaka support ' })).toEqual({}));
  test('notes keep their line breaks', () => expect(patchOf({ notes: 'a\n\nb\n' })).toEqual({ notes: 'a\n\nb\n' }));

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
  test('is cleared on request', () => expect(patchOf({ sip_trunk_password: null })).toEqual({ sip_trunk_password: null }));
  test('that is not set need not be cleared', () => {
    const record = sipNumber({ sip_trunk_password: null, sip_trunk_password_fingerprint: null });
    expect(patchOf({ sip_trunk_password: null }, record)).toEqual({});
  });
});

test('fields of another provider and fixed fields are never sent', () => {
  expect(patchOf({ twilio_auth_token: 'f'.repeat(32), twilio_account_sid: 'x', sip_infra_region: 'global' })).toEqual({});
});

test('changed fields are named as they are sent', () => {
  const record = sipNumber();
  expect(changedFields(record, { ...valuesOf(record), notes: 'x', sip_trunk_password: 'y' })).toEqual(['notes', 'sip_trunk_password']);
});
