import { expect } from 'vitest';
import { changedIds } from '#contract/changes.ts';
import { findingCodes } from '#contract/numbers/finding.ts';
import {
  findingListSchema,
  findingsSummarySchema,
  MAX_COUNTED_FINDINGS,
  type FindingsSummary,
} from '#contract/numbers/route.ts';
import { createAgentsService } from '#server/features/agents/service.ts';
import { createAuditEventsService } from '#server/features/audit-events/service.ts';
import { createBusinessHoursService } from '#server/features/business-hours/service.ts';
import { countStanding, selectStanding } from '#server/features/links/rows/waiting-store.ts';
import { createKnownHours } from '#server/features/routing/memory/known-hours.ts';
import { openLog } from '#server/log.ts';
import { openChangeFeed, type ChangeFeed } from '#server/platform/changes/change-feed.ts';
import type { Database } from '#server/platform/db/database.ts';
import { openKeyring } from '#server/platform/secrets/keyring.ts';
import { addAgent, addHours, addNumber, patchNumber, putAgent } from '#server/testing/given.ts';
import { openTestApp, test, testConfig, type Caller } from '#server/testing/test-app.ts';
import { createFindingsSummary } from './findings-summary.ts';

const PATIENCE = { timeout: 10_000, interval: 20 };

const openSummary = async (database: Database, everyMs: number, changes?: ChangeFeed) => {
  const keyring = await openKeyring(testConfig);
  return createFindingsSummary({
    database,
    changes: changes ?? (await openChangeFeed(database)),
    agents: createAgentsService({ database, keyring }),
    businessHours: createBusinessHoursService({
      database,
      auditEvents: createAuditEventsService({ database, keyring }),
    }),
    links: { findStanding: selectStanding, countStanding },
    known: createKnownHours(),
    log: openLog('silent'),
    everyMs,
  });
};

type Summary = Awaited<ReturnType<typeof openSummary>>;

const untilCounted = (summary: Summary, after: string | null = null) =>
  expect
    .poll(() => {
      const { as_of: asOf } = summary.read();
      return asOf !== null && asOf !== after;
    }, PATIENCE)
    .toBe(true);

const countsOf = ({ counts }: FindingsSummary): Record<string, number> =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([code, { count }]) => (count === 0 ? [] : [[code, count]])),
  );

/** How many of each kind the list has. */
const listed = async (as: Caller): Promise<Record<string, number>> => {
  const answer = await as.request('GET', '/v1/routing/findings?page_size=100');
  const { findings, next_page_token } = findingListSchema.parse(answer.body);
  expect(next_page_token).toBeNull();
  const counts: Record<string, number> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

const voicemail = { type: 'voicemail' };

/** Of every kind that a number or hours can have, with rules and without. */
const giveTrouble = async (as: Caller, database: Database) => {
  const [{ ai_agent_id: fine }, { ai_agent_id: retired }] = [
    await addAgent(as, 'Fine'),
    await addAgent(as, 'Retired'),
  ];
  const past = { name: 'Closed', start_date: '2020-01-02', end_date: '2020-01-03', intervals: [] };
  const { business_hours_id } = await addHours(as, { exceptions: [past] });
  const rules = [{ when: { hours: 'closed' }, destination: voicemail }];
  await addNumber(as, { inbound_agent_id: fine, routing: { business_hours_id } });
  await addNumber(as, {
    phone_number: '+442079460958',
    inbound_agent_id: fine,
    routing: { business_hours_id },
  });
  await addNumber(as);
  await addNumber(as, { routing: { rules } });
  await addNumber(as, { inbound_agent_id: retired, outbound_agent_id: retired });
  await addNumber(as, {
    inbound_agent_id: retired,
    routing: { fallback: { type: 'agent', agent_id: retired } },
  });
  const itself = await addNumber(as, { inbound_agent_id: fine, routing: { rules } });
  await putAgent(as, retired, { agent_status: 'retired' });
  await database.query(
    `insert into connection (id, kind, role, name, name_key, settings) values ('c', 'verbex', 'platform', 'V', 'v', '{}')`,
  );
  await database.query(
    `insert into number_link (phone_number_id, role, connection_id, upstream_id, state)
       select id, 'platform', 'c', id, case when row_number() over (order by id) < 3 then 'drift' else 'gone' end from phone_number`,
  );
  // Refused through the front door.
  await database.query(
    `update phone_number set routing = jsonb_set(routing, '{rules,0,destination}', $2) where id = $1`,
    [itself._id, JSON.stringify({ type: 'forward', to: itself.phone_number, ring_timeout_seconds: null })],
  );
};

test('counts by kind what the list lists', async ({ cordboard: { as, database } }) => {
  const operator = as('operator');
  await giveTrouble(operator, database);
  const summary = await openSummary(database, 0);
  try {
    expect(summary.read().as_of).toBeNull();
    await untilCounted(summary);
    const counted = summary.read();
    expect(countsOf(counted)).toEqual(await listed(operator));
    expect(Object.keys(countsOf(counted))).toEqual(
      expect.arrayContaining([
        'nobody_answers',
        'retired_agent',
        'unreachable_rule',
        'forward_to_itself',
        'upstream_drift',
      ]),
    );
    expect(Object.values(counted.counts).every(({ is_exact }) => is_exact)).toBe(true);
  } finally {
    summary.close();
  }
});

test('once counted, it is counted again after a change alone', async ({ cordboard: { as, database } }) => {
  const operator = as('operator');
  let asked = 0;
  const counting: Database = {
    ...database,
    query: (statement, values) => {
      asked += 1;
      return database.query(statement, values);
    },
  };
  const changes = await openChangeFeed(database);
  const heard = new Set<string>();
  changes.follow((change) => {
    if (change !== 'gap') for (const id of changedIds(change)) heard.add(id);
  });
  const summary = await openSummary(counting, 0, changes);
  try {
    const { ai_agent_id } = await addAgent(operator, 'Fine');
    const number = await addNumber(operator);
    // All is heard before the first pass: nothing changes behind it.
    await expect.poll(() => heard.has(number._id), PATIENCE).toBe(true);
    await untilCounted(summary);
    const { as_of: first, counts } = summary.read();
    expect(counts.nobody_answers).toEqual({ count: 1, is_exact: true });
    // A pass asks before `read` returns.
    const askedBefore = asked;
    for (let n = 0; n < 3; n += 1) expect(summary.read().as_of).toBe(first);
    expect(asked).toBe(askedBefore);
    await patchNumber(operator, number._id, { inbound_agent_id: ai_agent_id });
    await untilCounted(summary, first);
    expect(countsOf(summary.read())).toEqual({});
  } finally {
    summary.close();
  }
});

test('one pass a minute: what changes meanwhile waits for the next', async ({
  cordboard: { as, database },
}) => {
  const operator = as('operator');
  const summary = await openSummary(database, 60_000);
  try {
    await untilCounted(summary);
    const { as_of: first } = summary.read();
    await addNumber(operator);
    expect(summary.read()).toMatchObject({ as_of: first });
    expect(countsOf(summary.read())).toEqual({});
  } finally {
    summary.close();
  }
});

test('beyond 999 it says that there may be more', async ({ cordboard: { database } }) => {
  await database.query(
    `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text)
       select lpad(to_hex(i), 24, '0'), '+88019' || lpad(i::text, 8, '0'), '', 'pia', '', '' from generate_series(1, 5000) i`,
  );
  const summary = await openSummary(database, 0);
  try {
    await untilCounted(summary);
    const { counts } = summary.read();
    expect(counts.nobody_answers).toEqual({ count: MAX_COUNTED_FINDINGS, is_exact: false });
    expect(counts.retired_agent).toEqual({ count: 0, is_exact: true });
  } finally {
    summary.close();
  }
});

test('is answered at once, and is there soon after it was asked for', async ({ cordboard }) => {
  const operator = cordboard.as('operator');
  await addNumber(operator);
  // An app of its own has counted nothing yet.
  const { test: fresh } = await openTestApp();
  const ask = async () => {
    const answer = await fresh.as(['numbers:read']).request('GET', '/v1/routing/findings/summary');
    expect(answer).toMatchObject({ status: 200 });
    return findingsSummarySchema.parse(answer.body);
  };
  try {
    const first = await ask();
    expect(first.as_of).toBeNull();
    expect(Object.keys(first.counts).toSorted()).toEqual([...findingCodes].toSorted());
    expect(first.counts.nobody_answers).toEqual({ count: 0, is_exact: false });
    await expect.poll(async () => (await ask()).as_of, PATIENCE).not.toBeNull();
    expect((await ask()).counts.nobody_answers).toEqual({ count: 1, is_exact: true });
  } finally {
    fresh.app.close();
  }
});
