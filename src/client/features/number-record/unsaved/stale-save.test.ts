import { describe, expect, test } from 'vitest';
import { valuesOf, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { keepMine, mergeStale, takeTheirs } from './stale-save.ts';
import { everyRule, sipNumber } from '#client/features/number-fields/testing.ts';
import { toPatch } from '#client/features/number-fields/to-patch.ts';

const base = sipNumber();
const mine = (changes: Partial<PhoneNumberValues>) => ({ ...valuesOf(base), ...changes });
const rows = (metadata: Record<string, string>) =>
  Object.entries(metadata).map(([key, value]) => ({ key, value }));

describe('merging with what someone else saved', () => {
  test('different fields are merged, and theirs are named', () => {
    const theirs = sipNumber({ version: 4, friendly_name: 'Dhaka desk' });
    const { values, merged, conflicts } = mergeStale(
      base,
      theirs,
      mine({ sip_trunk_username: 'cord-bd-02' }),
    );
    expect(conflicts).toEqual([]);
    expect(merged).toEqual(['friendly_name']);
    expect(toPatch(theirs, values)).toEqual({ sip_trunk_username: 'cord-bd-02' });
  });

  test('the same field is asked about, and mine stands until it is decided', () => {
    const theirs = sipNumber({ version: 4, sip_trunk_username: 'cord-bd-07' });
    const { values, merged, conflicts } = mergeStale(
      base,
      theirs,
      mine({ sip_trunk_username: 'cord-bd-02' }),
    );
    expect(merged).toEqual([]);
    expect(conflicts).toEqual([{ field: 'sip_trunk_username', mine: 'cord-bd-02', theirs: 'cord-bd-07' }]);
    expect(values.sip_trunk_username).toBe('cord-bd-02');
    expect(toPatch(theirs, takeTheirs(values, conflicts[0]!, theirs))).toEqual({});
  });

  test('a decision can be turned round without typing again', () => {
    const theirs = sipNumber({
      version: 4,
      sip_trunk_username: 'cord-bd-07',
      metadata: { team: 'sales', tier: '1' },
    });
    const typed = mine({ sip_trunk_username: 'cord-bd-02', metadata: rows({ team: 'billing', tier: '1' }) });
    const { values, conflicts } = mergeStale(base, theirs, typed);
    const taken = conflicts.reduce((now, conflict) => takeTheirs(now, conflict, theirs), values);
    expect(toPatch(theirs, taken)).toEqual({});
    const kept = conflicts.reduce((now, conflict) => keepMine(now, conflict, typed), taken);
    expect(toPatch(theirs, kept)).toEqual({
      sip_trunk_username: 'cord-bd-02',
      metadata: { team: 'billing' },
    });
  });

  test('the same change made twice is no conflict and nothing to send', () => {
    const theirs = sipNumber({ version: 4, friendly_name: null, labels: ['bd'] });
    const { values, conflicts } = mergeStale(base, theirs, mine({ friendly_name: '', labels: ['bd'] }));
    expect(conflicts).toEqual([]);
    expect(toPatch(theirs, values)).toEqual({});
  });

  test('clearing collides with changing', () => {
    const theirs = sipNumber({ version: 4, inbound_agent_id: 'ben' });
    const { conflicts } = mergeStale(base, theirs, mine({ inbound_agent_id: null }));
    expect(conflicts).toEqual([{ field: 'inbound_agent_id', mine: null, theirs: 'ben' }]);
  });

  test('a version that only touched other things leaves my changes as they are', () => {
    const typed = mine({ notes: 'call back' });
    expect(mergeStale(base, sipNumber({ version: 9 }), typed)).toEqual({
      values: typed,
      merged: [],
      conflicts: [],
    });
  });
});

describe('metadata', () => {
  test('merges key by key', () => {
    const theirs = sipNumber({ version: 4, metadata: { team: 'support', tier: '2', site: 'dhk' } });
    const { values, merged, conflicts } = mergeStale(
      base,
      theirs,
      mine({ metadata: rows({ team: 'billing', tier: '1' }) }),
    );
    expect(conflicts).toEqual([]);
    expect(merged).toEqual(['metadata']);
    expect(toPatch(theirs, values)).toEqual({ metadata: { team: 'billing' } });
  });

  test('asks about one key that both changed', () => {
    const theirs = sipNumber({ version: 4, metadata: { team: 'sales', tier: '1' } });
    const { values, conflicts } = mergeStale(base, theirs, mine({ metadata: rows({ tier: '1' }) }));
    expect(conflicts).toEqual([{ field: 'metadata', metadataKey: 'team', mine: null, theirs: 'sales' }]);
    expect(toPatch(theirs, values)).toEqual({ metadata: { team: null } });
    expect(toPatch(theirs, takeTheirs(values, conflicts[0]!, theirs))).toEqual({});
  });
});

describe('a credential', () => {
  const theirs = sipNumber({ version: 4, sip_trunk_password_fingerprint: 'ffffffff' });

  test('that both replaced is asked about without showing either', () => {
    const { values, conflicts } = mergeStale(base, theirs, mine({ sip_trunk_password: 'my-secret' }));
    expect(conflicts).toEqual([{ field: 'sip_trunk_password', mine: null, theirs: null, isSecret: true }]);
    expect(JSON.stringify(conflicts)).not.toContain('my-secret');
    expect(values.sip_trunk_password).toBe('my-secret');
    expect(takeTheirs(values, conflicts[0]!, theirs).sip_trunk_password).toBe('');
  });

  test('that they replaced is named as merged', () =>
    expect(mergeStale(base, theirs, mine({ notes: 'x' })).merged).toEqual(['sip_trunk_password']));
});

describe('routing that two have changed', () => {
  const routing = { business_hours_id: 'a', rules: everyRule, fallback: null };
  const from = sipNumber({ routing });
  const [first = everyRule[0]!, ...others] = everyRule;

  test('their hours and my rules are merged', () => {
    const typed = { ...valuesOf(from), routing: { ...routing, rules: others } };
    const theirs = sipNumber({ version: 4, routing: { ...routing, business_hours_id: 'b' } });
    const { values, merged, conflicts } = mergeStale(from, theirs, typed);
    expect(conflicts).toEqual([]);
    expect(merged).toEqual(['routing.business_hours_id']);
    expect(values.routing).toEqual({ business_hours_id: 'b', rules: others, fallback: null });
    expect(toPatch(theirs, values)).toEqual({ routing: { rules: others } });
  });

  test('rules that both changed are asked about, and either may win', () => {
    const typed = { ...valuesOf(from), routing: { ...routing, rules: others } };
    const theirs = sipNumber({ version: 4, routing: { ...routing, rules: [first] } });
    const { values, conflicts } = mergeStale(from, theirs, typed);
    expect(conflicts).toEqual([{ field: 'routing.rules', mine: others, theirs: [first] }]);
    expect(values.routing.rules).toEqual(others);
    expect(toPatch(theirs, takeTheirs(values, conflicts[0]!, theirs))).toEqual({});
    expect(keepMine(takeTheirs(values, conflicts[0]!, theirs), conflicts[0]!, typed).routing.rules).toEqual(
      others,
    );
  });

  test('different preferences are merged', () => {
    const mineToo = valuesOf(base);
    const typed = { ...mineToo, call_handling: { ...mineToo.call_handling, recording: 'both' as const } };
    const theirs = sipNumber({
      version: 4,
      call_handling: { ...mineToo.call_handling, max_concurrent_calls: 5 },
    });
    const { values, merged, conflicts } = mergeStale(base, theirs, typed);
    expect([merged, conflicts]).toEqual([['call_handling.max_concurrent_calls'], []]);
    expect(values.call_handling).toMatchObject({ recording: 'both', max_concurrent_calls: 5 });
  });
});
