import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { AgentStatus } from '#contract/agents.ts';
import type { EstateFinding, FindingList, FindingListQuery } from '#contract/numbers/route.ts';
import type { Finding, FindingCode } from '#contract/numbers/finding.ts';
import { lint, lintHours } from '#routing/lint/lint.ts';
import { forwardTargets } from '#routing/destinations.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { followForwards } from '#server/features/phone-numbers/acts/check-forwards.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { findAcrossZones } from './across-zones.ts';
import { selectHoursCountries, selectSuspects, type SuspectRow } from './findings-store.ts';
import type { KnownHours, VersionedHours } from '#server/features/routing/memory/known-hours.ts';

// Of a million numbers with nothing wrong, a request looks at so many and says where to go on.
const LOOK_AT = 5000;
const BATCH = 500;
const ROWS_PER_YIELD = 25;

const hoursCodes: ReadonlySet<FindingCode> = new Set<FindingCode>(['past_exception', 'hours_across_zones']);

/**
 * Where the next page begins: with the finding after the first `skip` ones of the hours or number with this
 * id.
 */
interface ListPosition {
  stage: 'hours' | 'numbers';
  id: string;
  skip: number;
}

/** Something that was looked at, and what is wrong with it. */
interface LintResult {
  id: string;
  findings: EstateFinding[];
}

interface Facts {
  at: number;
  hours: ReadonlyMap<string, VersionedHours>;
  agentsById: ReadonlyMap<string, { status: AgentStatus }>;
}

interface FindingDependencies {
  database: Database;
  keyring: Keyring;
  agents: Pick<AgentsService, 'findNames'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
}

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));

export const createFindingList = (
  { database, keyring, agents, businessHours }: FindingDependencies,
  known: KnownHours,
) => {
  const pageTokens = createPageTokens(keyring);

  const lookAtHours = async (all: readonly VersionedHours[], at: number): Promise<LintResult[]> => {
    const countries = new Map<string, string[]>();
    for (const { id, country } of await selectHoursCountries(database))
      countries.set(id, [...(countries.get(id) ?? []), country]);
    return all
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((hours) => {
        const findings = [
          ...lintHours(hours, at),
          ...findAcrossZones(hours, countries.get(hours.id) ?? [], at),
        ];
        const owner = {
          phone_number: null,
          business_hours: { business_hours_id: hours.id, name: hours.name },
        };
        return { id: hours.id, findings: findings.map((finding) => ({ ...finding, ...owner })) };
      });
  };

  const lookAtNumbers = async (
    rows: readonly SuspectRow[],
    { hours, agentsById, at }: Facts,
  ): Promise<LintResult[]> => {
    const targets = rows.flatMap(({ routing }) => (routing === null ? [] : forwardTargets(routing)));
    const forwards = await followForwards(database, targets);
    const looked: LintResult[] = [];
    for (const row of rows) {
      // Calls are decided between two of them.
      if (looked.length % ROWS_PER_YIELD === 0) await yieldToEventLoop();
      const own = hours.get(row.routing?.business_hours_id ?? '');
      const findings: Finding[] = lint(row, own ? known.sameAs(own) : null, {
        at,
        country: row.country,
        statusOf: (agentId) => agentsById.get(agentId)?.status,
        forwardsOf: (number) => forwards.get(number) ?? [],
      });
      const { id: _id, phone_number_international, friendly_name } = row;
      const owner = {
        phone_number: { _id, phone_number_international, friendly_name },
        business_hours: null,
      };
      looked.push({ id: row.id, findings: findings.map((finding) => ({ ...finding, ...owner })) });
    }
    return looked;
  };

  /** Everything from a place on, in order; ends early, saying where, once it looked at enough. */
  async function* look(
    from: ListPosition,
    code: FindingCode | undefined,
  ): AsyncGenerator<LintResult & Pick<ListPosition, 'stage'>, ListPosition | null> {
    const at = Date.now();
    const all = await businessHours.findHours(database, null);
    if (from.stage === 'hours' && (code === undefined || hoursCodes.has(code))) {
      for (const looked of await lookAtHours(all, at))
        if (looked.id >= from.id) yield { ...looked, stage: 'hours' };
    }
    if (code !== undefined && hoursCodes.has(code)) return null;
    const named = await agents.findNames(database, null);
    const retiredIds = named.filter(({ status }) => status === 'retired').map((agent) => agent.id);
    const facts: Facts = { at, hours: byId(all), agentsById: byId(named) };
    let next = from.stage === 'numbers' ? from.id : '';
    for (let seen = 0; seen < LOOK_AT; seen += BATCH) {
      const rows = await selectSuspects(database, retiredIds, next, BATCH + 1);
      for (const looked of await lookAtNumbers(rows.slice(0, BATCH), facts))
        yield { ...looked, stage: 'numbers' };
      const beyond = rows[BATCH];
      if (!beyond) return null;
      next = beyond.id;
    }
    return { stage: 'numbers', id: next, skip: 0 };
  }

  return async ({ page_size: pageSize, page_token: token, code }: FindingListQuery): Promise<FindingList> => {
    const list = ['routing-findings', code ?? null];
    const [stage = 'hours', id = '', skip = '0'] = token === undefined ? [] : pageTokens.read(list, token);
    const from: ListPosition = { stage: stage === 'numbers' ? 'numbers' : 'hours', id, skip: Number(skip) };
    const found: EstateFinding[] = [];
    const answer = (place: ListPosition | null): FindingList => ({
      findings: found,
      next_page_token: place && pageTokens.write(list, [place.stage, place.id, String(place.skip)]),
    });

    const looking = look(from, code);
    for (;;) {
      const looked = await looking.next();
      if (looked.done) return answer(looked.value);
      const { stage: where, id: whose, findings } = looked.value;
      const skipped = where === from.stage && whose === from.id ? from.skip : 0;
      const wanted = findings.filter((finding) => code === undefined || finding.code === code).slice(skipped);
      const room = pageSize - found.length;
      found.push(...wanted.slice(0, room));
      // The page is full only when something is left over: no token then leads to nothing.
      if (wanted.length > room) return answer({ stage: where, id: whose, skip: skipped + room });
    }
  };
};
