import { describe, expect, test } from 'vitest';
import { answerTo, ask, type Question } from '#routing/testing/ask.ts';
import {
  agent,
  caller,
  everyDay,
  hoursIn,
  numberWith,
  routing,
  rule,
  weekly,
  withheld,
  workdays,
} from '#routing/testing/numbers.ts';
import { unknownCaller } from './match.ts';

const usual = 'usual by inbound_agent';
const american = caller('+14155550123', 'US');
type Case = [name: string, question: Question, answer: string];

describe('inbound', () => {
  type Block = ({ number: string } | { prefix: string }) & { reason?: string; expires_at?: string };
  const blocking = (...blocks: Block[]) =>
    numberWith({
      call_handling: {
        blocked_callers: blocks.map((block) => ({ reason: null, expires_at: null, ...block })),
      },
    });
  const fromUs = numberWith({ call_handling: { inbound_countries: ['CA', 'US'] } });
  const open = hoursIn('Europe/London', weekly(everyDay, '00:00–24:00'));
  const cases: Case[] = [
    ['a blocked number', { number: blocking({ number: '+14155550123' }) }, 'declined by blocked_caller'],
    ['a longer number is another', { number: blocking({ number: '+1415555012' }) }, usual],
    [
      'a blocked prefix',
      { number: blocking({ prefix: '+7' }, { prefix: '+1415' }) },
      'declined by blocked_caller',
    ],
    ['another prefix', { number: blocking({ prefix: '+1416' }) }, usual],
    [
      'a block that is not over',
      { number: blocking({ prefix: '+1', expires_at: '2026-11-24T12:00:00.001Z' }) },
      'declined by blocked_caller',
    ],
    [
      'a block that is over',
      { number: blocking({ prefix: '+1', expires_at: '2026-11-24T12:00:00Z' }) },
      usual,
    ],
    [
      'one over, one not',
      { number: blocking({ prefix: '+1', expires_at: '2026-11-01T00:00:00Z' }, { number: '+14155550123' }) },
      'declined by blocked_caller',
    ],
    ['a withheld number is nobody’s block', { number: blocking({ prefix: '+1' }), party: withheld }, usual],
    [
      'blocks go before rules',
      { number: { ...blocking({ prefix: '+1' }), routing: routing([rule('all', {})]) }, hours: open },
      'declined by blocked_caller, open',
    ],
    ['a country that may call', { number: fromUs }, usual],
    [
      'a country that may not',
      { number: fromUs, party: caller('+442079460000', 'GB') },
      'declined by inbound_countries',
    ],
    ['no known country', { number: fromUs, party: caller('+88213000000') }, 'declined by inbound_countries'],
    [
      'a withheld number is of no country',
      { number: fromUs, party: withheld },
      'declined by inbound_countries',
    ],
    ['of an unknown caller nothing is held against', { number: fromUs, party: unknownCaller }, usual],
    [
      'an empty list is every country',
      { number: numberWith({ call_handling: { inbound_countries: [] } }), party: withheld },
      usual,
    ],
    [
      'lists for outbound calls do not count',
      { number: numberWith({ call_handling: { outbound_countries: ['BD'] } }) },
      usual,
    ],
  ];
  test.each(cases)('%s', (_, question, answer) => expect(answerTo(question)).toBe(answer));

  test('a refusal says why', () => {
    expect(ask({ number: blocking({ prefix: '+1', reason: 'spam' }) }).reasons).toEqual([
      '+14155550123 is blocked (spam). The call is declined.',
    ]);
    expect(ask({ number: fromUs, party: withheld }).reasons).toEqual([
      'The caller withholds the number, and so is of no country; only CA, US may call. The call is declined.',
    ]);
    expect(ask({ number: fromUs, party: caller('+442079460000', 'GB') }).reasons).toEqual([
      '+442079460000 is from GB; only CA, US may call. The call is declined.',
    ]);
  });
});

describe('outbound', () => {
  const dialling = numberWith({
    outbound_agent_id: 'dialler',
    routing: routing([rule('all', {})], agent('spare')),
  });
  const toUs = { ...dialling, call_handling: { outbound_countries: ['US'] } };
  const inWindow = {
    ...dialling,
    call_handling: { outbound_window: { time_zone: 'Asia/Dhaka', weekly: weekly(workdays, '09:00–18:00') } },
  };
  const nights = {
    ...dialling,
    call_handling: { outbound_window: { time_zone: 'Asia/Dhaka', weekly: weekly([5], '22:00–02:00') } },
  };
  const never = { ...dialling, call_handling: { outbound_window: { time_zone: 'Asia/Dhaka', weekly: [] } } };
  const cases: Case[] = [
    [
      'the outbound agent dials; rules are for inbound calls',
      { number: dialling },
      'dialler by outbound_agent',
    ],
    [
      'no outbound agent: nobody, and no fallback',
      { number: { ...dialling, outbound_agent_id: null } },
      'declined by nobody',
    ],
    ['a country that may be called', { number: toUs, party: american }, 'dialler by outbound_agent'],
    [
      'a country that may not',
      { number: toUs, party: caller('+442079460000', 'GB') },
      'declined by outbound_countries',
    ],
    ['no known country', { number: toUs, party: caller('+88213000000') }, 'declined by outbound_countries'],
    [
      'blocked callers may be called',
      {
        number: {
          ...dialling,
          call_handling: { blocked_callers: [{ prefix: '+1', reason: null, expires_at: null }] },
        },
      },
      'dialler by outbound_agent',
    ],
    [
      'countries that may call do not count',
      { number: { ...dialling, call_handling: { inbound_countries: ['BD'] } } },
      'dialler by outbound_agent',
    ],
    [
      'at the window’s beginning',
      { number: inWindow, zone: 'Asia/Dhaka', at: '2026-11-24T09:00' },
      'dialler by outbound_agent',
    ],
    [
      'before it',
      { number: inWindow, zone: 'Asia/Dhaka', at: '2026-11-24T08:59:59' },
      'declined by outbound_window',
    ],
    [
      'at its end',
      { number: inWindow, zone: 'Asia/Dhaka', at: '2026-11-24T18:00' },
      'declined by outbound_window',
    ],
    [
      'on a day it leaves out',
      { number: inWindow, zone: 'Asia/Dhaka', at: '2026-11-28T12:00' },
      'declined by outbound_window',
    ],
    [
      'a window past midnight',
      { number: nights, zone: 'Asia/Dhaka', at: '2026-11-28T01:59' },
      'dialler by outbound_agent',
    ],
    ['an empty window is never', { number: never }, 'declined by outbound_window'],
  ];
  test.each(cases)('%s', (_, question, answer) =>
    expect(answerTo({ direction: 'outbound', ...question })).toBe(answer),
  );

  test('a refusal says why', () => {
    expect(ask({ number: never, direction: 'outbound' }).reasons).toEqual([
      'It is Tuesday 24 Nov 2026, 18:00 in Asia/Dhaka, outside the outbound window. The call is not made.',
    ]);
    expect(
      ask({ number: toUs, direction: 'outbound', party: caller('+442079460000', 'GB') }).reasons,
    ).toEqual(['+442079460000 is from GB; only US may be called. The call is not made.']);
  });
});

describe('a stand-in', () => {
  const standing = (direction: 'inbound' | 'outbound' | 'both') => ({
    ...numberWith({ outbound_agent_id: 'dialler' }),
    temporary_reassignment: {
      agent_id: 'stand-in',
      direction,
      starts_at: '2026-11-24T12:00:00Z',
      ends_at: '2026-11-26T08:00:00Z',
    },
  });
  const inbound = standing('inbound');
  const cases: Case[] = [
    ['from its start', { number: inbound }, 'stand-in by inbound_agent'],
    ['not before', { number: inbound, at: '2026-11-24T11:59:59.999Z' }, usual],
    ['to its end', { number: inbound, at: '2026-11-26T07:59:59.999Z' }, 'stand-in by inbound_agent'],
    ['not after', { number: inbound, at: '2026-11-26T08:00:00Z' }, usual],
    ['not for the other direction', { number: inbound, direction: 'outbound' }, 'dialler by outbound_agent'],
    [
      'for outbound calls alone',
      { number: standing('outbound'), direction: 'outbound' },
      'stand-in by outbound_agent',
    ],
    ['for both: inbound', { number: standing('both') }, 'stand-in by inbound_agent'],
    ['for both: outbound', { number: standing('both'), direction: 'outbound' }, 'stand-in by outbound_agent'],
    [
      'where there is no agent',
      { number: { ...inbound, inbound_agent_id: null, routing: routing([], agent('spare')) } },
      'stand-in by inbound_agent',
    ],
    [
      'rules are not touched',
      { number: { ...inbound, routing: routing([rule('all', {}, agent('usual'))]) } },
      'usual by all',
    ],
  ];
  test.each(cases)('%s', (_, question, answer) => expect(answerTo(question)).toBe(answer));

  test('is named with its end, by the number’s clock', () => {
    const until = (end: string) =>
      `There are no rules: agent stand-in, standing in for the inbound agent until ${end}, answers.`;
    expect(ask({ number: inbound, telling: { zone: () => 'Asia/Dhaka' } }).reasons).toEqual([
      until('Thursday 26 Nov 2026, 14:00 in Asia/Dhaka'),
    ]);
    const hours = hoursIn('America/New_York', weekly(everyDay, '00:00–24:00'));
    expect(ask({ number: inbound, hours }).reasons).toContain(
      until('Thursday 26 Nov 2026, 03:00 in America/New_York'),
    );
    expect(ask({ number: inbound }).reasons).toEqual([
      'There are no rules: agent stand-in, standing in for the inbound agent until Thursday 26 Nov 2026, 08:00 in UTC, answers.',
    ]);
  });
});

test('settings that are not given are the platform’s', () => {
  const { settings } = ask({
    number: numberWith({
      call_handling: { recording: 'both', max_duration_seconds: null, blocked_callers: [] },
    }),
  });
  expect(settings).toEqual({
    max_duration_seconds: 3600,
    ring_timeout_seconds: 30,
    silence_timeout_seconds: 30,
    max_concurrent_calls: null,
    recording: 'both',
    announce_recording: true,
    voicemail_detection: { enabled: false, action: 'hangup' },
    caller_id_name: null,
  });
  expect(ask({ number: numberWith() }).settings.recording).toBe('off');
});
