import { describe, expect, test } from 'vitest';
import type { CallHandling } from '#contract/numbers/call-handling.ts';
import { callHandlingChanges } from './handling-words.ts';
import { durationWords } from './value-words.ts';

const told = (before: Partial<CallHandling> | null, after: Partial<CallHandling> | null) =>
  callHandlingChanges(before, after).map(
    ({ name, before: old, after: now, summary }) => `${name}: ${summary ?? `${old} → ${now}`}`,
  );

const blocked = (number: string, reason: string | null = null) => ({ number, reason, expires_at: null });

describe('what became of call handling', () => {
  test('each preference in words, and the default as what it is', () => {
    expect(told({ max_duration_seconds: 3600 }, { max_duration_seconds: 1800 })).toEqual([
      'Maximum duration: 1 h → 30 min',
    ]);
    expect(told(null, { ring_timeout_seconds: 45, max_concurrent_calls: 4, recording: 'both' })).toEqual([
      'Ring timeout: default (30 s) → 45 s',
      'Calls at once: default (no limit) → at most 4',
      'Recording: default (off) → all calls',
    ]);
    expect(
      told({ caller_id_name: 'Acme', voicemail_detection: { enabled: true, action: 'leave_message' } }, null),
    ).toEqual([
      'Voicemail detection: on, leave a message → default (off)',
      'Caller ID name: “Acme” → default (no name)',
    ]);
  });

  test('absent and null say the same', () => expect(told({ recording: null }, {})).toEqual([]));

  test('blocked callers are told by what came and went', () => {
    const before = [blocked('+8801700000001'), blocked('+8801700000002')];
    const after = [
      blocked('+8801700000002', 'Rude'),
      blocked('+8801700000003'),
      { prefix: '+7', reason: null, expires_at: null },
    ];
    expect(told({ blocked_callers: before }, { blocked_callers: after })).toEqual([
      'Blocked callers: 2 added (+8801700000003, +7*), 1 removed (+8801700000001), 1 changed (+8801700000002)',
    ]);
  });

  test('short lists of countries are read twice, long ones by their difference', () => {
    expect(told({ inbound_countries: ['BD'] }, { inbound_countries: ['BD', 'IN'] })).toEqual([
      'Countries that may call: BD → BD, IN',
    ]);
    const many = ['AT', 'BD', 'BE', 'DE', 'FR', 'GB', 'IN'];
    expect(told({ inbound_countries: many }, { inbound_countries: many.slice(1) })).toEqual([
      'Countries that may call: 1 removed (AT)',
    ]);
  });

  test('the outbound window is a week in its zone', () => {
    const weekly = [
      { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' },
      { days: [6], start: '10:00', end: '14:00' },
    ];
    expect(told(null, { outbound_window: { time_zone: 'Asia/Dhaka', weekly } })).toEqual([
      'Outbound window: default (any time) → Mon–Fri 09:00–17:00; Sat 10:00–14:00 in Asia/Dhaka',
    ]);
  });
});

test('durations', () => {
  expect([0, 59, 60, 5430, 43_200].map(durationWords)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '1 h 30 min 30 s',
    '12 h',
  ]);
});
