import { findingCodes, type Finding, type FindingCode } from '#contract/numbers/finding.ts';
import { MAX_COUNTED_FINDINGS, type FindingsSummary } from '#contract/numbers/route.ts';
import { lintHours } from '#routing/lint/lint.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import type { KnownHours, VersionedHours } from '#server/features/routing/memory/known-hours.ts';
import { findAcrossZones } from './across-zones.ts';
import { countNumbersOf, countUnanswered, selectRouted, type LintedRow } from './findings-store.ts';
import { byId, lintNumbers, type Facts } from './lint-numbers.ts';
import { countUpstream, type UpstreamSource } from './upstream-findings.ts';

/*
 * The promise: the same findings as the list has, counted at a million numbers without anybody noticing. Numbers
 * without rules are counted by their indexes; those with rules are looked at one by one, a few at a time, with a
 * rest behind each few.
 */

// Where there is one session, everybody waits for each of these.
const ROUTED_ROWS = 100;
const PLAIN_ROWS = 2000;

export interface CountSources {
  database: Database;
  agents: Pick<AgentsService, 'findNames'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
  links: UpstreamSource;
  known: KnownHours;
  /** Called after each piece of work. */
  rest: () => Promise<void>;
}

export type FindingCounts = FindingsSummary['counts'];

const toCounts = (tally: ReadonlyMap<FindingCode, number>): FindingCounts =>
  Object.fromEntries(
    findingCodes.map((code) => {
      const count = tally.get(code) ?? 0;
      return [
        code,
        { count: Math.min(count, MAX_COUNTED_FINDINGS), is_exact: count <= MAX_COUNTED_FINDINGS },
      ];
    }),
  ) as FindingCounts;

const isOfOwnAgent = ({ code, pointer }: Finding) =>
  code === 'retired_agent' && !pointer.startsWith('/routing');

/** From which countries the numbers are that go by each hours. */
type Countries = Map<string, Set<string>>;

const noteCountry = (countries: Countries, { country, routing }: LintedRow): void => {
  const hoursId = routing?.business_hours_id ?? null;
  if (country === null || hoursId === null) return;
  countries.set(hoursId, (countries.get(hoursId) ?? new Set()).add(country));
};

const findOfHours = (all: readonly VersionedHours[], countries: Countries, at: number): Finding[] =>
  all.flatMap((hours) => [
    ...lintHours(hours, at),
    ...findAcrossZones(hours, [...(countries.get(hours.id) ?? [])].toSorted(), at),
  ]);

/** One pass over all that can be wrong. */
export const countFindings = async (sources: CountSources): Promise<FindingCounts> => {
  const { database, agents, businessHours, links, known, rest } = sources;
  const tally = new Map<FindingCode, number>();
  const count = (code: FindingCode, times = 1) => tally.set(code, (tally.get(code) ?? 0) + times);

  const at = Date.now();
  const hours = await businessHours.findHours(database, null);
  const named = await agents.findNames(database, null);
  const facts: Facts = { at, hours: byId(hours), agentsById: byId(named) };

  const countries: Countries = new Map();
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows: LintedRow[] = await selectRouted(database, after, ROUTED_ROWS);
    for (const { row, findings } of await lintNumbers(database, known, rows, facts)) {
      noteCountry(countries, row);
      // The agents of all numbers are counted below.
      for (const finding of findings) if (!isOfOwnAgent(finding)) count(finding.code);
    }
    after = rows.length === ROUTED_ROWS ? rows.at(-1)?.id : undefined;
    await rest();
  }
  for (const { code } of findOfHours(hours, countries, at)) count(code);

  for (let after: string | null = ''; after !== null;) {
    const slice = await countUnanswered(database, after, PLAIN_ROWS);
    const found = count('nobody_answers', slice.unanswered).get('nobody_answers') ?? 0;
    const isMore = slice.looked === PLAIN_ROWS && found <= MAX_COUNTED_FINDINGS;
    after = isMore ? slice.last : null;
    await rest();
  }
  const retired = named.filter(({ status }) => status === 'retired').map(({ id }) => id);
  if (retired.length > 0)
    count('retired_agent', await countNumbersOf(database, retired, MAX_COUNTED_FINDINGS + 1));
  for (const [code, times] of await countUpstream(links, database)) count(code, times);
  return toCounts(tally);
};
