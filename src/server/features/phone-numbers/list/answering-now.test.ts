import { describe, expect } from 'vitest';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import { addAgent, addHours, addNumber, listNumbers, type Query } from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const always = [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }];
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();
const today = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format();

const readNow = (as: Caller, query: Query = {}) =>
  listNumbers(as, { include: 'total,answering_now', page_size: '100', sort: 'created_at', ...query });

/** `label: who answers` of each number, by what the decision says. */
const answersIn = ({
  phone_numbers: numbers,
  answering_now: answers = [],
}: PhoneNumberList): Record<string, string> =>
  Object.fromEntries(
    numbers.map(({ friendly_name: name }, at) => {
      const {
        type,
        agent_ids: agents,
        stands_in: standsIn,
      } = answers[at] ?? { type: 'reject', agent_ids: [], stands_in: false };
      return [name ?? '', `${type} ${agents.join('+')}${standsIn ? ' standing in' : ''}`.trim()];
    }),
  );

const rule = (hours: string, destination: unknown) => ({ when: { hours }, destination });

/** A number for every way in which a call can be answered. */
const giveEstate = async (as: Caller) => {
  const [a, b] = [(await addAgent(as, 'A')).ai_agent_id, (await addAgent(as, 'B')).ai_agent_id];
  const agent = (id: string) => ({ type: 'agent', agent_id: id });
  const { business_hours_id: open } = await addHours(as, { weekly: always });
  const { business_hours_id: shut } = await addHours(as, { weekly: [] });
  const exception = {
    name: 'Holiday',
    start_date: today('Asia/Dhaka'),
    end_date: '2999-12-31',
    intervals: [],
  };
  const { business_hours_id: holiday } = await addHours(as, { weekly: always, exceptions: [exception] });
  const standIn = (starts_at: string, ends_at: string, direction = 'inbound') => ({
    agent_id: b,
    direction,
    starts_at,
    ends_at,
  });
  const estate: Record<string, Record<string, unknown>> = {
    plain: { inbound_agent_id: a },
    nobody: {},
    open: { inbound_agent_id: a, routing: { business_hours_id: open, rules: [rule('closed', agent(b))] } },
    shut: { inbound_agent_id: a, routing: { business_hours_id: shut, rules: [rule('closed', agent(b))] } },
    holiday: {
      inbound_agent_id: a,
      routing: {
        business_hours_id: holiday,
        rules: [rule('exception', { type: 'voicemail' }), rule('closed', agent(b))],
      },
    },
    split: {
      routing: {
        rules: [
          rule('any', {
            type: 'split',
            agents: [
              { agent_id: a, weight: 1 },
              { agent_id: b, weight: 2 },
            ],
          }),
        ],
      },
    },
    forward: { routing: { rules: [rule('open', { type: 'forward', to: '+442079460000' })] } },
    message: { routing: { fallback: { type: 'message', text: 'Closed.' } } },
    fallback: { routing: { fallback: agent(b) } },
    declined: { inbound_agent_id: a, routing: { rules: [rule('any', { type: 'reject' })] } },
    certain: {
      inbound_agent_id: a,
      routing: { rules: [{ when: { caller_countries: ['BD'] }, destination: agent(b) }] },
    },
    handed: { inbound_agent_id: a, temporary_reassignment: standIn(anHourAgo(), inAnHour()) },
    'handed later': {
      inbound_agent_id: a,
      temporary_reassignment: standIn(inAnHour(), '2999-01-01T00:00:00Z'),
    },
    'handed out': {
      inbound_agent_id: a,
      temporary_reassignment: standIn(anHourAgo(), inAnHour(), 'outbound'),
    },
    'handed from nobody': {
      routing: { fallback: { type: 'message', text: 'x' } },
      temporary_reassignment: standIn(anHourAgo(), inAnHour(), 'both'),
    },
  };
  for (const [friendly_name, body] of Object.entries(estate)) await addNumber(as, { friendly_name, ...body });
  return { a, b };
};

describe('who answers now', () => {
  test('is said of each number, and the filter finds what is said', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { a, b } = await giveEstate(as);
    const all = answersIn(await readNow(as));
    expect(all).toEqual({
      plain: `agent ${a}`,
      nobody: 'reject',
      open: `agent ${a}`,
      shut: `agent ${b}`,
      holiday: 'voicemail',
      split: `split ${a}+${b}`,
      forward: 'forward',
      message: 'message',
      fallback: `agent ${b}`,
      declined: 'reject',
      certain: `agent ${a}`,
      handed: `agent ${b} standing in`,
      'handed later': `agent ${a}`,
      'handed out': `agent ${a}`,
      'handed from nobody': `agent ${b} standing in`,
    });
    const wanted: Record<string, string> = {
      [a]: a,
      [b]: b,
      none: 'reject',
      forward: 'forward',
      message: 'message',
      voicemail: 'voicemail',
    };
    for (const [filter, answer] of Object.entries(wanted)) {
      const found = await readNow(as, { answering_now: filter });
      const expected = Object.entries(all).filter(([, said]) => said.includes(answer));
      expect(Object.entries(answersIn(found))).toEqual(expected);
      expect(found.total_count).toBe(expected.length);
    }
    for (const several of [
      [a, 'none'],
      [b, 'voicemail', 'forward'],
      ['none', 'message'],
      [a, b],
    ]) {
      const found = await readNow(as, { answering_now: several });
      const answers = several.map((each) => wanted[each] ?? '');
      const expected = Object.entries(all).filter(([, said]) =>
        answers.some((answer) => said.includes(answer)),
      );
      expect(Object.entries(answersIn(found))).toEqual(expected);
    }
  });

  test('tells when it changes by itself, and only where it was asked for', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    await giveEstate(as);
    const { answering_changes_at: next } = await readNow(as);
    const wait = Date.parse(next ?? '') - Date.now();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(3_600_000);
    expect(await listNumbers(as)).not.toHaveProperty('answering_now');
    expect(await readNow(as, { answering_now: 'none' })).toMatchObject({ answering_changes_at: null });
  });

  test('is found by the agents that rules name, too', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { a, b } = await giveEstate(as);
    const named = async (agent: string) =>
      (await listNumbers(as, { routed_agent_id: agent, sort: 'created_at' })).phone_numbers.map(
        (number) => number.friendly_name,
      );
    expect(await named(a)).toEqual(['split']);
    expect(await named(b)).toEqual(['open', 'shut', 'holiday', 'split', 'fallback', 'certain']);
  });
});
