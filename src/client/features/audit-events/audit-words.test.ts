import { describe, expect, test } from 'vitest';
import { changeLines, fieldName, valueWords } from './audit-words.ts';

const agentName = (id: string) => ({ a1: 'Asha', a2: 'Farid' })[id];

describe('a changed field in words', () => {
  test('agents are named, and the lack of one is said', () => {
    expect(
      changeLines(
        { inbound_agent_id: { before: 'a1', after: 'a2' }, outbound_agent_id: { before: null, after: 'a1' } },
        agentName,
      ),
    ).toEqual([
      { id: 'inbound_agent_id', name: 'Inbound agent', isSecret: false, before: 'Asha', after: 'Farid' },
      {
        id: 'outbound_agent_id',
        name: 'Outbound agent',
        isSecret: false,
        before: 'Unassigned',
        after: 'Asha',
      },
    ]);
  });

  test('an agent that is gone keeps its id', () =>
    expect(valueWords('inbound_agent_id', 'zz', agentName)).toBe('Missing agent zz'));

  test('a credential shows fingerprints only', () => {
    const changes = {
      sip_trunk_password: { secret: true as const, before_fingerprint: null, after_fingerprint: '0123abcd' },
    };
    expect(changeLines(changes, agentName)).toEqual([
      { id: 'sip_trunk_password', name: 'Trunk password', isSecret: true, before: null, after: '0123abcd' },
    ]);
  });

  test('filters, orders and columns are told in the words of the list', () => {
    const filter = { provider: ['sip'], agent_id: ['a1', 'none'], label_any: ['vip'], fingerprint: 'given' };
    expect(valueWords('filter', filter, agentName)).toBe(
      'Provider: SIP trunk; Agent: Asha, Unassigned; Labelled any of: vip; Same credential: one of them',
    );
    expect(valueWords('filter', {}, agentName)).toBeNull();
    expect(valueWords('filter', { was: 'x' }, agentName)).toBe('was: x');
    expect(valueWords('sort', '-updated_at', agentName)).toBe('Updated ↓');
    expect(valueWords('columns', ['phone_number', 'inbound_agent'], agentName)).toBe(
      'Phone number, Inbound agent',
    );
  });

  test('metadata is told key by key', () => {
    const lines = changeLines(
      { metadata: { before: { team: 'a', site: 'x' }, after: { team: 'b', site: 'x', tier: '1' } } },
      agentName,
    );
    expect(lines.map(({ name, before, after }) => [name, before, after])).toEqual([
      ['team', 'a', 'b'],
      ['tier', null, '1'],
    ]);
  });

  test('labels are listed, and an empty list is nothing', () => {
    expect(valueWords('labels', ['bd', 'vip'], agentName)).toBe('“bd”, “vip”');
    expect(valueWords('labels', [], agentName)).toBeNull();
  });

  test('a week and its exceptions are read aloud, each exception by itself', () => {
    const nine = { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' };
    const eid = {
      name: 'Eid',
      start_date: '2027-03-09',
      end_date: '2027-03-12',
      every_year: false,
      intervals: [],
    };
    const old = { ...eid, name: 'Old' };
    const lines = changeLines(
      {
        weekly: { before: [nine], after: [nine, { days: [6], start: '22:00', end: '02:00' }] },
        exceptions: { before: [eid, old], after: [{ ...eid, end_date: '2027-03-11' }] },
      },
      agentName,
    );
    expect(lines.map(({ name, before, after }) => [name, before, after])).toEqual([
      ['Week', 'Mon–Fri 09:00–17:00', 'Mon–Fri 09:00–17:00; Sat 22:00–02:00'],
      ['Eid', '9–12 Mar 2027, closed', '9–11 Mar 2027, closed'],
      ['Old', '9–12 Mar 2027, closed', null],
    ]);
    expect(
      changeLines({ weekly: { before: null, after: 'a form of tomorrow' } }, agentName)[0]?.after,
    ).toContain('tomorrow');
  });

  test('fields that were empty and stay empty are left out', () => {
    expect(
      changeLines(
        { notes: { before: null, after: null }, outbound_agent_id: { before: null, after: null } },
        agentName,
      ),
    ).toEqual([]);
  });

  test('a field of tomorrow still reads as words', () =>
    expect(fieldName('call_recording_mode')).toBe('Call recording mode'));
});

describe('routing in the log', () => {
  const hoursName = (id: string) => ({ h1: 'Dhaka office' })[id];
  const when = {
    anonymous: 'any',
    caller_countries: null,
    caller_in: null,
    caller_prefixes: null,
    hours: 'closed',
  };
  const night = {
    destination: { agent_id: 'a1', type: 'agent' },
    enabled: true,
    id: 'r1',
    name: 'Night',
    when,
  };
  const linesOf = (changes: Parameters<typeof changeLines>[0]) =>
    changeLines(changes, agentName, hoursName).map(({ name, before, after, summary }) => [
      name,
      summary ?? `${before} → ${after}`,
    ]);

  test('rules, hours and fallback are told one by one', () => {
    const after = {
      business_hours_id: 'h1',
      fallback: { greeting: null, type: 'voicemail' },
      rules: [night],
    };
    expect(linesOf({ routing: { before: null, after } })).toEqual([
      ['Business hours', 'always open → Dhaka office'],
      ['Rule 1 “Night”', 'added: When closed → Asha'],
      ['Fallback', 'null → voicemail'],
    ]);
    const moved = {
      ...after,
      rules: [{ ...night, enabled: false, destination: { agent_id: 'zz', type: 'agent' } }],
    };
    expect(linesOf({ routing: { before: after, after: moved } })).toEqual([
      ['Rule 1 “Night”', 'switched off'],
      ['Rule 1 “Night”, answers', 'Asha → missing agent zz'],
    ]);
  });

  test('call handling by preference, and the stand-in with its time', () => {
    expect(
      linesOf({
        call_handling: { before: { max_duration_seconds: 3600 }, after: { max_duration_seconds: 1800 } },
      }),
    ).toEqual([['Maximum duration', '1 h → 30 min']]);
    const standIn = {
      agent_id: 'a2',
      direction: 'inbound',
      starts_at: '2026-11-27T18:00:00Z',
      ends_at: '2026-11-30T08:00:00Z',
    };
    const [[name, words] = []] = linesOf({ temporary_reassignment: { before: null, after: standIn } });
    expect(name).toBe('Stand-in');
    expect(words).toMatch(/^null → Farid for inbound calls, .*27 Nov 2026.* to .*30 Nov 2026/);
  });

  test('what is not routing as it is known is shown as it is', () => {
    expect(linesOf({ routing: { before: null, after: 'by moonlight' } })).toEqual([
      ['Routing', 'null → by moonlight'],
    ]);
  });
});
