import { describe, expect, test } from 'vitest';
import type { Conditions, Routing, Rule } from '#contract/numbers/routing.ts';
import { reassignmentWords, routingChanges, type Names } from './change-words.ts';

const names: Names = {
  agentName: (id) => ({ a1: 'Asha', a2: 'Farid' })[id],
  hoursName: (id) => ({ h1: 'Dhaka office' })[id],
  timeWords: (instant) => instant.slice(0, 10),
};

const anyCall: Conditions = {
  hours: 'any',
  caller_countries: null,
  caller_prefixes: null,
  caller_in: null,
  anonymous: 'any',
};
const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  name: null,
  enabled: true,
  when: { ...anyCall, hours: 'closed' },
  destination: { type: 'agent', agent_id: 'a1' },
  ...more,
});
const routing = (rules: Rule[], more: Partial<Routing> = {}): Routing => ({
  business_hours_id: null,
  rules,
  fallback: null,
  ...more,
});

const told = (before: Routing | null, after: Routing | null) =>
  routingChanges(before, after, names).map(
    ({ name, before: old, after: now, summary }) => `${name}: ${summary ?? `${old} → ${now}`}`,
  );

describe('what became of routing', () => {
  test('nothing, where only the order of keys differs', () => {
    const one = rule('r1');
    const { destination, when, ...rest } = one;
    expect(told(routing([one]), routing([{ destination, when, ...rest }]))).toEqual([]);
    expect(told(null, routing([]))).toEqual([]);
  });

  test('rules added and removed are read aloud', () => {
    const night = rule('r1', { name: 'Night' });
    expect(told(null, routing([night]))).toEqual(['Rule 1 “Night”: added: When closed → Asha']);
    expect(told(routing([{ ...night, enabled: false }]), null)).toEqual([
      'Rule 1 “Night”: removed, switched off: When closed → Asha',
    ]);
  });

  test('the rule that moved is told, and not those it passed', () => {
    const [a, b, c, d] = [rule('a'), rule('b'), rule('c'), rule('d')];
    expect(told(routing([a, b, c, d]), routing([d, a, b, c]))).toEqual(['Rule 1: moved from place 4 to 1']);
    expect(told(routing([a, b, c, d]), routing([b, c, d]))).toEqual(['Rule 1: removed: When closed → Asha']);
    expect(told(routing([a, b]), routing([b, a]))).toHaveLength(1);
  });

  test('rules copied from another number are known by what they say, then by their name', () => {
    const night = rule('r1', { name: 'Night' });
    expect(told(routing([night]), routing([{ ...night, id: 'other' }]))).toEqual([]);
    expect(
      told(
        routing([night]),
        routing([{ ...night, id: 'other', destination: { type: 'agent', agent_id: 'a2' } }]),
      ),
    ).toEqual(['Rule 1 “Night”, answers: Asha → Farid']);
  });

  test('a changed rule tells which part', () => {
    const before = rule('r1', { name: 'Night' });
    const change = (more: Partial<Rule>) => told(routing([before]), routing([{ ...before, ...more }]));
    expect(change({ enabled: false })).toEqual(['Rule 1 “Night”: switched off']);
    expect(change({ name: 'Late' })).toEqual(['Rule 1, name: Night → Late']);
    expect(
      change({ when: { ...anyCall, hours: 'open', caller_countries: ['BD'], anonymous: true } }),
    ).toEqual([
      'Rule 1 “Night”, when: closed → open',
      'Rule 1 “Night”, caller countries: 1 added (BD)',
      'Rule 1 “Night”, caller’s number: either → withheld',
    ]);
    expect(
      change({ destination: { type: 'forward', to: '+14155552671', ring_timeout_seconds: 45 } }),
    ).toEqual(['Rule 1 “Night”, answers: Asha → forward to +14155552671, ringing 45 s']);
  });

  test('what a short sentence leaves out is still told', () => {
    const voicemail = (greeting: string | null) =>
      rule('r1', { destination: { type: 'voicemail', greeting } });
    expect(told(routing([voicemail(null)]), routing([voicemail('Call later.')]))).toEqual([
      'Rule 1, answers: voicemail → voicemail, greeting “Call later.”',
    ]);
    const split = (weight: number) =>
      rule('r1', {
        destination: {
          type: 'split',
          agents: [
            { agent_id: 'a1', weight },
            { agent_id: 'a2', weight },
          ],
        },
      });
    expect(told(routing([split(1)]), routing([split(50)]))).toEqual([
      'Rule 1, answers: weights written differently, same shares',
    ]);
  });

  test('conditions of many entries tell what came and went', () => {
    const callers = (count: number) =>
      rule('r1', {
        when: {
          ...anyCall,
          caller_prefixes: Array.from({ length: count }, (_, at) => `+88${String(at).padStart(3, '0')}`),
        },
      });
    expect(told(routing([callers(10)]), routing([callers(15)]))).toEqual([
      'Rule 1, caller prefixes: 5 added (+88010, +88011, +88012 and 2 more)',
    ]);
    expect(told(routing([callers(1)]), routing([rule('r1', { when: anyCall })]))).toEqual([
      'Rule 1, caller prefixes: 1 removed (+88000): now any',
    ]);
  });

  test('hours and fallback by name', () => {
    const before = routing([], { business_hours_id: 'h1', fallback: { type: 'agent', agent_id: 'gone' } });
    expect(told(before, null)).toEqual([
      'Business hours: Dhaka office → always open',
      'Fallback: agent gone → null',
    ]);
  });

  test('a stand-in with its days', () => {
    const standIn = {
      agent_id: 'a2',
      direction: 'both',
      starts_at: '2026-11-27T18:00:00Z',
      ends_at: '2026-11-30T08:00:00Z',
    } as const;
    expect(reassignmentWords(standIn, names)).toBe('Farid for all calls, 2026-11-27 to 2026-11-30');
  });
});
