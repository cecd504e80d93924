import { expect } from 'vitest';
import { findingListSchema, type EstateFinding, type FindingList } from '#contract/numbers/route.ts';
import {
  addAgent,
  addHours,
  addNumber,
  expectProblem,
  patchNumber,
  putAgent,
} from '#server/testing/given.ts';
import type { Database } from '#server/platform/db/database.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const list = async (as: Caller, query: Record<string, string> = {}): Promise<FindingList> => {
  const answer = await as.request('GET', `/v1/routing/findings?${new URLSearchParams(query).toString()}`);
  expect(answer).toMatchObject({ status: 200 });
  return findingListSchema.parse(answer.body);
};

const walk = async (
  as: Caller,
  query: Record<string, string>,
): Promise<{ pages: number[]; findings: EstateFinding[] }> => {
  const pages: number[] = [];
  const findings: EstateFinding[] = [];
  for (let token: string | null | undefined; token !== null;) {
    const page: FindingList = await list(as, { ...query, ...(token && { page_token: token }) });
    pages.push(page.findings.length);
    findings.push(...page.findings);
    token = page.next_page_token;
  }
  return { pages, findings };
};

const voicemail = { type: 'voicemail' };
const past = (year: number) => ({
  name: `Closed ${year}`,
  start_date: `${year}-01-02`,
  end_date: `${year}-01-03`,
  intervals: [],
});

/** One of each kind. */
const giveTrouble = async (as: Caller) => {
  const { ai_agent_id: fine } = await addAgent(as, 'Fine');
  const { ai_agent_id: retired } = await addAgent(as, 'Retired');
  const shared = await addHours(as, {
    exceptions: [past(2020), past(2021), { ...past(2022), every_year: true }],
  });
  const { business_hours_id } = shared;
  const all = { inbound_agent_id: fine };
  await addNumber(as, all);
  await addNumber(as, { ...all, routing: { business_hours_id, fallback: voicemail } });
  const nobody = await addNumber(as);
  const ofRetired = await addNumber(as, { ...all, outbound_agent_id: retired });
  const british = await addNumber(as, {
    ...all,
    phone_number: '+442079460958',
    routing: { business_hours_id },
  });
  const unreachable = await addNumber(as, {
    ...all,
    routing: { rules: [{ when: { hours: 'closed' }, destination: voicemail }] },
  });
  const loop = await addNumber(as, all);
  const back = await addNumber(as, {
    ...all,
    routing: { rules: [{ when: {}, destination: { type: 'forward', to: loop.phone_number } }] },
  });
  await putAgent(as, retired, { agent_status: 'retired' });
  return { business_hours_id, nobody, ofRetired, british, unreachable, loop, back };
};

test('lists what is wrong: of hours first, then number by number', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  const { business_hours_id, nobody, ofRetired, british, unreachable } = await giveTrouble(as);
  const { findings, next_page_token } = await list(cordboard.as(['numbers:read']), { page_size: '100' });
  expect(next_page_token).toBeNull();
  const told = findings.map(({ code, pointer, phone_number, business_hours }) => [
    phone_number?._id ?? business_hours?.business_hours_id,
    pointer,
    code,
  ]);
  expect(told.slice(0, 3)).toEqual([
    [business_hours_id, '/exceptions/0', 'past_exception'],
    [business_hours_id, '/exceptions/1', 'past_exception'],
    [business_hours_id, '/time_zone', 'hours_across_zones'],
  ]);
  const byId = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
  expect(told.slice(3)).toEqual(
    [
      [nobody._id, '/inbound_agent_id', 'nobody_answers'],
      [ofRetired._id, '/outbound_agent_id', 'retired_agent'],
      [british._id, '/routing/business_hours_id', 'zone_of_another_country'],
      [unreachable._id, '/routing/rules/0', 'unreachable_rule'],
    ].toSorted(byId),
  );
  expect(findings.every(({ message, fix }) => message !== '' && fix !== '')).toBe(true);
});

test('in pages of any size, each finding is there once', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  await giveTrouble(as);
  const whole = (await list(as, { page_size: '100' })).findings;
  for (const size of [1, 2, 3, 7, 8]) {
    const { pages, findings } = await walk(as, { page_size: String(size) });
    expect(findings).toEqual(whole);
    expect(pages).toHaveLength(Math.ceil(whole.length / size));
  }
});

test('of one kind alone, and no token serves another list', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  await giveTrouble(as);
  for (const code of [
    'past_exception',
    'hours_across_zones',
    'retired_agent',
    'nobody_answers',
    'forward_loop',
  ]) {
    const { findings } = await list(as, { code });
    expect(new Set(findings.map((finding) => finding.code))).toEqual(
      new Set(code === 'forward_loop' ? [] : [code]),
    );
  }
  const { next_page_token } = await list(as, { code: 'past_exception', page_size: '1' });
  expectProblem(
    await as.request('GET', `/v1/routing/findings?page_token=${next_page_token}`),
    400,
    'invalid_page_token',
  );
  expectProblem(await as.request('GET', '/v1/routing/findings?code=boredom'), 422, 'validation_failed');
});

test('loops that came about through other numbers are found', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  const { loop, back } = await giveTrouble(as);
  // Refused when it is written through the front door: it came about before, or at the same time.
  const rules = [
    {
      id: '1',
      name: null,
      enabled: true,
      when: { hours: 'any' },
      destination: { type: 'forward', to: back.phone_number },
    },
  ];
  await cordboard.database.query(`update phone_number set routing = $2, forwards_to = $3 where id = $1`, [
    loop._id,
    JSON.stringify({
      business_hours_id: null,
      rules: rules.map((rule) => ({
        ...rule,
        when: {
          ...rule.when,
          anonymous: 'any',
          caller_countries: null,
          caller_prefixes: null,
          caller_in: null,
        },
      })),
      fallback: null,
    }),
    [back.phone_number],
  ]);
  const { findings } = await list(as, { code: 'forward_loop' });
  expect(findings.map(({ phone_number }) => phone_number?._id)).toEqual([loop._id, back._id].toSorted());
});

test('a request looks at a bounded number of numbers and says where to go on', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  const { ai_agent_id: fine } = await addAgent(as, 'Fine');
  await cordboard.database.query(
    `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text, inbound_agent_id, routing)
       select lpad(to_hex(i), 24, '0'), '+88019' || lpad(i::text, 8, '0'), '', 'pia', '', '', $1, '{"business_hours_id": null, "rules": [], "fallback": null}'
       from generate_series(1, 12000) i`,
    [fine],
  );
  const last = await addNumber(as);
  await patchNumber(as, last._id, { friendly_name: 'Last' });
  const { pages, findings } = await walk(as, {});
  expect(pages).toEqual([0, 0, 1]);
  expect(findings[0]?.phone_number).toEqual({
    _id: last._id,
    phone_number_international: last.phone_number_international,
    friendly_name: 'Last',
  });
});

const states = ['drift', 'conflict', 'held', 'gone', 'refused', 'pending', 'synced'] as const;

/** A number for each way in which a link may stand. */
const giveLinks = async (as: Caller, database: Database): Promise<Map<string, string>> => {
  const { ai_agent_id: fine } = await addAgent(as, 'Answers');
  await database.query(
    `insert into connection (id, kind, role, name, name_key, settings) values ('c', 'verbex', 'platform', 'V', 'v', '{}')`,
  );
  const ids = new Map<string, string>();
  for (const state of states) {
    const { _id: id } = await addNumber(as, { inbound_agent_id: fine });
    await database.query(
      `insert into number_link (phone_number_id, role, connection_id, upstream_id, state, seen_at)
         values ($1, 'platform', 'c', $1, $2, now())`,
      [id, state],
    );
    ids.set(state, id);
  }
  return ids;
};

test('what is not on a platform as it is here is found, behind all else', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  const ids = await giveLinks(as, cordboard.database);
  await giveTrouble(as);
  const { findings } = await list(as, { page_size: '100' });
  const told = findings.map(({ code, phone_number }) => [code, phone_number?._id]);
  const wanted = ['drift', 'conflict', 'held', 'gone', 'refused']
    .map((state) => [`upstream_${state}`, ids.get(state)])
    .toSorted(([, a = ''], [, b = '']) => (a < b ? -1 : 1));
  expect(told.slice(-5)).toEqual(wanted);
  expect(told.slice(0, -5).some(([code]) => code?.startsWith('upstream'))).toBe(false);
  for (const size of [1, 2, 3, 4]) {
    const walked = await walk(as, { page_size: String(size) });
    expect(walked.findings).toEqual(findings);
    expect(walked.pages).toHaveLength(Math.ceil(findings.length / size));
  }
  const { findings: gone } = await list(as, { code: 'upstream_gone' });
  expect(gone).toMatchObject([
    { severity: 'error', pointer: '/links', phone_number: { _id: ids.get('gone') } },
  ]);
  await as.request('DELETE', `/v1/phone-numbers/${ids.get('gone')}`);
  expect((await list(as, { code: 'upstream_gone' })).findings).toEqual([]);
});
